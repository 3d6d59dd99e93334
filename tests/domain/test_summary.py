from dataclasses import FrozenInstanceError, replace
from datetime import timedelta

import pytest
from tests.reports.example_summary import BARE, EXAMPLE

from panoh.domain.summary import SELF, FamilyMember, Reason


def test_the_person_comes_first() -> None:
    assert EXAMPLE.members[0] is EXAMPLE.person
    assert EXAMPLE.members[1:] == EXAMPLE.family
    assert EXAMPLE.person.relation == SELF


def test_overdue_compares_with_the_time_of_printing() -> None:
    assert EXAMPLE.overdue
    assert not replace(EXAMPLE, due_at=EXAMPLE.printed_at).overdue
    assert not replace(EXAMPLE, due_at=EXAMPLE.printed_at + timedelta(minutes=1)).overdue
    assert not BARE.overdue


def test_only_a_restricted_reason_without_words_is_hidden() -> None:
    assert Reason(rule="", text="", paper_text="", restricted=True).hidden
    assert not Reason(rule="T04", text="words", paper_text="", restricted=True).hidden
    assert not Reason(rule="T14", text="", paper_text="").hidden


def test_here_means_here() -> None:
    assert FamilyMember(relation="child").here
    assert not FamilyMember(relation="child", state="detained").here


def test_records_do_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        EXAMPLE.question = "another"  # type: ignore[misc]
