"""A realistic case summary of invented people, filled as the services fill it; tests change it with `replace`."""

from __future__ import annotations

from datetime import UTC, date, datetime

from panoh.domain.summary import (
    SELF,
    Advice,
    CaseSummary,
    ConsentLine,
    Done,
    Event,
    FamilyMember,
    OpenTask,
    Option,
    Paper,
    Reason,
    Unknown,
)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment in June 2010."""
    return datetime(2010, 6, day, hour, minute, tzinfo=UTC)


def on(day: int) -> date:
    """A day of June 2010."""
    return date(2010, 6, day)


MAN = FamilyMember(
    relation=SELF,
    sex="M",
    age_band="35–39",
    is_child=False,
    where="here",
    level="critical",
    interviewed_on=on(19),
    needs="shelter; papers",
    name="Karimov Aziz Rustamovich",
)
FAMILY = (
    FamilyMember(
        relation="spouse", kin="wife", sex="F", age_band="30–34", is_child=False, where="here", level="high",
        needs="shelter", name="Karimova Dilfuza",
    ),
    FamilyMember(
        relation="child", kin="daughter", sex="F", age_band="5–9", is_child=True, where="here", level="high",
        interviewed_on=on(19), needs="school; shelter", name="Karimova Nargiza",
    ),
    FamilyMember(
        relation="child", kin="son", sex="M", age_band="0–4", is_child=True, where="here", level="high",
        needs="shelter", name="Karimov Bekzod",
    ),
    FamilyMember(
        relation="child", kin="son", sex="M", age_band="10–14", is_child=True, state="missing", where="missing",
        since=on(13), level="high", needs="tracing request open", name="Karimov Jasur",
    ),
    FamilyMember(
        relation="sibling", kin="brother", sex="M", age_band="40–44", is_child=False, state="missing", where="missing",
        since=on(11), level="high", needs="tracing request open", name="Karimov Sherzod",
    ),
    FamilyMember(
        relation="parent", kin="mother", sex="F", age_band="60–64", is_child=False, state="elsewhere",
        where="elsewhere, known", level="medium", needs="contact through safe channel", name="Karimova Oyniso",
    ),
)  # fmt: skip
REASONS = (
    Reason(
        rule="T02",
        text="Fears Uzbekistan, where people are being moved from here: named on a list of 2005.",
        paper_text="Fears the State into which people here are being moved. For him, crossing is return to danger.",
        neutral_code="K42", level="critical", clock="4 h", sure="consistent",
        source="own account, twice, alone", on=on(19),
    ),
    Reason(
        rule="T02", text="Was recognised as a refugee by Kazakhstan in 2007.",
        paper_text="Was recognised as a refugee before this flight.", neutral_code="M95", level="critical", clock="4 h",
        sure="verified", source="paper seen, original", on=on(18),
    ),
    Reason(
        rule="T02", text="Strangers asked for him by name twice in three days.",
        paper_text="Strangers asked for him by name twice in three days.", neutral_code="A27", level="critical",
        clock="4 h", sure="consistent", source="volunteer; neighbour", on=on(19),
    ),
    Reason(
        rule="T04", text="Tells of torture in custody.", paper_text="Tells of ill-treatment.", neutral_code="E66",
        level="high", clock="24 h", sure="stated", source="own account", on=on(18), restricted=True,
    ),
    Reason(
        rule="T15", text="Identity papers lost, crossing expected.",
        paper_text="Identity papers lost, crossing expected.",
        neutral_code="T33", level="high", clock="24 h", sure="stated", source="own account", on=on(18),
    ),
    Reason(
        rule="T22", text="Family split during flight, child missing.",
        paper_text="Family split during flight, child missing.", neutral_code="K88", level="high", clock="24 h",
        sure="stated", source="own account", on=on(18),
    ),
    Reason(
        rule="T14", text="Shelter inadequate, child under 5.", paper_text="Shelter inadequate, child under 5.",
        neutral_code="M54", level="high", clock="24 h", sure="verified", source="observed", on=on(18),
    ),
)  # fmt: skip

EXAMPLE = CaseSummary(
    export_no="A4K7-T29",
    check_code="K7M4-E2",
    printed_at=at(19, 14, 5),
    destroy_by=on(26),
    number="KX7-00042-9",
    demo=True,
    question=(
        "Move this household of four away from the border tonight, inside this country, to a place told by voice only?"
    ),
    answer_by=at(19, 18),
    without_answer=(
        "The place in tonight’s vehicle lapses. Buses to the border leave Sun 20 June, 06:00, "
        "and the household is on the passenger list."
    ),
    without_answer_code="T27",
    level="critical",
    due_at=at(19, 13, 10),
    person=MAN,
    family=FAMILY,
    reasons=REASONS,
    not_known=(
        Unknown(text="Whether his wife fears the same State (not yet asked alone).", neutral_code="K72"),
        Unknown(text="Whether anyone has asked for his extradition (asked 18 June, no answer).", neutral_code="A53"),
        Unknown(text="Where the eldest son is.", neutral_code="E49"),
    ),
    do=(
        Advice(text="Speak with each adult alone."),
        Advice(text="Give place and route by voice only."),
        Advice(text="Keep the four together."),
        Advice(text="Offer a doctor, if he wants one.", restricted=True),
    ),
    do_not=(
        Advice(text="Do not phone, text or write to the family."),
        Advice(text="Do not name them in a referral or on any list."),
        Advice(text="Do not tell an authority of any State, or a consulate."),
        Advice(text="Do not carry this paper over a border or a checkpoint."),
    ),
    done=(
        Done(
            on=on(18), what="Asked to strike them off the list", result="Failed: only the police may do it",
            neutral_code="T93", result_code="A95",
        ),
        Done(
            on=on(18), what="Asked for emergency resettlement", result="No answer yet; seven days at best",
            neutral_code="M38",
        ),
        Done(on=on(19), what="Looked for a host family", result="Failed: two families declined", neutral_code="E59", result_code="A96"),
    ),
    options=(
        Option(
            letter="A", what="Move tonight by agency vehicle",
            consequence="Out of reach of the buses and of the strangers. One checkpoint on the way. "
            "Tracing of the son goes on from there.",
            ready="today 21:00", neutral_code="A64", consequence_code="E78", ready_code="M66",
        ),
        Option(
            letter="B", what="Stay, with a colleague present day and night",
            consequence="No checkpoint. The strangers know the place; cover lasts two nights only.", ready="now",
            neutral_code="K29", consequence_code="E79", ready_code="M67",
        ),
        Option(
            letter="C", what="Evacuation to a third country", consequence="Lasting safety. Needs A or B until then.",
            ready="from 26 June", neutral_code="M97", consequence_code="E84", ready_code="M68",
        ),
    ),
    recommended_letter="A",
    recommendation="A now, and start C on Monday 21 June. B only if there is no vehicle. Aziz knows.",
    recommendation_code="K56",
    wish=(
        "“Tonight, all four together. Not across the border. Do not stop looking for Jasur.” "
        "Said in person, alone, 19 June."
    ),
    wish_letter="A",
    consents=(
        ConsentLine(label="UNHCR", answer="yes", neutral_code="E22"),
        ConsentLine(label="ICRC, tracing only", answer="yes", neutral_code="E23"),
        ConsentLine(label="Health services", answer="yes", neutral_code="E24"),
        ConsentLine(label="Other organisations", neutral_code="T42"),
        ConsentLine(label="Authorities here", answer="no", neutral_code="T55"),
        ConsentLine(label="Authorities of origin", answer="no", neutral_code="T66"),
    ),
    child_view="Daughter: afraid of the buses, wants her brother found first. Son: too young to ask.",
    child_heard=True,
    tasks=(
        OpenTask(what="Interview the wife alone, interpreter of her choice", due=at(19, 19), role="caseworker"),
        OpenTask(what="Call the duty officer about the vehicle, by voice", due=at(19, 18), role="supervisor"),
        OpenTask(what="Ask again about extradition, without naming him", due=at(21, 9), role="legal aid"),
        OpenTask(
            what="Tracing of the eldest son: walk-through of two sites", due=at(20, 9), role="tracing focal point"
        ),
    ),
    events=(
        Event(at=at(19, 9, 10), what="Second interview alone; level set to critical by rule, confirmed by caseworker"),
        Event(at=at(19, 8, 20), what="Neighbour reports second visit of strangers"),
        Event(at=at(18, 16, 40), what="Asked to be struck off the passenger list: refused"),
        Event(at=at(18, 11, 5), what="First interview; earlier recognition seen on paper"),
        Event(at=at(17, 18, 30), what="Household registered by the night team"),
    ),
    papers=(
        Paper(kind="Identity card, self", state="lost"),
        Paper(kind="Identity card, wife", state="destroyed"),
        Paper(kind="Birth certificates, children", state="lost"),
        Paper(kind="Earlier refugee paper", state="seen, original"),
    ),
    names=tuple(member.name for member in (MAN, *FAMILY)),
)  # fmt: skip

# Nothing is asked yet: what every case looks like on the day of registration.
BARE = CaseSummary(
    export_no="T29M-4EK",
    check_code="M4T8-K6",
    printed_at=at(14, 9, 22),
    destroy_by=on(21),
    number="KX7-00043-7",
    level="unknown",
    person=FamilyMember(relation=SELF, where="here"),
)
