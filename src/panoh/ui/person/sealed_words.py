"""What the fields of a sealed record are called, and which of them each kind has."""

from __future__ import annotations

from panoh.base.i18n import N_
from panoh.base.i18n import gettext as _

_TEXT = {
    "whereabouts": N_("Where, and how one gets there"),
    "safe_contact": N_("How to reach them"),
    "testimony": N_("What was told, in their words"),
    "note": N_("Note"),
}
# Of a safe contact; the rest of what somebody needs to know before they call.
_CONTACT = {
    "who": N_("Who may call"),
    "when": N_("When"),
    "words": N_("Words to say first"),
    "cover": N_("What to say when somebody else answers"),
    "never": N_("Never contact"),
}
ONE_LINE = frozenset(_CONTACT)


def field_words(kind: str = "") -> dict[str, str]:
    """The fields of a kind with their words, the main one first; of any kind without one."""
    main = _(_TEXT[kind]) if kind else _("Text")
    return {
        "text": main,
        **({name: _(words) for name, words in _CONTACT.items()} if kind in ("", "safe_contact") else {}),
    }
