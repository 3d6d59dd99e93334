"""What the screen asks of the services, bound to one desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from panoh.base.errors import FieldProblem
from panoh.services import caseload, drafts, person_edit, registration, undoing
from panoh.services.desk import Changes, Desk
from panoh.services.drafts import Draft
from panoh.services.duplicates import Duplicate
from panoh.services.registration import FamilyForm, SavedFamily
from panoh.ui.registration.drafts import KIND
from panoh.ui.registration.term_box import OWN_SITE, Choice

Probable = Callable[[str, str, str, str], Sequence[Duplicate]]  # name, sex, birth and address before, as typed


@dataclass(frozen=True, slots=True)
class FamilyServices:
    """Use cases of this screen; all but `check` run on the store's worker."""

    save: Callable[[FamilyForm], SavedFamily]
    undo_save: Callable[[Changes], Changes]
    check: Callable[[FamilyForm], list[FieldProblem]]
    choices: Callable[[], dict[str, list[Choice]]]
    probable: Probable
    keep_draft: Callable[[str, dict[str, Any]], None]
    drop_draft: Callable[[str], None]
    drafts: Callable[[], list[Draft]]


def services_of(
    desk: Desk, probable: Callable[[Desk, str, str, str, str], Sequence[Duplicate]], kind: str = KIND
) -> FamilyServices:
    """The services for this desk; `probable` searches for people who are perhaps registered already, `kind` is that of drafts."""
    return FamilyServices(
        save=partial(registration.save_family, desk),
        undo_save=partial(undoing.undo_save, desk),
        check=partial(registration.check_family, desk),
        choices=partial(_choices, desk),
        probable=partial(probable, desk),
        keep_draft=lambda draft_id, payload: drafts.keep(desk, draft_id, kind, payload),
        drop_draft=partial(drafts.drop, desk),
        drafts=partial(drafts.mine, desk, kind),
    )


def _choices(desk: Desk) -> dict[str, list[Choice]]:
    """What the boxes of the household offer, by field: sites by name, languages and countries with the region first.

    A vault that holds one site's caseload offers that site alone, and at OWN_SITE, because it stands in the form already.
    """
    offers = person_edit.offers(desk)
    countries = [(code, words) for code, words in offers.countries if len(code) == 2]
    own = caseload.of_vault(desk).site
    sites = [own] if own else registration.sites(desk)
    return {
        "site_id": [(site.id, site.name) for site in sites],
        OWN_SITE: [(own.id, own.name)] if own else [],
        "language": list(offers.languages),
        **dict.fromkeys(("fled_from", "country_now", "intends_to_go"), countries),
    }
