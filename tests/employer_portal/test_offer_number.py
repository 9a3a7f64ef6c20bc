import pytest
from hypothesis import given
from hypothesis import strategies as st

from employer_portal.errors import OfferNumberInvalid
from employer_portal.offer_number import HOW_MANY, OfferNumber, parse_offer_number


@pytest.mark.parametrize(
    "typed",
    ["A1234567", "a1234567", " A 123 4567 ", "A-123-4567", "a\u20111234567", "A123\u00a04567", "A\u2212123 4567"],
)
def test_case_spaces_and_hyphens_do_not_matter(typed: str) -> None:
    assert str(parse_offer_number(typed)) == "A1234567"


@pytest.mark.parametrize(
    ("typed", "meant"), [("AO234567", "A0234567"), ("a123o567", "A1230567"), ("AOOOOOOO", "A0000000")]
)
def test_letter_o_is_refused_with_what_was_meant(typed: str, meant: str) -> None:
    with pytest.raises(OfferNumberInvalid) as refused:
        parse_offer_number(typed)
    assert (refused.value.why, refused.value.suggestion) == ("letter_o", meant)
    assert meant in refused.value.text.en
    assert meant in refused.value.text.fr


def test_seven_digits_without_the_letter_are_not_silently_completed() -> None:
    with pytest.raises(OfferNumberInvalid) as refused:
        parse_offer_number("123 4567")
    assert (refused.value.why, refused.value.suggestion) == ("no_letter", "A1234567")


@pytest.mark.parametrize(
    "typed", ["", "A", "A123456", "A12345678", "B1234567", "12345678", "A12345S7", "O1234567", "A١٢٣٤٥٦٧"]
)
def test_anything_else_is_no_number(typed: str) -> None:
    with pytest.raises(OfferNumberInvalid) as refused:
        parse_offer_number(typed)
    assert (refused.value.why, refused.value.suggestion) == ("not_a_number", "")


@given(st.integers(0, HOW_MANY - 1))
def test_every_number_reads_back_as_it_is_written(serial: int) -> None:
    number = OfferNumber(serial)
    assert parse_offer_number(str(number)) == number
    assert parse_offer_number(f" {str(number)[:4]}-{str(number)[4:].lower()} ") == number


def read(typed: str) -> tuple[str, str]:
    """Return the number read, or the suggestion of a refusal."""
    try:
        return str(parse_offer_number(typed)), ""
    except OfferNumberInvalid as refused:
        return "", refused.suggestion


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("AaOo0123456789 -")), max_size=12))
def test_no_text_is_misread(typed: str) -> None:
    number, suggestion = read(typed)
    assert not suggestion or read(suggestion) == (suggestion, "")
    assert not number or number[1:] == "".join(character for character in typed if character in "0123456789")


@pytest.mark.parametrize("serial", [-1, HOW_MANY])
def test_a_number_has_seven_digits(serial: int) -> None:
    with pytest.raises(ValueError, match="7 digits"):
        OfferNumber(serial)
