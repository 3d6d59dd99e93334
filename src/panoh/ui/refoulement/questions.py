"""The questions of the refoulement assessment, in the order in which they are asked (field guide, section 4)."""

from __future__ import annotations

from dataclasses import dataclass

from panoh.base.i18n import N_

RADIO, MANY, BOX, COUNTRY, DAY, DAY_AHEAD, YEAR, TEXT, LONG = (
    "radio", "many", "box", "country", "day", "day_ahead", "year", "text", "long",
)  # fmt: skip
YES_NO = "yes_no"  # in place of a code list
WIDE = frozenset({RADIO, MANY, LONG})  # kinds that take a line of their own


@dataclass(frozen=True, slots=True)
class Asked:
    """One field: its name in the record, what is asked, how it is answered, and out of which list."""

    field: str
    label: str
    kind: str
    code_list: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question on the screen: what it is called in the list, what is asked, how to ask it, its fields."""

    name: str
    sentence: str
    how: str
    fields: tuple[Asked, ...]


QUESTIONS = (
    Question(
        N_("Country feared"),
        N_("Which State does the person fear?"),
        N_("Ask: “Is there a country to which you could not safely be sent?” It need not be the one this flight left."),
        (
            Asked("feared_country", N_("Country whose State the person fears"), COUNTRY, "none"),
            Asked("fear_words", N_("In the person’s own words"), LONG),
        ),
    ),
    Question(
        N_("Who would do harm"),
        N_("Who would harm the person there?"),
        N_("Ask: “Who are you afraid of?” Several may be chosen."),
        (Asked("harm_agents", N_("Who would do the harm"), MANY, "harm_agent"),),
    ),
    Question(
        N_("Why"),
        N_("Why would they do it?"),
        N_("Ask: “Why you?” Do not press for details of what was suffered."),
        (Asked("fear_basis", N_("What the fear rests on"), MANY, "fear_basis"),),
    ),
    Question(
        N_("Recognised before"),
        N_("Was the person ever recognised as a refugee?"),
        N_("Ask: “Did UNHCR or a State ever give you a paper that says you are a refugee?”"),
        (
            Asked("recognised_by", N_("Recognised by"), COUNTRY, "recogniser"),
            Asked("recognised_country", N_("In which country"), COUNTRY),
            Asked("recognised_on", N_("On which day"), DAY),
            Asked("recognised_year", N_("Year, if the day is not known"), YEAR),
            Asked("recognition_no", N_("File number"), TEXT),
            Asked("recognition_valid", N_("Still valid"), BOX, YES_NO),
            Asked("resettlement_pending", N_("Resettlement pending"), BOX, YES_NO),
        ),
    ),
    Question(
        N_("Asylum claim"),
        N_("How far is the asylum claim?"),
        N_("Look at the papers: the last day to appeal stands in the decision."),
        (
            Asked("claim_stage", N_("Stage"), RADIO, "claim_stage"),
            Asked("claim_authority", N_("Made with"), TEXT),
            Asked("claim_on", N_("Made on"), DAY),
            Asked("claim_deadline", N_("Last day to appeal"), DAY_AHEAD),
        ),
    ),
    Question(
        N_("Extradition"),
        N_("Has any State asked for the person to be handed over?"),
        N_("Ask: “Has anyone told you that a court or a prosecutor asks for you?” Do not press for details."),
        (
            Asked("extradition", N_("Handing over was asked for"), RADIO, YES_NO),
            Asked("extradition_state", N_("Which State"), COUNTRY),
            Asked("extradition_on", N_("When"), DAY),
            Asked("extradition_charge", N_("Charge, as told"), TEXT),
            Asked("extradition_stage", N_("Stage"), BOX, "extradition_stage"),
            Asked("extradition_hearing_on", N_("Next hearing"), DAY_AHEAD),
            Asked("lawyer", N_("Lawyer"), TEXT),
        ),
    ),
    Question(
        N_("Detention"),
        N_("Is the person held, or were they?"),
        N_("F8 on the first field says that they never were. Visits are for those with a mandate: ICRC, UNHCR."),
        (
            Asked("detained_at", N_("Held at"), TEXT),
            Asked("detained_by", N_("By which authority"), TEXT),
            Asked("detained_since", N_("Since"), DAY),
            Asked("detention_basis", N_("On what ground, as told"), TEXT),
            Asked("lawyer_or_access", N_("A lawyer or access"), BOX, YES_NO),
            Asked("detention_seen_on", N_("Last seen on"), DAY),
            Asked("detention_access", N_("Who was let in"), MANY, "detention_access"),
        ),
    ),
    Question(
        N_("Hiding"),
        N_("Is the person in hiding?"),
        N_("Never write here where: that belongs under Sealed."),
        (
            Asked("hiding_from", N_("In hiding"), RADIO, "hiding"),
            Asked("hiding_since", N_("Since"), DAY),
        ),
    ),
    Question(
        N_("Danger now"),
        N_("What was seen or threatened lately?"),
        N_("Ask: “Has anyone come for you, asked about you, or told you to leave?”"),
        (
            Asked("return_threatened_on", N_("Return threatened for the day"), DAY_AHEAD),
            Asked("leave_by", N_("Must leave where they are by"), DAY_AHEAD),
            Asked("named_on_list", N_("Named on a wanted list"), BOX, YES_NO),
            Asked("approached_by_agents", N_("Approached or sought by agents of a State"), BOX, YES_NO),
            Asked("signals", N_("Signs"), MANY, "refoulement_signal"),
        ),
    ),
    Question(
        N_("Contact with authorities"),
        N_("May any authority be spoken to about the person?"),
        N_("Ask: “Whom may we speak to about you, and whom never?” Without an answer nobody is spoken to."),
        (Asked("authorities_wish", N_("What the person wants"), RADIO, "authorities_wish"),),
    ),
    Question(
        N_("UNHCR told"),
        N_("Was UNHCR told?"),
        N_("F8 on the day says that it was not."),
        (
            Asked("unhcr_told_on", N_("Told on"), DAY),
            Asked("unhcr_told_by", N_("By whom"), TEXT),
        ),
    ),
    Question(
        N_("What became of it"),
        N_("What became of it, and when is it asked again?"),
        N_("Ask again on new facts, and before any journey."),
        (
            Asked("outcome", N_("Outcome"), BOX, "refoulement_outcome"),
            Asked("outcome_on", N_("On the day"), DAY),
            Asked("reassess_on", N_("Ask again on"), DAY_AHEAD),
        ),
    ),
)  # fmt: skip
BESIDE = (
    Asked("source", N_("How do we know"), BOX, "source"),
    Asked("sure", N_("How sure this is"), BOX, "sure"),
)  # asked with every question
