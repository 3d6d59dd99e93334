"""The ways from one screen of the workplace to another."""

from __future__ import annotations

from panoh.domain.lines import PeopleFilter, QueueFilter
from panoh.services.drafts import Draft
from panoh.ui.draft_ways import open_draft
from panoh.ui.navigator import Among
from panoh.ui.tracing_ways import WaysOfTracing


class Ways(WaysOfTracing):
    """The Navigator of all presenters: part of the Workplace."""

    def open_person(self, person_id: str, among: Among | None = None) -> None:
        """Open a person's record, perhaps out of a list."""
        came_from = self.frame.current.title if self.frame.current else ""
        self.screens.person().show(person_id, among, came_from)
        self.frame.show_screen("person")

    def open_needs(self, person_id: str, among: Among | None = None) -> None:
        """Open a person's record at their needs, perhaps out of a list."""
        self.open_person(person_id, among)
        self.screens.person().show_needs()

    def open_assessment(self, person_id: str) -> None:
        """Open a person's refoulement assessment."""
        self.screens.refoulement().show(person_id)
        self.frame.show_screen("refoulement")

    def list_people(self, text: str) -> None:
        """Show whom a search finds in the list of everyone."""
        self.frame.show_screen("people")
        self.screens.people().show_search(text)

    def open_people(self, wanted: PeopleFilter) -> None:
        """Show this part of the list of everyone."""
        self.screens.people().show_part(wanted)
        self.frame.show_screen("people")

    def register_family(self) -> None:
        """Begin to register a family."""
        self.frame.show_screen("registration")

    def register_person(self) -> None:
        """Begin to register one person."""
        self.frame.show_screen("newcomer")

    def open_triage(self, wanted: QueueFilter) -> None:
        """Open Triage with this part of the queue."""
        self.screens.triage().show_filter(wanted)
        self.frame.show_screen("triage")

    def open_request(self, request_id: str) -> None:
        """Open a tracing request."""
        self.screens.tracing().open_request(request_id)
        self.frame.show_screen("tracing")

    def new_request(self, person_id: str) -> None:
        """Begin a tracing request that this person makes."""
        self.frame.show_screen("tracing")
        self.screens.tracing().new_request(person_id)

    def open_site(self, site_id: str) -> None:
        """Open a site."""
        self.screens.sites().open_site(site_id)
        self.frame.show_screen("sites")

    def open_report(self, person_id: str) -> None:
        """Begin this person's case summary."""
        self.screens.reports().open_report(person_id)
        self.frame.show_screen("reports")

    def open_tracing_paper(self, kind: str, about: str = "") -> None:
        """Begin a paper of tracing."""
        self.screens.reports().open_tracing_paper(kind, about)
        self.frame.show_screen("reports")

    def open_case_field(self, person_id: str, key: str) -> None:
        """Open a person's case with the keys in this field."""
        self.screens.person().go_to_case_field(key)
        self.open_person(person_id)

    def open_draft(self, draft: Draft) -> None:
        """Go on with a draft."""
        open_draft(self, draft)

    def list_decisions(self) -> None:
        """Show what waits for a supervisor."""
        self.screens.triage().show_list("approvals")
        self.frame.show_screen("triage")

    def list_tracing(self) -> None:
        """Show what is to do in tracing."""
        self.screens.tracing().show_list("work")
        self.frame.show_screen("tracing")

    def list_drafts(self) -> None:
        """Show the drafts, to go on with one or to throw it away."""
        self.screens.people().show_list("drafts")
        self.frame.show_screen("people")

    def back(self) -> None:
        """Go back to the screen before."""
        self.frame.back()
