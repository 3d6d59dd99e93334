import re

from panoh.domain.check_codes import SIGNS, new_check_code, new_export_no


def test_shapes_and_signs() -> None:
    for _round in range(50):
        assert re.fullmatch(f"[{SIGNS}]{{4}}-[{SIGNS}]{{3}}", new_export_no())
        assert re.fullmatch(f"[{SIGNS}]{{4}}-[{SIGNS}]{{2}}", new_check_code())


def test_no_sign_is_taken_for_another() -> None:
    assert len(SIGNS) == len(set(SIGNS)) == 13
    assert not set(SIGNS) & set("01OIBHPLSZ")


def test_codes_are_not_repeated() -> None:
    assert len({new_export_no() for _round in range(200)}) > 195
