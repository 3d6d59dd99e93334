"""Why the vault was locked: a word for the program, and the words that Unlock tells afterwards."""

from __future__ import annotations

from panoh.base.i18n import N_
from panoh.base.i18n import gettext as _

ASKED, HIDDEN, IDLE = "asked", "hidden", "idle"
SLEEP, LID, SCREEN, SWITCHED, SYSTEM_IDLE = "sleep", "lid", "screen", "switched", "system_idle"
_WORDS = {
    ASKED: N_("because it was asked for"),
    HIDDEN: N_("because it was asked for"),  # no more than that: whoever made somebody hide it may stand there
    IDLE: N_("because nobody pressed a key or moved the mouse"),
    SLEEP: N_("because the computer slept"),
    LID: N_("because the lid was closed"),
    SCREEN: N_("because the screen was locked"),
    SWITCHED: N_("because another user took the screen"),
    SYSTEM_IDLE: N_("because the computer was idle"),
}


def words(why: str) -> str:
    """'because the lid was closed'."""
    return _(_WORDS[why])
