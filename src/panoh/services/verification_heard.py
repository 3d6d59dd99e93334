"""Who has heard which side: in a verification that goes on, and in those of the same two before it.

What somebody heard they know, also when the answers were taken off the sheet; so it is read from the journal, which says
who wrote an answer down. Who only read answers once both sides were complete stands nowhere: then whoever may read the
case may have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from panoh.base.i18n import day
from panoh.base.i18n import gettext as _
from panoh.domain.cases import User
from panoh.domain.tracing import TracingRequest
from panoh.domain.verification import A, B, Verification, VerificationQuestion, answer_of, both_done
from panoh.domain.verification import asked_by as who_asked
from panoh.services.desk import Desk
from panoh.services.tracing_askers import Asked, asked_by, may_be_one_asker
from panoh.store import history
from panoh.store.history import Wanted
from panoh.store.tables import table
from panoh.store.units import Reading

Naming = Callable[[str], str]  # what a user is called, by their id


@dataclass(frozen=True, slots=True)
class Heard:
    """The users who wrote down answers of each side, the first one first, and the questions that were answered."""

    a: tuple[str, ...] = ()
    b: tuple[str, ...] = ()
    questions: tuple[VerificationQuestion, ...] = ()

    @property
    def users(self) -> tuple[str, ...]:
        """All of them, each once."""
        return tuple(dict.fromkeys((*self.a, *self.b)))


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier verification of the same two; `turned` where who asks now was the one sought then."""

    one: Verification
    heard: Heard
    turned: bool


def heard(reading: Reading, one: Verification) -> Heard:
    """Who has heard which side of a verification, with everybody from whom a side was taken again."""
    questions = reading.all(VerificationQuestion, table(VerificationQuestion).c.verification_id == one.id)
    wanted = Wanted(record_class=VerificationQuestion.__name__, record_ids={each.id for each in questions})
    found: dict[str, dict[str, None]] = {A: {}, B: {}}
    answered = {each.id for each in questions if answer_of(each, A) or answer_of(each, B)}
    for entry in reversed(history.page(reading, wanted, 0, -1)):
        side = entry.field.removeprefix("answer_")
        if side in found and entry.new:
            found[side][entry.actor] = None
            answered.add(entry.record_id)
    for side, users in found.items():
        if who_asked(one, side) and any(answer_of(each, side) for each in questions):
            users[who_asked(one, side)] = None  # where the journal's values were erased
    return Heard(tuple(found[A]), tuple(found[B]), tuple(each for each in questions if each.id in answered))


def before(reading: Reading, request: TracingRequest, person_id: str, than: str = "") -> tuple[Before, ...]:
    """The verifications of the same two in which something was answered, the first one first, but for `than`.

    Of this request or another, whoever of the two asks in it; also where the one who asks is only named.
    """
    others = reading.where_in(Verification, "person_id", {person_id, request.inquirer_id})
    requests = reading.where_in(TracingRequest, "id", {one.request_id for one in others})
    now, *asked = asked_by(reading, [request, *requests])
    by_request = {one.request.id: one for one in asked}
    told = []
    for one in sorted(others, key=lambda each: each.id):
        if one.id != than and _is_of_the_two(one, by_request[one.request_id], person_id, now):
            found = heard(reading, one)
            if found.questions:
                told.append(Before(one, found, turned=one.person_id != person_id))
    return tuple(told)


def _is_of_the_two(one: Verification, then: Asked, person_id: str, now: Asked) -> bool:
    """Whether a verification was of this person and of whoever asks now; where names alone tell, of somebody who may be."""
    asker, asked = now.request.inquirer_id, then.request.inquirer_id
    if one.person_id != person_id:  # who asks now was the one sought
        return asked == person_id
    if asker and asked:
        return asker == asked
    return then.request.id == now.request.id or may_be_one_asker(then, now)


def used(earlier: Iterable[Before]) -> list[VerificationQuestion]:
    """The questions of these that were answered: whoever heard that knows what is right, and they are asked no more."""
    return [question for one in earlier for question in one.heard.questions]


# --- in words -----------------------------------------------------------------------------------------------------------


def asked_words(found: Heard, naming: Naming) -> str:
    """Who asked each side, and whether somebody has heard both: 'Asked by Feruza (side A) and Bakyt (side B). Apart; …'."""
    told = _("Asked by {a} (side A) and {b} (side B).").format(a=_names(found.a, naming), b=_names(found.b, naming))
    both = [one for one in found.a if one in found.b]
    if both:
        apart = _("Both sides were heard by {who}, one after the other.").format(who=_names(both, naming))
    else:
        apart = _("Apart; the answers were hidden until both had ended.")
    return f"{told} {apart}"


def before_words(desk: Desk, earlier: Iterable[Before], naming: Naming) -> tuple[str, ...]:
    """When the two were asked before, and who saw which answers; a sentence or two for each."""
    return tuple(_before(desk, one, naming) for one in earlier)


def _before(desk: Desk, earlier: Before, naming: Naming) -> str:
    one, heard_of = earlier.one, earlier.heard
    a, b = (heard_of.b, heard_of.a) if earlier.turned else (heard_of.a, heard_of.b)
    begun = day(one.begun_at.astimezone().date()) if one.begun_at else ""
    ended = desk.name_of("verification_result", one.result).lower() if one.result else _("not ended")
    on = day(one.ended_on) if one.ended_on else ""
    told = _("Asked before: begun {day}, {result}. Answers were seen by {a} (side A) and {b} (side B).").format(
        day=begun, result=" ".join(part for part in (ended, on) if part), a=_names(a, naming), b=_names(b, naming)
    )
    open_to = _("Both sides were complete, so whoever may read the case could read both.") if both_done(one) else ""
    return " ".join(part for part in (told, open_to) if part)


def _names(users: Collection[str], naming: Naming) -> str:
    return _(" and ").join(naming(one) for one in users) or _("nobody")


def names(reading: Reading) -> Naming:
    """What colleagues are called on the screen."""
    called = {user.id: user.name for user in reading.all(User)}
    return lambda user_id: called.get(user_id, _("a colleague"))


def roles(desk: Desk, reading: Reading, users: Iterable[str]) -> Naming:
    """What these colleagues are called on paper, where no name stands: 'caseworker 1', the same one always the same."""
    role_of = {user.id: user.role for user in reading.all(User)}
    count, called = Counter[str](), dict[str, str]()
    for user_id in dict.fromkeys(users):
        role = role_of.get(user_id, "")
        count[role] += 1
        word = desk.name_of("role", role).lower() if role else _("colleague")
        called[user_id] = _("{role} {n}").format(role=word, n=count[role])
    return lambda user_id: called.get(user_id, _("a colleague"))
