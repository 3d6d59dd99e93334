"""Which words of a case summary each level of paper may show.

- supervisor: reasons in paper words; no name of the household, no State, authority or year.
- carry: paper that may be found at a checkpoint: codes, letters, dates and heads; nothing that anyone typed.
- named: names as well; restricted reasons only for a reader who may know them.

What a level may not show is taken out of the record here, so that the drawing code has nothing to leak.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeVar

from panoh.base.i18n import N_
from panoh.domain.key_sheet import is_code
from panoh.domain.name_letters import fold, to_latin
from panoh.domain.name_sounds import sound
from panoh.domain.summary import (
    HERE,
    MISSING,
    SELF,
    Advice,
    CaseSummary,
    Done,
    Event,
    FamilyMember,
    OpenTask,
    Option,
    Paper,
    Reason,
    Unknown,
)

SUPERVISOR, CARRY, NAMED = "supervisor", "carry", "named"
LEVELS = (SUPERVISOR, CARRY, NAMED)

# What a level always leaves out; the paper says so, so that silence is not read as "no".
LEFT_OUT: dict[str, tuple[str, ...]] = {
    SUPERVISOR: (
        N_("names"),
        N_("photographs"),
        N_("phones"),
        N_("places"),
        N_("numbers of papers"),
        N_("the State, authority and year of recognition"),
        N_("testimony"),
        N_("staff names"),
    ),
    NAMED: (
        N_("photographs"),
        N_("phones"),
        N_("places"),
        N_("numbers of papers"),
        N_("testimony"),
        N_("staff names"),
    ),
    CARRY: (),
}

_Part = TypeVar("_Part", CaseSummary, Reason, FamilyMember, Unknown, Done, Option, OpenTask, Event, Paper)
_MASK = "[name]"
# Signs without width or with the power to turn the direction of a line (Unicode category Cf, the usual ones).
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
WORD = re.compile(r"\w+(?:['’‘ʻʼ`´ʹ]\w+)*")
_NOT_LETTER = re.compile(r"[\W\d_ʻʼʹ]")
# Words inside names that say "son of" or "daughter of" and name nobody.
_PARTICLES = frozenset(
    ("ogli", "ugli", "угли", "ўғли", "огли", "оглы", "qizi", "kizi", "кизи", "қизи", "uulu", "уулу", "kyzy", "кызы")
)
_LAST_VOWELS = tuple("aeiouyаеиоуыэюяўөүьй")
_UZBEK_OF = ("ning", "нинг")


def redact(summary: CaseSummary, level: str) -> CaseSummary:
    """The same summary without anything that this level must not show; ValueError for an unknown level."""
    if level == CARRY:
        return _for_carrying(summary)
    if level == SUPERVISOR:
        return _without_names(_without_restricted(summary))
    if level == NAMED:
        return _without_restricted(summary)
    raise ValueError(f"no such level of paper: {level}")


def _without_restricted(summary: CaseSummary) -> CaseSummary:
    """Restricted reasons lose their words, and advice that would give them away goes, unless the reader may know."""
    if summary.reader_sees_restricted:
        return summary
    hidden = Reason(rule="", text="", paper_text="", restricted=True)
    return replace(
        summary,
        reasons=tuple(hidden if reason.restricted else reason for reason in summary.reasons),
        do=_open_advice(summary.do),
        do_not=_open_advice(summary.do_not),
    )


def _open_advice(advice: Iterable[Advice]) -> tuple[Advice, ...]:
    return tuple(line for line in advice if not line.restricted)


def _without_names(summary: CaseSummary) -> CaseSummary:
    """Paper words for the reasons; every name of the household masked in what people typed; no names kept."""
    mask = name_mask(summary.names)

    def masked(record: _Part, *names: str) -> _Part:
        words: dict[str, Any] = {name: mask(getattr(record, name)) for name in names}
        return replace(record, **words)

    def member(one: FamilyMember) -> FamilyMember:
        return masked(replace(one, name=""), "kin", "needs")

    typed = masked(summary, "question", "without_answer", "recommendation", "wish", "child_view", "care")
    return replace(
        typed,
        names=(),
        person=member(summary.person),
        family=tuple(member(one) for one in summary.family),
        reasons=tuple(masked(replace(one, text=one.paper_text), "text", "source") for one in summary.reasons),
        not_known=tuple(masked(one, "text") for one in summary.not_known),
        done=tuple(masked(one, "what", "result") for one in summary.done),
        options=tuple(masked(one, "what", "consequence", "ready") for one in summary.options),
        tasks=tuple(masked(one, "what", "role") for one in summary.tasks),
        events=tuple(masked(one, "what") for one in summary.events),
        papers=tuple(masked(one, "kind", "state") for one in summary.papers),
        left_out=tuple(mask(one) for one in summary.left_out),
    )


def _for_carrying(summary: CaseSummary) -> CaseSummary:
    """A new record with nothing in it but codes, letters, dates and heads: what is not named here is not carried.

    What should be a code and is none is left away, whatever was put there.
    """
    person = summary.person
    return CaseSummary(
        export_no=summary.export_no,
        check_code=summary.check_code,
        printed_at=summary.printed_at,
        destroy_by=summary.destroy_by,
        language=summary.language,
        demo=summary.demo,
        answer_by=summary.answer_by,
        without_answer_code=_code(summary.without_answer_code),
        level=summary.level,
        due_at=summary.due_at,
        person=FamilyMember(relation=SELF, sex=person.sex, is_child=person.is_child),
        family=tuple(
            FamilyMember(relation="", is_child=one.is_child, state=HERE if one.here else MISSING)
            for one in summary.family
        ),
        reasons=tuple(
            Reason(rule="", text="", paper_text="", neutral_code=_code(one.neutral_code), sure=one.sure, on=one.on)
            for one in summary.reasons
            if not one.restricted
        ),
        not_known=tuple(Unknown(text="", neutral_code=_code(one.neutral_code)) for one in summary.not_known),
        done=tuple(map(_carried_step, summary.done)),
        options=tuple(map(_carried_option, summary.options)),
        recommended_letter=summary.recommended_letter[:1],
        recommendation_code=_code(summary.recommendation_code),
        wish_letter=summary.wish_letter[:1],
        consents=tuple(replace(one, label="", neutral_code=_code(one.neutral_code)) for one in summary.consents),
        child_heard=summary.child_heard,
    )


def _carried_step(one: Done) -> Done:
    return Done(on=one.on, what="", neutral_code=_code(one.neutral_code), result_code=_code(one.result_code))


def _carried_option(one: Option) -> Option:
    return Option(
        letter=one.letter[:1],
        what="",
        neutral_code=_code(one.neutral_code),
        consequence_code=_code(one.consequence_code),
        ready_code=_code(one.ready_code),
    )


def _code(text: str) -> str:
    return text if is_code(text) else ""


def name_mask(names: Iterable[str]) -> Callable[[str], str]:
    """A function that replaces the parts of these names by '[name]' wherever they stand as words (see name_finder)."""
    names_someone = name_finder(names)

    def masked(text: str) -> str:
        return WORD.sub(lambda found: _MASK if names_someone(found.group()) else found.group(), composed(text))

    return masked


def name_finder(names: Iterable[str]) -> Callable[[str], bool]:
    """A function that tells whether a word is part of one of these names.

    Names come in every form that is recorded (scripts, maiden name, nickname). A part matches in any
    letter case, with any apostrophe or none, and with an ending of up to three letters (or Uzbek -ning)
    after the name or in place of its last vowel. Parts of two or three letters take an ending only where
    the word begins with a capital, lest `Ali` hide `alive`. Initials and words for "son of" stay.
    A word in the other script, or a capitalised one that sounds the same, names the same person.
    Finding too much is the lesser harm: a word that happens to be someone's name goes as well.
    """
    parts = {_folded(found.group()) for name in names for found in WORD.finditer(composed(name))}
    parts = {part for part in parts if len(part) > 1} - _PARTICLES
    long = {part for part in parts if len(part) > 3}
    stems = long | {part[:-1] for part in long if part.endswith(_LAST_VOWELS)}
    sounds = {_sound(part) for part in long}

    def names_someone(word: str) -> bool:
        return spells_someone(word) or (not word.isascii() and spells_someone(to_latin(word)))

    def spells_someone(word: str) -> bool:
        folded = _folded(word)
        beginnings = {folded, folded[:-1], folded[:-2], folded[:-3]}
        if folded.endswith(_UZBEK_OF):
            beginnings.add(folded[:-4])
        if folded in parts or not beginnings.isdisjoint(stems):
            return True
        return word[:1].isupper() and (not beginnings.isdisjoint(parts) or _sound(word) in sounds)

    return names_someone if parts else lambda _word: False


def composed(text: str) -> str:
    """Composed letters, and no signs that have no width: they could split a name in two or turn a line around."""
    return text if text.isascii() else _INVISIBLE.sub("", unicodedata.normalize("NFC", text))


def _sound(word: str) -> str:
    return sound(fold(word).replace(" ", ""))


def _folded(word: str) -> str:
    return _NOT_LETTER.sub("", word.casefold()).replace("ё", "е")
