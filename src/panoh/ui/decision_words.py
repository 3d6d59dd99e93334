"""What was asked of supervisors and decided, in words: for the list, the record and the papers."""

from __future__ import annotations

from panoh.base.i18n import N_, moment
from panoh.base.i18n import gettext as _
from panoh.domain.casework import Approval
from panoh.services.approvals import AskedLine
from panoh.services.decisions import instead_words
from panoh.services.desk import Desk

# What the digits of a verification sheet mean, where they are not those of other papers.
ON_CONTACT = {"approve": N_("Contact"), "amend": N_("Ask again"), "refuse": N_("Not a match")}
DECISIONS = "decisions"  # where the keys go in a case whose decision was keyed in


def kind_words(desk: Desk, approval: Approval) -> str:
    """'Closing of a case'; '' where even the kind is withheld."""
    return desk.name_of("approval_kind", approval.kind) if approval.kind else ""


def proposed_words(desk: Desk, approval: Approval) -> str:
    """What is asked for: 'to low', 'No contact for three months'; '' for nothing more than the kind.

    Of advice it is the option that was chosen, which stands in the words of the decision.
    """
    if not approval.proposed or approval.kind == "advice":
        return ""
    told = instead_words(desk, approval.kind, approval.proposed)
    return _("to {level}").format(level=told) if approval.kind == "lowering" else told


def asked_words(one: AskedLine) -> str:
    """'Feruza A., 14 Jun 2010 16:00'."""
    when = moment(one.approval.asked_at) if one.approval.asked_at else ""
    return ", ".join(part for part in (one.asked_by, when) if part)


def decision_words(desk: Desk, approval: Approval) -> str:
    """'Approved'; 'Waits' before anybody decided."""
    if approval.kind == "verification" and approval.decision in ON_CONTACT:
        return _(ON_CONTACT[approval.decision])
    return desk.name_of("approval_decision", approval.decision) if approval.decision else _("Waits")


def by_words(one: AskedLine) -> str:
    """Who decided, when, and whether on paper; '' while it waits."""
    said = one.approval
    if not said.decision:
        return ""
    when = moment(said.decided_at) if said.decided_at else ""
    if not one.on_paper:
        return ", ".join(part for part in (one.keyed_by, when) if part)
    name = said.decided_name or _("shown by role")
    told = _("On paper {number}, signed {name}, {when}").format(number=said.export_no, name=name, when=when)
    keyed = moment(one.keyed_at) if one.keyed_at else ""
    return _("{told}; keyed in by {who}").format(
        told=told, who=", ".join(part for part in (one.keyed_by, keyed) if part)
    )
