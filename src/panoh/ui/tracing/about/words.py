"""What was told of a request, in words: facts with their labels, consent, whether it is held back, what has changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from panoh.base.i18n import day
from panoh.base.i18n import gettext as _
from panoh.domain.dates import words as date_words
from panoh.domain.tracing import TracingRequest
from panoh.services.desk import Desk
from panoh.services.tracing_inquiry import Changed
from panoh.ui.privacy import Privacy
from panoh.ui.widgets.unknown import unknown_word

Fact = tuple[str, str]


def facts(
    desk: Desk, privacy: Privacy, request: TracingRequest, unanswered: Mapping[str, str], languages: Mapping[str, str]
) -> list[Fact]:
    """Everything that was said of the one sought and of the parting; what was not said is left out."""
    label = desk.vocabularies.label

    def answer(field: str) -> str:
        return unknown_word(unanswered[field]) if field in unanswered else str(getattr(request, field))

    told = [
        (_("Name"), privacy.name(request.full_name)),
        (_("Nickname"), privacy.name(request.nickname)),
        (_("Other names"), ", ".join(map(privacy.name, request.other_names))),
        (_("Relation"), label("relation", request.relation, request.sex) if request.relation else ""),
        (_("Birth"), date_words(request.birth) if request.birth.said or request.birth.earliest else ""),
        (_("Lived before"), answer("origin")),
        (_("Marks"), request.marks),
        (_("Clothes"), request.clothes),
        (_("Languages"), ", ".join(languages.get(code, code) for code in request.languages)),
        (_("Phone"), request.phone),
        (_("Paper"), request.document_no),
        (_("Separated on"), day(request.separated_on) if request.separated_on else ""),
        (_("Separated where"), answer("separated_where")),
        (_("How"), label("separation_cause", request.separation_cause) if request.separation_cause else ""),
        (_("Last seen"), answer("last_seen")),
        (_("Last seen on"), day(request.last_seen_on) if request.last_seen_on else ""),
        (_("With whom"), request.last_seen_with),
        (_("Relatives"), ", ".join(map(privacy.name, request.relatives))),
    ]
    return [(name, words) for name, words in told if words]


def wishes(desk: Desk, request: TracingRequest) -> list[Fact]:
    """What a child who asks wishes."""
    yes_no = {"yes": _("yes"), "no": _("no")}
    wish = request.wishes_reunion
    told = [
        (_("To find"), _("as number {n}").format(n=request.wish_order) if request.wish_order else ""),
        (_("In contact"), yes_no.get(request.in_contact, "")),
        (_("Wishes contact"), yes_no.get(request.wishes_contact, "")),
        (_("Wishes to be reunited"), desk.vocabularies.label("reunion_wish", wish) if wish else ""),
        (_("Why"), request.wish_why),
    ]
    return [(name, words) for name, words in told if words]


def standing(desk: Desk, request: TracingRequest) -> list[Fact]:
    """How the one who asks is reached, what they allowed, where the request stands."""
    label = desk.vocabularies.label
    reason = label("tracing_closing", request.closed_why) if request.closed_why else ""
    closed = _("{reason}, {day}").format(reason=reason, day=day(request.closed_on)) if request.closed_on else reason
    told = [
        (_("Status"), label("tracing_status", request.status)),
        (_("Closed"), closed),
        (_("In words"), request.closed_words),
        (_("To be reached"), request.contact),
        (_("May we look?"), consent(desk, request)),
        (_("Shown, read out"), _allowed(request.consent_to_show)),
        (_("Made public"), _allowed(request.consent_to_publish)),
    ]
    return [(name, words) for name, words in told if words]


def _allowed(answer: str) -> str:
    return {"yes": _("yes"), "no": _("no")}.get(answer, _("not asked"))


def consent(desk: Desk, request: TracingRequest) -> str:
    """'Yes, the person, spoken, 14 Jun 2010'."""
    if request.consent_withdrawn_on:
        return _("withdrawn on {day}").format(day=day(request.consent_withdrawn_on))
    label = desk.vocabularies.label
    parts = [
        {"yes": _("yes"), "no": _("no: do not match")}.get(request.consent_to_trace, _("not asked")),
        label("consent_by", request.consent_by).lower() if request.consent_by else "",
        label("consent_how", request.consent_how).lower() if request.consent_how else "",
        day(request.consent_on) if request.consent_on else "",
    ]
    return ", ".join(part for part in parts if part)


def notes(request: TracingRequest, changed: Sequence[Changed] = (), *, supervisor: bool) -> list[str]:
    """What must be known before anything else: held back, no consent, what has become of a match; none where all is well."""
    return [
        *([_held(request, supervisor=supervisor)] if request.held_why else []),
        *([_not_asked(request)] if request.consent_to_trace != "yes" else []),
        *(changed_words(one) for one in changed),
    ]


def _held(request: TracingRequest, *, supervisor: bool) -> str:
    words = _("Held back: the one who asks may be the danger ({why}). Tell them nothing, print nothing, begin nothing.")
    if not supervisor:
        words += " " + _("Only supervisors see who may be the one sought, and only they let it go on.")
    return words.format(why=request.held_why)


def _not_asked(request: TracingRequest) -> str:
    if request.consent_withdrawn_on:
        return _("They took their consent back: nobody is looked for and nothing is listed.")
    if request.consent_to_trace == "no":
        return _("They do not want us to look: nobody is looked for. Change the request when they say otherwise.")
    return _(
        "Whether we may look was not asked yet: this stays inside the vault, and nothing may be shown to the other side. "
        "Ask first."
    )


def may_be_asked(request: TracingRequest) -> bool:
    """Whether whoever asks was not asked yet whether we may look."""
    return request.consent_to_trace not in ("yes", "no") and not request.consent_withdrawn_on


def changed_words(one: Changed) -> str:
    """What has happened to somebody who stands under review or confirmed."""
    return {
        "died": _("{number}, who may be the one sought, has died as recorded. Tell nobody before you know."),
        "shielded": _(
            "{number}, who may be the one sought, is under a shield now: the one who asks must not learn of it."
        ),
        "set_aside": _("{number}, who may be the one sought, was joined to another record or set aside. Look again."),
        "not_shown": _(
            "A match of this request is not shown to you any more. Ask a supervisor before you tell anybody."
        ),
        "sought_died": _("The one sought has died as recorded ({number}). Tell nobody before you know."),
        "asker_died": _("The one who asks has died as recorded ({number})."),
        "gone": _("Whoever was confirmed for this request is not in this vault any more. Look again."),
    }[one.what].format(number=one.number)
