"""Each tool of `make check` stops a known-bad input, so that a green check means something."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent


def run(*command: str, cwd: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, input=stdin, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The code of this project without the rest, to break."""
    for package in ("imp_site", "exemption_codes", "eligibility", "employer_portal"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("code", "rule"),
    [("import os\n", "F401"), ("def f(x=[]):\n    return x\n", "B006"), ('print("x")\n', "T201"), ("x = 1 + \\\n", "")],
)
def test_ruff_refuses_bad_code(code: str, rule: str) -> None:
    done = run(str(BIN / "ruff"), "check", "--stdin-filename", "eligibility/bad.py", "-", cwd=ROOT, stdin=code)
    assert done.returncode == 1
    assert rule in done.stdout


def test_ruff_refuses_another_layout() -> None:
    done = run(
        str(BIN / "ruff"),
        "format",
        "--check",
        "--stdin-filename",
        "eligibility/bad.py",
        "-",
        cwd=ROOT,
        stdin="x = {  }\n",
    )
    assert done.returncode == 1


def test_the_template_lint_refuses_a_broken_template(tmp_path: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "page.html").write_text("<img src='x'>\n<p><b>open</p>\n", encoding="utf-8")
    done = run(str(BIN / "djlint"), "--lint", "--quiet", "page.html", cwd=tmp_path)
    assert done.returncode == 1
    assert re.search(r"H0(06|13|25)", done.stdout)


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("exemption_codes/catalogue/problems.py", "import django"),
        ("exemption_codes/catalogue/problems.py", "from eligibility.engine import verdict"),
        ("eligibility/engine/verdict.py", "from exemption_codes import models"),
        ("eligibility/engine/verdict.py", "import time"),
        ("exemption_codes/models.py", "from eligibility import models as upward"),
        ("eligibility/models.py", "import employer_portal.apps"),
        ("employer_portal/apps.py", "import imp_site.health"),
    ],
)
def test_the_layers_refuse_an_import_upward(copy: Path, module: str, line: str) -> None:
    path = copy / module
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    done = run(str(BIN / "lint-imports"), "--no-cache", cwd=copy)
    assert done.returncode == 1
    assert "BROKEN" in done.stdout


def test_the_types_of_the_pure_layers_are_checked_strictly(tmp_path: Path) -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    strict = next(part for part in settings["overrides"] if "eligibility.engine.*" in part["module"])
    options = [
        f"--{name.replace('_', '-')}" for name, is_on in strict.items() if is_on is True and name != "extra_checks"
    ]
    options.remove("--implicit-reexport") if "--implicit-reexport" in options else None
    bad = "def double(value):\n    return value * 2\n\nlist_of: list = []\n"
    done = run(sys.executable, "-m", "mypy", "--config-file=", *options, "-c", bad, cwd=tmp_path)
    assert done.returncode == 1
    assert "[no-untyped-def]" in done.stdout
    assert "[type-arg]" in done.stdout
    assert {"exemption_codes.catalogue.*", "eligibility.engine.*"} <= set(strict["module"])
