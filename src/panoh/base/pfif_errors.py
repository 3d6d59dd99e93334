"""What is told when a PFIF file is refused, or somebody is not made public; `errors.py` holds these sentences with all others."""

from __future__ import annotations

from panoh.base.i18n import N_

OF_PFIF: dict[str, str] = {
    "pfif.unreadable": N_(
        "This file could not be read as XML: {name}. Nothing was imported. It is damaged or was cut off on the way: "
        "ask whoever sent it to send it again."
    ),
    "pfif.dangerous": N_(
        "This file declares a document type or entities, which no PFIF file needs and which can harm a computer: {name}. "
        "It was not read. Ask whoever sent it where it comes from, and for a plain PFIF file."
    ),
    "pfif.foreign": N_(
        "This file does not say that it is PFIF 1.1 to 1.4: {name}. Nothing was imported. Its first element has to be “pfif” in the "
        "namespace http://zesty.ca/pfif/1.4 (or 1.1 to 1.3). Ask whoever sent it to write it again."
    ),
    "pfif.too_deep": N_(
        "Elements stand within elements in this file far beyond what PFIF has: {name}. Nothing was imported. "
        "Ask whoever sent it to write it again."
    ),
    "publishing.off": N_(
        "Nothing is made public from this vault: that is turned off. Nothing was changed. "
        "A supervisor can turn it on and says why."
    ),
    "publishing.not_possible": N_(
        "Nothing about this person can be made public from here. Nothing was changed. "
        "Trace in other ways: through the ICRC or the national society."
    ),
    "publishing.consent": N_(
        "No yes to being made public is recorded, or it does not hold any more. Nothing was changed. Ask, and record the answer: "
        "of a person under Consent (tracing; media, boards, radio), of a request in the request."
    ),
    "publishing.already": N_("This is public already, or agreed to be. Nothing was changed. Take that back first."),
    "publishing.over": N_("This was taken back already. Nothing was changed."),
    "publishing.nothing": N_(
        "Nothing stands that may be made public, and nothing has to be called back. No file was made."
    ),
    "publishing.whom": N_("Say to whom the file goes and what for: it is recorded. No file was made."),
    "publishing.leaks": N_(
        "{count} records would tell more than may be public: a phone, a paper, a place or a name of staff. No file was made. "
        "Look at the names in these records: {numbers}."
    ),
}
