"""What is told when a paper of tracing is not made; `errors.py` holds these sentences with all others."""

from __future__ import annotations

from panoh.base.i18n import N_

OF_TRACING_PAPERS: dict[str, str] = {
    "tracing_paper.shielded": N_(
        "A shield is up over somebody on this paper, or over who lives with them. Nothing was made: no paper of tracing tells of them. "
        "Go to the people in person, without paper."
    ),
    "tracing_paper.held": N_(
        "This request is held back: the one who asks may be the danger. Nothing was made. A supervisor looks at it first."
    ),
    "tracing_paper.no_consent": N_(
        "Consent to trace was refused or withdrawn. Nothing was made. Ask again only if the person comes back to it."
    ),
    "tracing_paper.no_reunion": N_("No reunification of this person is recorded. Nothing was made. Record it first."),
    "tracing_paper.no_such_kind": N_("There is no paper of this kind: {kind}. Nothing was made."),
    "tracing_paper.no_request": N_("There is no tracing request with this number that you may read. Check every sign."),
}
