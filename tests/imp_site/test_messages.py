"""French messages: found in code and templates without gettext, and each way to get them wrong is noticed."""

from collections.abc import Callable
from pathlib import Path

import pytest
import unfold
from babel.messages.mofile import read_mo

from imp_site import messages, theme_messages

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'
GOOD = {
    "Hello %(name)s": 'msgid "Hello %(name)s"\nmsgstr "Bonjour %(name)s"\n',
    "Send": 'msgid "Send"\nmsgstr "Envoyer"\n',
    "high": 'msgctxt "level"\nmsgid "high"\nmsgstr "élevé"\n',
    "One code": 'msgid "%(count)s code"\nmsgid_plural "%(count)s codes"\nmsgstr[0] "Un code"\nmsgstr[1] "%(count)s codes"\n',  # noqa: E501
    "Two lines": 'msgid "Two\\nlines"\nmsgstr "Deux\\nlignes"\n',
}
Project = Callable[[dict[str, str]], Path]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A small project with five messages and a given French file."""

    def make(french: dict[str, str]) -> Path:
        package, templates = tmp_path / "eligibility", tmp_path / "templates"
        po = tmp_path / messages.FRENCH
        for folder in (package, templates, po.parent):
            folder.mkdir(parents=True, exist_ok=True)
        (package / "words.py").write_text(
            "from django.utils.translation import gettext as _\n"
            "from django.utils.translation import pgettext_lazy\n"
            'GREETING = _("Hello %(name)s")\nLEVEL = pgettext_lazy("level", "high")\nSHOWN = print(_("Two\\nlines"))\n'
        )
        (templates / "page.html").write_text(
            "{% load i18n %}<b title=\"{% translate 'Send' %}\">"
            "{% blocktranslate count count=n %}{{ count }} code{% plural %}{{ count }} codes{% endblocktranslate %}</b>"
        )
        po.write_text(HEAD + "\n".join(french.values()), encoding="utf-8")
        return tmp_path

    return make


def test_messages_are_found_in_code_and_templates(project: Project) -> None:
    wanted = messages.wanted_messages(project({}))
    assert set(wanted) == {
        ("Hello %(name)s", None),
        ("high", "level"),
        ("Two\nlines", None),
        ("Send", None),
        ("%(count)s code", None),
    }
    assert wanted["Send", None].place == "templates/page.html:1"
    assert wanted["high", "level"].place == "eligibility/words.py:4"
    assert wanted["%(count)s code", None].plural == "%(count)s codes"


def test_a_complete_file_has_no_problem(project: Project) -> None:
    assert messages.problems(project(GOOD)) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"Send": ""}, "templates/page.html:1: no French for 'Send'"),
        ({"Send": 'msgid "Send"\nmsgstr ""\n'}, "nothing in the French for 'Send'"),
        ({"Send": '#, fuzzy\nmsgid "Send"\nmsgstr "Envoi"\n'}, "a guess (fuzzy) in the French for 'Send'"),
        ({"old": 'msgid "Old"\nmsgstr "Vieux"\n'}, "nothing says 'Old' any more"),
        ({"old": '#~ msgid "Older"\n#~ msgstr "Plus vieux"\n'}, "'Older' is obsolete"),
        ({"Hello %(name)s": 'msgid "Hello %(name)s"\nmsgstr "Bonjour %(nom)s"\n'}, "another set of placeholders"),
        ({"high": 'msgid "high"\nmsgstr "élevé"\n'}, "eligibility/words.py:4: no French for 'high'"),
        ({"Send": 'msgid "Send"\nmsgstr "Envoi de l\'offre"\n'}, "a straight apostrophe"),
        ({"Send": 'msgid "Send"\nmsgstr "Envoyer !"\n'}, "a space before ; ! or ?"),
        ({"Send": 'msgid "Send"\nmsgstr "Envoi : oui"\n'}, "an ordinary space before a colon"),
        ({"One code": 'msgid "%(count)s code"\nmsgstr "un code"\n'}, "another number of plural forms"),
    ],
)
def test_what_is_wrong_is_told(project: Project, change: dict[str, str], told: str) -> None:
    found = messages.problems(project({**GOOD, **change}))
    assert [problem for problem in found if told in problem], found


def test_update_adds_what_is_new_and_takes_out_what_is_gone(project: Project) -> None:
    root = project({"Send": GOOD["Send"], "old": 'msgid "Old"\nmsgstr "Vieux"\n'})
    assert messages.update_messages(root) == (4, 1)
    assert messages.update_messages(root) == (0, 0)
    assert sorted(problem.rpartition("French for ")[2] for problem in messages.problems(root)) == [
        "'%(count)s code'",
        "'Hello %(name)s'",
        "'Two\\nlines'",
        "'high'",
    ]
    assert "Envoyer" in (root / messages.FRENCH).read_text(encoding="utf-8")


def test_a_compiled_file_is_made_when_missing_or_older(project: Project) -> None:
    root = project(GOOD)
    messages.compile_messages(root)
    compiled = (root / messages.FRENCH).with_suffix(".mo")
    with compiled.open("rb") as file:
        assert read_mo(file).get("Send").string == "Envoyer"
    first = compiled.stat().st_mtime_ns
    messages.compile_messages(root)
    assert compiled.stat().st_mtime_ns == first
    (root / messages.FRENCH).write_text(HEAD + 'msgid "Send"\nmsgstr "Poster"\n', encoding="utf-8")
    messages.compile_messages(root)
    with compiled.open("rb") as file:
        assert read_mo(file).get("Send").string == "Poster"
    assert [path.name for path in compiled.parent.iterdir() if "half" in path.name] == []


def test_the_command_says_what_is_wrong_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert messages.main([]) == 2
    assert "check" in capsys.readouterr().err


def test_every_word_of_the_admins_theme_that_a_reader_can_meet_has_its_french() -> None:
    theme = Path(unfold.__file__).parent
    pages = [
        *(theme / "templates" / "unfold" / "helpers").glob("*.html"),
        *(theme / "templates" / "admin").glob("*.html"),
    ]
    said = {message.singular for page in pages for message in messages._in_template(page, page.name)}
    ours = {message.id if isinstance(message.id, str) else message.id[0] for message in messages.read_french()}
    django = set()
    for package in ("conf", "contrib/admin", "contrib/auth"):
        path = Path(__import__("django").__file__).parent / package / "locale/fr/LC_MESSAGES/django.mo"
        with path.open("rb") as file:
            django |= {m.id if isinstance(m.id, str) else m.id[0] for m in read_mo(file)}
    not_used_here = {"Forgotten your password or username?", "Welcome back to"}
    assert said - ours - django - not_used_here == set()
    assert theme_messages.WORDS
