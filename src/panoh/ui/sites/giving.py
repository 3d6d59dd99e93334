"""What is done on a site about what everyone needs: its stock-taking is read, noted, and things are handed out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from panoh.base.i18n import gettext as _
from panoh.base.i18n import ngettext, number
from panoh.base.progress import Progress
from panoh.domain.household import Site
from panoh.services import assistance, distribution
from panoh.services.assistance import SITE, OpenNeed, Situation
from panoh.services.desk import Changes, Desk
from panoh.services.distribution import Distributed, HomeFilter, Round
from panoh.ui.basic_needs import ON, GiftForm, NeedsForm, gift_of, said_of
from panoh.ui.form_reader import FormReader
from panoh.ui.privacy import Privacy
from panoh.ui.sites.distribution_form import EACH, DistributionForm
from panoh.ui.sites.keeping import Keeping, Work
from panoh.ui.sites.view import SitesView
from panoh.ui.tasks import FILES, TaskRunner

Stock = tuple[list[OpenNeed], list[Round]]


class Giving:
    """Turns the wishes of the stock-taking into service calls; `written` is told what changed."""

    def __init__(
        self,
        view: SitesView,
        desk: Desk,
        runner: TaskRunner,
        privacy: Privacy,
        site: Callable[[], Site | None],
        written: Callable[[Changes], object],
    ) -> None:
        self._view, self._desk, self._runner, self._privacy = view, desk, runner, privacy
        self._site = site
        self.keeping = Keeping(view, view, desk, runner, written)
        self._shown = ""  # the site whose stock-taking stands there
        stock = view.record.stock
        stock.stand_asked.connect(self.ask_stand)
        stock.give_asked.connect(self.ask_distribution)
        stock.site_gift_asked.connect(self.ask_site_gift)

    def read(self, site: Site) -> None:
        """Take stock of a site, beside everything else: of many people it takes a moment."""
        stock = self._view.record.stock
        if site.id != self._shown:
            stock.show_reading()
        self._shown = site.id

        def work(_progress: Progress) -> Stock:
            return assistance.open_needs(self._desk, site.id), distribution.rounds(self._desk, site.id)

        def show(found: Stock) -> None:
            if site.id == self._shown:
                stock.show_stock(*found, self._desk.clock.today())

        self._runner.start(work, show, self._view.fail, owner=self._view, lane=FILES)

    # --- how it stands --------------------------------------------------------------------------------------------------

    def ask_stand(self) -> None:
        """Ask how the sectors stand for the site as a whole."""
        if (site := self._site()) is not None:
            find = partial(assistance.of_site, self._desk, site.id)
            self._runner.start(
                lambda _progress: find(), partial(self._ask_stand, site), self._view.fail, owner=self._view
            )

    def _ask_stand(self, site: Site, found: Situation) -> None:
        desk = self._desk
        form = NeedsForm(self._view, desk.vocabularies, found.stands, desk.clock.today(), of_site=True)

        def read(values: FormReader) -> Work:
            said, on = said_of(values, found.stands, of_site=True), values.day(ON)
            return partial(assistance.note, desk, SITE, site.id, said, on)

        self.keeping.open(form, read)
        form.take_focus()

    def ask_site_gift(self) -> None:
        """Ask what was given to the site as a whole: water by truck, latrines."""
        if (site := self._site()) is not None:
            form = GiftForm(self._view, self._desk.vocabularies, self._desk.clock.today())
            self.keeping.open(form, lambda values: partial(assistance.give, self._desk, SITE, site.id, gift_of(values)))

    # --- a distribution -------------------------------------------------------------------------------------------------

    def ask_distribution(self) -> None:
        """Ask what is given to which households of the site."""
        if (site := self._site()) is None:
            return
        desk = self._desk
        form = DistributionForm(
            self._view, desk.vocabularies, self._runner, self._privacy, desk.clock.today(), site.name
        )
        done: list[Distributed] = []

        def read(values: FormReader) -> Work:
            gift, ticked = gift_of(values), form.ticked
            each_person = values.raw("each") == EACH
            wanted, ids = self._wanted(form), frozenset(ticked.ids)

            def give() -> Changes:
                given = distribution.distribute(
                    desk, site.id, gift, None if ticked.all else ids, wanted=wanted, without=ids, each_person=each_person
                )  # fmt: skip
                done.append(given)
                return given.changes

            return give

        form.list_asked.connect(partial(self._list, form, site))
        form.model.failed.connect(form.fail)
        self._list(form, site)
        self.keeping.open(form, read, lambda: _told(done[-1]))

    def _list(self, form: DistributionForm, site: Site) -> None:
        desk, wanted = self._desk, self._wanted(form)

        def count() -> int:
            form.tally = distribution.home_count(desk, site.id, wanted)
            return form.tally[0]

        form.model.open(count, lambda offset, limit: distribution.homes(desk, site.id, wanted, offset, limit))

    def _wanted(self, form: DistributionForm) -> HomeFilter:
        days = form.days
        since = None if days is None else distribution.waiting_since(self._desk, days)
        return HomeFilter(form.sector, lacking=bool(form.values()["lacking"]), not_since=since)


def _told(done: Distributed) -> str:
    """What a distribution wrote, in words."""
    homes = ngettext("{n} household", "{n} households", done.homes).format(n=number(done.homes))
    people = ngettext("{n} person", "{n} people", done.people).format(n=number(done.people))
    told = _("Noted for {homes}, {people}.").format(homes=homes, people=people)
    gone = ngettext("{n} is not at the site any more.", "{n} are not at the site any more.", done.gone)
    return " ".join((told, gone.format(n=number(done.gone)))) if done.gone else told
