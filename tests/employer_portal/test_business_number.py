import pytest

from employer_portal.business_number import read_business_number
from employer_portal.errors import FieldsInvalid


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("123456782", ("123456782", "")),
        ("12345 6782", ("123456782", "")),
        ("123456782RP0001", ("123456782", "RP0001")),
        ("123456782 rp-0001", ("123456782", "RP0001")),
        ("123456782RR0001", ("123456782", "RR0001")),
        ("123456782RZ0012", ("123456782", "RZ0012")),
        ("１２３４５６７８２ＲＰ０００１", ("123456782", "RP0001")),
    ],
)
def test_nine_digits_or_fifteen_characters_are_read(typed: str, read: tuple[str, str]) -> None:
    assert read_business_number(typed) == read


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "123456789",
        "12345678",
        "1234567820",
        "000000000",
        "123456782XX0001",
        "123456782RP001",
        "abcdefghi",
        "٣٢١٤٥٦٧٨٢",
        "١٢٣٤٥٦٧٨٢",
    ],
)
def test_a_wrong_length_digit_or_account_is_refused(typed: str) -> None:
    with pytest.raises(FieldsInvalid) as refused:
        read_business_number(typed)
    assert set(refused.value.fields) == {"business_number"}
