"""What a case summary asks where nobody typed a question: what waits for a supervisor, as a question that 'approve' answers."""

from __future__ import annotations

from collections.abc import Iterable

from panoh.base.i18n import gettext as _
from panoh.domain.casework import Approval
from panoh.services.approvals import SHIELD
from panoh.services.desk import Desk
from panoh.services.triage_words import level_name


def asked_on_paper(waiting: Iterable[Approval]) -> Approval | None:
    """The newest of these; never that a shield is taken down, because no paper tells that there is one."""
    return max((one for one in waiting if one.kind != SHIELD), key=lambda one: one.id, default=None)


def question_of(desk: Desk, asked: Approval) -> str:
    """'Close this case: reunified with the family?'; of advice the words in which it was asked."""
    match asked.kind:
        case "closure":
            return _("Close this case: {why}?").format(why=desk.name_of("closing_why", asked.proposed))
        case "lowering":
            return _("Lower the level to {level}?").format(level=level_name(asked.proposed))
        case "plan":
            return _("Approve the case plan?")
        case "assessment":
            return _("Approve the assessment?")
        case "verification":
            return _("Let the two speak with each other, after their verification?")
        case "reunification":
            return _("Approve the reunification?")
    return asked.why
