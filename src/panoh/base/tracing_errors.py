"""What is told when something of tracing is not done; `errors.py` holds these sentences with all others."""

from __future__ import annotations

from panoh.base.i18n import N_

OF_TRACING: dict[str, str] = {
    "merge.matches": N_(
        "For one tracing request the one record is confirmed and the other is rejected. Nothing was joined. "
        "Open one of the two decisions again first, on the page of the request."
    ),
    "match.rejected": N_(
        "This person was rejected for this request, and a No stands. Nothing was changed. Read why; open it again if it was wrong."
    ),
    "match.confirmed": N_(
        "This person is confirmed for this request already. Nothing was changed. Open it again first, and say why."
    ),
    "match.another": N_(
        "Another person is confirmed for this request, and the others wait. Nothing was changed. Open that decision again first."
    ),
    "match.not_decided": N_(
        "This person is neither confirmed nor rejected for this request. Nothing was changed. Look at the request again."
    ),
    "match.no_consent": N_(
        "Whoever asks has not said yes to tracing, or took it back. Nothing was confirmed. Ask them first."
    ),
    "match.refused": N_(
        "This person said no to being traced. Nothing was changed, and nothing may be told to whoever asks. Ask a supervisor."
    ),
    "match.held_back": N_(
        "This request is held back: whoever asks may be the danger. Nothing was confirmed. A supervisor looks at it first."
    ),
    "match.died": N_(
        "This person is recorded as dead. Nothing was confirmed. Say that you know it: what is told to the family is another talk."
    ),
    "match.closed": N_("This request is closed. Nothing was changed. Open the request again first."),
    "match.set_aside": N_(
        "This record was joined to another one or set aside. Nothing was changed. Open the list of candidates again."
    ),
    "tracing.held": N_(
        "This request is held back: whoever asks may be the danger. Nothing was done. Ask a supervisor to look at it."
    ),
    "tracing.closed": N_("This request is closed. Nothing was changed. Open it again first."),
    "tracing.no_consent": N_(
        "Whoever asks did not consent to this, or was not asked yet. Nothing was done. Ask them, and note what they say."
    ),
}
