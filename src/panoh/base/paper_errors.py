"""What is told when a paper is not made or does not come out; `errors.py` holds these sentences with all others."""

from __future__ import annotations

from panoh.base.i18n import N_

OF_PAPERS: dict[str, str] = {
    "report.reason_needed": N_(
        "A paper like this needs a reason, which is recorded. Nothing was made. Write why it is needed."
    ),
    "report.leaks": N_(
        "Words that people typed would give somebody away on this paper ({count} found). Nothing was made. "
        "Leave them out, change them in the record, or keep them and say why: the reason is recorded."
    ),
    "report.no_such_sheet": N_(
        "There is no key sheet with the sign {sign} in use. Nothing was made. The signs are: {known}."
    ),
    "report.no_such_level": N_(
        "There is no paper at level {level}. Nothing was made. The levels are supervisor, carry and named."
    ),
    "report.no_such_language": N_(
        "There is no paper in the language {language}. Nothing was made. The languages are: {known}."
    ),
    "report.password": N_(
        "A PDF takes a password of 1 to {most} bytes, and this one is empty or longer. Nothing was made. "
        "Take another, or give none and have one made."
    ),
    "print.no_printer": N_(
        "This computer knows no printer. Nothing was printed and nothing is recorded. "
        "Connect a printer in the settings of the computer, or save the paper as a file."
    ),
    "print.no_a4": N_(
        "This printer has no paper of the size A4, and on another size the page would be cut. Nothing was printed and nothing is recorded. "
        "Take another printer, or save the paper as a file."
    ),
    "print.failed": N_("The printer did not take the page. What came out before is not a whole paper: destroy it."),
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
