"""Where each kind of draft is gone on with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panoh.services.drafts import Draft

if TYPE_CHECKING:
    from panoh.ui.ways import Ways

_OF_REQUEST = ("ActionForm", "HoldForm", "CloseForm")  # small forms about a tracing request (see FormDraft)


def open_draft(w: Ways, draft: Draft) -> None:
    """Show the form that this draft belongs to; a small form offers it when it is opened again."""
    if draft.kind == "family":
        w.frame.show_screen("registration")
        w.screens.registration().open_draft(draft)
    elif draft.kind == "newcomer":
        w.frame.show_screen("newcomer")
        w.screens.newcomer().open_draft(draft)
    elif draft.kind == "tracing":
        w.frame.show_screen("tracing")
        w.screens.tracing().new_request()
    elif draft.kind == "refoulement":
        w.open_assessment(str(draft.payload["person_id"]))
    elif draft.kind == "site":
        w.frame.show_screen("sites")
        w.screens.sites().open_draft(draft)
    elif draft.payload.get("person_id"):
        w.open_person(str(draft.payload["person_id"]))
    elif draft.id.split(".")[1:2] in ([name] for name in _OF_REQUEST):
        w.open_request(draft.id.partition(".")[0])
    else:  # of an incident
        w.screens.triage().show_list("incidents")
        w.frame.show_screen("triage")
