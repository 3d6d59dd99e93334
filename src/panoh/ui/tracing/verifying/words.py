"""What the worksheet says of a verification: who stands on which side, who asks, where it stands."""

from __future__ import annotations

from panoh.base.i18n import day, moment, ngettext
from panoh.base.i18n import gettext as _
from panoh.domain.verification import VERIFIED, A, B, asked_by, side_done
from panoh.services.desk import Desk
from panoh.services.verification_compared import Compared
from panoh.ui.privacy import Privacy
from panoh.ui.tracing.verifying.overview import SideCard
from panoh.ui.words import name_words

_WAITS = ("", "discuss")


class VerifyingWords:
    """Puts one verification into words, as this user may read it."""

    def __init__(self, desk: Desk, privacy: Privacy) -> None:
        self._desk, self._privacy = desk, privacy

    def who(self, found: Compared, side: str) -> str:
        """Whom one asks on a side: name and number, or as said."""
        line = found.found if side == A else found.asker
        if line is None:
            return self._privacy.name(found.asker_name) or _("the one who asks")
        name = name_words(line, self._desk.clock.today(), self._privacy)
        return name if name == line.number else _("{name}, {number}").format(name=name, number=line.number)

    @staticmethod
    def next_step(found: Compared) -> str:
        """What comes next while the sides are asked."""
        if found.lacking:
            return ngettext(
                "First write {n} question of your own that nobody has heard: what was asked before counts no more.",
                "First write {n} questions of your own that nobody has heard: what was asked before counts no more.",
                found.lacking,
            ).format(n=found.lacking)
        return _("Choose the side that you ask. You see its answers alone.")

    def cards(self, found: Compared) -> list[SideCard]:
        """Both sides, and on which one this user may go on."""
        return [self._card(found, side, other) for side, other in ((A, B), (B, A))]

    def _card(self, found: Compared, side: str, other: str) -> SideCard:
        one, me = found.verification, self._desk.user.id
        by = asked_by(one, side)
        mine_elsewhere = asked_by(one, other) == me and not side_done(one, other)
        may = not (side_done(one, side) or mine_elsewhere or one.result or found.lacking) and by in ("", me)
        if side_done(one, side):
            at = one.a_done_at if side == A else one.b_done_at
            when = moment(at) if at else ""
            state = _("Complete since {when}. The answers are hidden until both sides are.").format(when=when)
        elif by == me:
            state = _("You have begun to ask this side.")
        elif by:
            state = _("{who} asks this side.").format(who=found.names.get(by, _("A colleague")))
        elif mine_elsewhere:
            state = _("A colleague asks this side, or you, once you have completed the other one.")
        else:
            state = _("Nobody has begun to ask this side.")
        if may and me in found.heard[other]:
            state += " " + _("You heard the other side: better a colleague asks this one.")
        return SideCard(side, self.who(found, side), self.who(found, other), state, may)

    def state(self, found: Compared) -> str:
        """Where it stands, in a sentence or two."""
        one = found.verification
        if one.result:
            word = self._desk.name_of("verification_result", one.result)
            on = day(one.ended_on) if one.ended_on else ""
            return "\n".join(
                part for part in (f"{word}, {on}" if on else word, self._handing(found), found.asked_by) if part
            )
        if found.asked is not None and found.asked.decision in _WAITS:
            when = moment(found.asked.asked_at) if found.asked.asked_at else ""
            said = _("A supervisor was asked {when}. Until the answer nothing of it is changed.").format(when=when)
            return f"{said}\n{found.asked_by}"
        if found.both_done:
            return "\n".join((_("Both sides are complete."), found.asked_by))
        return _("Each side is asked apart. No answer shows before both are complete.")

    def _handing(self, found: Compared) -> str:
        if found.verification.result != VERIFIED:
            return ""
        if found.hand_over is None:
            return _("They may speak. Nobody is handed over before a supervisor has approved it.")
        if found.hand_over.decision in _WAITS:
            return _("A supervisor is asked about the hand-over.")
        word = self._desk.name_of("approval_decision", found.hand_over.decision)
        return _("Hand-over: {decision}").format(decision=word.lower())

    @staticmethod
    def hidden(found: Compared) -> str:
        """Why no answer shows; '' where they show."""
        if not found.both_done:
            return _("Not both sides were complete: their answers stay hidden.")
        return _("The words are shown to whoever holds the case, and to supervisors.") if found.withheld else ""

    def photos(self, found: Compared) -> str:
        """Whom either side picked."""
        one = found.verification
        told = [self._desk.name_of("photo_choice", code) or "—" for code in (one.photo_choice_a, one.photo_choice_b)]
        return _("Photos: side A {a}; side B {b}").format(a=told[0].lower(), b=told[1].lower())
