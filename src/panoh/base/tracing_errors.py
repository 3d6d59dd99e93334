"""Sentences of errors in tracing, by their codes: what happened, what was kept, what to do (see errors.py)."""

from __future__ import annotations

from panoh.base.i18n import N_

TRACING = {
    "tracing.held": N_(
        "This request is held back: whoever asks may be the danger. Nothing was done. Ask a supervisor to look at it."
    ),
    "tracing.closed": N_("This request is closed. Nothing was changed. Open it again first."),
    "tracing.no_consent": N_(
        "Whoever asks did not consent to this, or was not asked yet. Nothing was done. Ask them, and note what they say."
    ),
}
