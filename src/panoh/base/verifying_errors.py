"""Sentences of the errors of verification and reunification; `errors.py` says how they are written."""

from __future__ import annotations

from panoh.base.i18n import N_

OF_VERIFYING: dict[str, str] = {
    "verification.consent": N_(
        "The one who asks did not agree yet that we look for anybody. Nothing was begun. Ask first, and note it in the request."
    ),
    "verification.refused": N_(
        "This person does not want to be looked for or found. Nothing was begun, and nothing is told to the one who asks."
    ),
    "verification.held": N_(
        "This request is held back. Nothing was changed. A supervisor looks at it first and goes on with it."
    ),
    "verification.closed": N_("This request is closed. Nothing was begun. Open it again first."),
    "verification.rejected": N_(
        "This person was ruled out for this request. Nothing was begun. Look at the reason, and open the candidate again first."
    ),
    "verification.joined": N_(
        "Since this was asked another record was joined to one of the two, so whoever was verified may be somebody else. "
        "Nothing was decided. Look at both sides again, and ask anew."
    ),
    "verification.twice": N_(
        "A verification of these two is under way already. Nothing was begun. Go on with that one."
    ),
    "verification.same": N_("These are the same person. Nothing was begun. Choose another candidate."),
    "verification.died": N_(
        "One of the two is recorded as dead. Nothing was begun. Tell the family with care, and close the request with that reason."
    ),
    "verification.over": N_("This verification has ended. Nothing was changed. Look at its result."),
    "verification.side_taken": N_(
        "Another caseworker asks this side, and its answers are theirs until both sides are complete. Nothing was changed. "
        "Ask the other side, or have this one begun again."
    ),
    "verification.one_side": N_(
        "You ask the other side and it is not complete. Nothing is shown. Complete that side first; better, a colleague asks this one."
    ),
    "verification.side_done": N_(
        "This side is complete: its answers are closed, and hidden until both are. Nothing was changed. "
        "Later a correction is a remark beside the answer."
    ),
    "verification.not_complete": N_(
        "Both sides are not complete yet, so nothing can be compared. Nothing was changed. Complete both sides first."
    ),
    "verification.fresh": N_(
        "These two were asked before, and what they answered was read. Nothing was begun. "
        "Write questions of your own first that nobody has heard yet."
    ),
    "verification.names_first": N_(
        "Photos come after the questions, at least those about names. Nothing was kept. Ask those first, of this side."
    ),
    "verification.supervisor": N_(
        "There may be danger in this, or facts that are shown by role. Nothing was done. A supervisor goes on with it."
    ),
    "verification.no_paper": N_(
        "One side is shielded or in danger from a State, so nothing of this goes on paper. Nothing was made. "
        "A supervisor decides on the screen."
    ),
    "verification.waits": N_(
        "A supervisor was asked and has not answered yet. Nothing was changed. Wait for the answer, or take the question back."
    ),
    "verification.signed": N_(
        "Somebody was handed over on this paper already, and that cannot be taken back here. Nothing was changed. "
        "Note what went wrong at the reunification."
    ),
    "reunification.not_signed": N_(
        "Nobody signed this hand-over: it needs a verification that a supervisor signed, and the hand-over approved. "
        "Nothing was kept. Ask a supervisor; if it cannot wait, say why: that stands in the record for ever."
    ),
    "reunification.over": N_("The visits of this reunification are over. Nothing was changed."),
}
