"""How the records and fields of the journal are called, and which code list each field's values come from."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from panoh.base.i18n import N_, day, moment
from panoh.base.i18n import gettext as _
from panoh.services.desk import Desk

RECORD_WORDS = {
    "Person": N_("Person"), "PersonName": N_("Other name"), "IdentityDocument": N_("Paper"), "SpecificNeed": N_("Need"),
    "RefoulementAssessment": N_("Refoulement assessment"), "Consent": N_("Consent"), "Case": N_("Case"),
    "CaseOption": N_("Option"), "CaseAction": N_("Step done"), "Note": N_("Note"), "Task": N_("Task"),
    "Household": N_("Household"), "HouseholdMove": N_("Household joined or left"), "PersonPhone": N_("Phone"),
    "KinLink": N_("Family link"), "PaperEvidence": N_("Evidence"), "PaperStep": N_("Step for a paper"),
    "Attachment": N_("Photo or file"), "Card": N_("Registration card"), "BorderEvent": N_("At the border"),
    "DuplicateDecision": N_("Perhaps the same person"), "Merge": N_("Records joined"), "Unanswered": N_("Question without an answer"),
    "LevelOverride": N_("Level set by hand"), "TracingRequest": N_("Tracing request"), "MatchDecision": N_("Answer to a match"),
    "Site": N_("Site"), "User": N_("User"), "Export": N_("Paper that left"), "Movement": N_("Movement"),
    "BorderPoint": N_("Crossing point"), "BorderPointState": N_("State of a crossing point"), "Sealed": N_("Sealed words"),
    "SealKey": N_("Key to sealed words"), "Shield": N_("Shield"),
    "Incident": N_("Incident"), "IncidentPerson": N_("Part in an incident"), "IncidentReport": N_("Incident told onwards"),
    "Removal": N_("Set aside"), "Erasure": N_("Erasure"), "Retention": N_("How long cases are kept"),
    "TracingPaper": N_("Paper of tracing"), "ExposedList": N_("List of whom a lost laptop exposes"), "Caseload": N_("Whose caseload the vault holds"),
    "Publishing": N_("Whether anything is made public"),
    "PlanRow": N_("Step of the plan"), "Service": N_("Service"), "Referral": N_("Referral"), "FollowUp": N_("Follow-up"),
    "CareArrangement": N_("Care of a child"), "BestInterests": N_("Best interests"), "Transfer": N_("Handing over of a case"),
    "Approval": N_("Decision asked"), "QueueView": N_("Kept filter"),
    "BasicNeed": N_("What is lacking"), "Assistance": N_("What was given"),
    "RuleSetting": N_("Rule of triage set here"),
    "TracingAction": N_("Tracing action"), "Verification": N_("Verification"), "VerificationQuestion": N_("Question of a verification"),
    "Reunification": N_("Reunification"), "Description": N_("Description"), "Lead": N_("Lead"), "LeadNote": N_("Note of a lead"),
    "Publication": N_("Made public"),
}  # fmt: skip
# Each field: how it is called, and the code list that its values come from ('' for plain values).
FIELD_WORDS: dict[str, tuple[str, str]] = {
    "given_name": (N_("given name"), ""), "family_name": (N_("family name"), ""),
    "patronymic": (N_("father's name"), ""), "sex": (N_("sex"), "sex"),
    "birth_said": (N_("birth, as said"), ""), "birth_earliest": (N_("birth, not before"), ""),
    "birth_latest": (N_("birth, not after"), ""), "birth_precision": (N_("birth, how exact"), "precision"),
    "birth_as_of": (N_("age told on"), ""), "birth_basis": (N_("birth, where from"), "birth_basis"),
    "origin": (N_("place before the flight"), ""), "arrival_on": (N_("arrived on"), ""), "phone": (N_("phone"), ""),
    "nationalities": (N_("nationalities"), "country"), "languages": (N_("languages"), "languages"),
    "legal_status": (N_("legal status"), "legal_status"), "fled_from": (N_("country that this flight left"), "country"),
    "country_now": (N_("country now"), "country"), "intends_to_go": (N_("intends to go to"), "country"),
    "border_status": (N_("at the border"), "border_status"), "border_status_on": (N_("at the border since"), ""),
    "presence": (N_("where the person is"), "presence"), "presence_since": (N_("there since"), ""),
    "departs_on": (N_("is to leave on"), ""), "disappeared_on": (N_("disappeared on"), ""), "care": (N_("who cares for this child"), "care"),
    "urgent": (N_("urgent health or safety"), "yes_no"), "interviewed_alone_on": (N_("interviewed alone on"), ""),
    "relation": (N_("in the family"), "relation"), "kind": (N_("kind"), ""), "text": (N_("text"), ""),
    "document_no": (N_("number"), ""), "issuer": (N_("issued by"), "country"), "state": (N_("state"), "document_state"),
    "noted_on": (N_("noted on"), ""), "code": (N_("need"), "need"), "status": (N_("status"), "need_status"),
    "source": (N_("where this comes from"), "source"), "event_on": (N_("happened on"), ""),
    "due_on": (N_("birth expected on"), ""), "care_refused": (N_("care declined"), "yes_no"),
    "noticed_at": (N_("noticed"), ""), "feared_country": (N_("feared country"), "country"),
    "hiding_from": (N_("in hiding"), "hiding"), "extradition": (N_("handing over asked"), "yes_no"),
    "named_on_list": (N_("named on a list"), "yes_no"), "approached_by_agents": (N_("approached by agents"), "yes_no"),
    "return_threatened_on": (N_("return threatened for"), ""), "lawyer_or_access": (N_("lawyer or access"), "yes_no"),
    "recognised_by": (N_("recognised by"), "country"), "recognised_country": (N_("recognised in"), "country"),
    "recognised_year": (N_("year of recognition"), ""), "recognition_no": (N_("file number"), ""),
    "recognition_valid": (N_("recognition still valid"), "yes_no"), "sure": (N_("how sure"), "sure"),
    "resettlement_pending": (N_("resettlement pending"), "yes_no"), "claim_stage": (N_("asylum claim"), "claim_stage"),
    "asked_at": (N_("asked"), ""), "purpose": (N_("purpose"), "purpose"), "recipient": (N_("recipient"), "recipient"),
    "one_time": (N_("passphrase handed over"), "yes_no"),
    "asked_by": (N_("asked by"), "user"), "agreed_by": (N_("agreed by"), "user"), "agreed_at": (N_("agreed"), ""),
    "removed_by": (N_("set aside by"), "user"), "removed_at": (N_("set aside"), ""), "returned_at": (N_("brought back"), ""),
    "answer": (N_("answer"), "yes_no"), "given_by": (N_("given by"), "consent_by"), "how": (N_("how"), "consent_how"),
    "given_on": (N_("given on"), ""), "withdrawn_on": (N_("withdrawn on"), ""), "owner_id": (N_("owner"), "user"),
    "question": (N_("decision asked"), ""), "answer_by": (N_("answer by"), ""),
    "without_answer": (N_("without an answer"), ""), "recommendation": (N_("recommendation"), ""),
    "recommended_option": (N_("recommended option"), ""), "wish": (N_("wish"), ""),
    "child_view": (N_("child's view"), ""),
    "review_on": (N_("review on"), ""), "letter": (N_("letter"), ""), "what": (N_("what"), ""),
    "consequence": (N_("what follows"), ""), "ready": (N_("what is ready"), ""), "done_on": (N_("done on"), ""),
    "result": (N_("result"), ""), "due_at": (N_("due"), ""), "done_at": (N_("done"), ""), "number": (N_("number"), ""),
    "author_id": (N_("author"), "user"), "opened_at": (N_("opened"), ""), "closed_on": (N_("closed on"), ""),
    "sex_basis": (N_("sex, where from"), "birth_basis"), "birth_country": (N_("born in"), "country"),
    "birth_place": (N_("place of birth"), ""), "father_name": (N_("father's full name"), ""), "mother_name": (N_("mother's name"), ""),
    "marital_status": (N_("marital status"), "marital_status"), "education": (N_("education"), "education"),
    "occupation": (N_("occupation"), ""), "ethnicity": (N_("ethnicity"), ""), "religion": (N_("religion"), ""),
    "fled_on": (N_("fled on"), ""), "interpreter": (N_("interpreter"), "interpreter"),
    "legal_status_by": (N_("status given by"), ""), "legal_status_on": (N_("status since"), ""),
    "legal_status_evidence": (N_("evidence of the status"), "document_state"), "depth": (N_("depth"), "depth"),
    "issued_on": (N_("issued on"), ""), "expires_on": (N_("expires on"), ""), "name_as_written": (N_("name as written"), ""),
    "phone_no": (N_("phone"), ""), "whose": (N_("whose"), "phone_whose"), "moved_on": (N_("moved on"), ""),
    "why": (N_("why"), "household_move"), "since": (N_("since"), ""), "until": (N_("until"), ""),
    "office": (N_("where"), ""), "taken_on": (N_("taken on"), ""), "next_on": (N_("next"), ""), "title": (N_("title"), ""),
    "added_on": (N_("added on"), ""), "card_no": (N_("card number"), ""), "heads": (N_("people on it"), ""),
    "valid_until": (N_("valid until"), ""), "ended_on": (N_("ended on"), ""), "happened_on": (N_("on"), ""),
    "reason": (N_("reason"), ""), "language": (N_("language"), "languages"), "witness": (N_("witness"), ""),
    "notice_read": (N_("notice read"), "yes_no"), "assent": (N_("child's assent"), "yes_no"), "shelter": (N_("shelter"), "shelter"),
    "house_burnt": (N_("house burnt"), "yes_no"), "address_before": (N_("address before"), ""), "level": (N_("level"), ""),
    "people_told": (N_("people, as told"), ""), "women_told": (N_("women, as told"), ""), "men_told": (N_("men, as told"), ""),
    "girls_told": (N_("girls, as told"), ""), "boys_told": (N_("boys, as told"), ""), "needs_told": (N_("needs, as told"), "need"),
    "household_id": (N_("household"), "place"), "site_id": (N_("where they stay"), "place"),
    "merged_into_id": (N_("joined to another record, or set aside"), "hidden"), "registered_at": (N_("registered"), ""),
    "external_id": (N_("sender's number"), ""), "written_at": (N_("written"), ""), "private": (N_("private"), "yes_no"),
    "box": (N_("what is sealed"), "hidden"),
    "field": (N_("question"), ""), "set_at": (N_("set"), ""), "set_by": (N_("set by"), "user"), "ended_at": (N_("ended"), ""),
    "inquirer_name": (N_("who asks"), ""), "relatives": (N_("relatives"), ""), "separated_on": (N_("separated on"), ""),
    "separated_where": (N_("separated where"), ""), "separation_cause": (N_("cause of the separation"), "separation_cause"),
    "last_seen": (N_("last seen"), ""), "consent_to_trace": (N_("consent to trace"), "yes_no"),
    "name": (N_("name"), ""), "role": (N_("role"), "role"), "left_on": (N_("left on"), ""),
    "country": (N_("country"), "country"), "capacity": (N_("room for"), ""), "closing_on": (N_("closing on"), ""),
    "access": (N_("access for organisations"), "site_access"), "access_by": (N_("who opens, escorts or refuses"), ""),
    "visited_on": (N_("last visit on"), ""), "security": (N_("safety"), "site_security"),
    "expected_people": (N_("people expected"), ""), "expected_on": (N_("expected on"), ""), "lacks": (N_("what is lacking"), "site_lack"),
    "remarks": (N_("remarks"), ""), "people": (N_("people"), ""), "from_country": (N_("leads out of"), "country"),
    "to_country": (N_("leads into"), "country"), "let_through": (N_("who is let through"), ""),
    "place": (N_("where it lies"), "locations"), "from_place": (N_("from"), "locations"), "to_place": (N_("to"), "locations"),
    "undone_at": (N_("taken apart again"), ""),
    "assess_by": (N_("assess by"), ""), "assessed_on": (N_("assessed on"), ""), "plan_by": (N_("plan by"), ""),
    "planned_on": (N_("plan agreed on"), ""), "reopened_on": (N_("opened again on"), ""), "goal": (N_("goal"), ""),
    "action": (N_("what is done"), ""), "who": (N_("who does it"), ""), "by_when": (N_("by when"), ""),
    "frame": (N_("time frame"), "time_frame"), "appointment_on": (N_("appointment on"), ""), "provider": (N_("provider"), ""),
    "provider_note": (N_("what the provider told"), ""), "reference": (N_("reference"), ""),
    "service_kind": (N_("service asked for"), "service_kind"), "organisation": (N_("to"), ""),
    "known": (N_("what they must know"), ""), "consent": (N_("consent"), ""),
    "without_consent_why": (N_("why without a yes"), ""), "made_at": (N_("made"), ""), "answered_on": (N_("answered on"), ""),
    "answer_words": (N_("answer in words"), ""), "seen": (N_("seen"), "yes_no"), "not_seen_why": (N_("why not seen"), ""),
    "same_carer": (N_("with the same carer"), "yes_no"), "found": (N_("found"), ""),
    "note": (N_("note"), ""), "made_by": (N_("made by"), "user"),
    "export_no": (N_("export number"), ""), "told": (N_("what is told"), ""), "need_id": (N_("for a need"), "hidden"),
}  # fmt: skip
# Of needs and of the refoulement assessment.
FIELD_WORDS |= {
    "noticed_by": (N_("noticed by"), "user"), "reviewed_at": (N_("reviewed"), ""), "reviewed_by": (N_("reviewed by"), "user"),
    "severity": (N_("how severe"), "severity"), "review_why": (N_("why it does not apply, or nothing is done"), ""),
    "harm_agents": (N_("who would do the harm"), "harm_agent"),
    "fear_basis": (N_("why it is feared"), "fear_basis"), "fear_words": (N_("the fear in the person's own words"), ""),
    "recognised_on": (N_("recognised on"), ""), "claim_authority": (N_("claim made with"), ""), "claim_on": (N_("claim made on"), ""),
    "claim_deadline": (N_("last day to appeal"), ""), "extradition_state": (N_("State that asks"), "country"),
    "extradition_on": (N_("handing over asked on"), ""), "extradition_charge": (N_("charge"), ""),
    "extradition_stage": (N_("stage of the extradition"), "extradition_stage"), "extradition_hearing_on": (N_("hearing on"), ""),
    "lawyer": (N_("lawyer"), ""), "detained_at": (N_("held at"), ""), "detained_by": (N_("held by"), ""),
    "detained_since": (N_("held since"), ""), "detention_basis": (N_("held on what ground"), ""),
    "detention_access": (N_("who was let in"), "detention_access"), "detention_seen_on": (N_("last seen on"), ""),
    "hiding_since": (N_("in hiding since"), ""), "signals": (N_("signs seen"), "refoulement_signal"),
    "authorities_wish": (N_("contact with authorities"), "authorities_wish"), "unhcr_told_on": (N_("UNHCR told on"), ""),
    "unhcr_told_by": (N_("UNHCR told by"), ""), "leave_by": (N_("must leave by"), ""),
    "outcome": (N_("what became of it"), "refoulement_outcome"), "outcome_on": (N_("on the day"), ""),
    "reassess_on": (N_("ask again on"), ""),
    "closing_why": (N_("why it was closed"), "closing_why"), "carer": (N_("carer"), ""), "ended_why": (N_("why it ended"), ""),
    "safe": (N_("carer found safe"), "yes_no"), "started_on": (N_("begun on"), ""), "family_view": (N_("the family's view"), ""),
    "options": (N_("options"), ""), "panel": (N_("panel"), ""), "decided_on": (N_("decided on"), ""),
    "decision": (N_("decision"), ""), "from_user": (N_("from"), "user"), "to_user": (N_("to"), "user"),
    "answered_at": (N_("answered"), ""), "proposed": (N_("what is asked for"), ""), "words": (N_("in words"), ""),
    "decided_name": (N_("signed by"), ""), "filter": (N_("filter"), ""), "happened_precision": (N_("when, how exact"), "precision"),
    "happened_earliest": (N_("not before"), ""), "happened_latest": (N_("not after"), ""), "happened_said": (N_("when, as said"), ""),
    "happened_as_of": (N_("told on"), ""), "at_hour": (N_("hour"), ""), "reliability": (N_("how reliable"), "reliability"),
    "by_whom": (N_("by whom"), "harm_agent"), "noted_by": (N_("noted by"), "user"), "noted_at": (N_("noted"), ""),
    "told_to": (N_("told to"), ""), "told_on": (N_("told on"), ""), "told_by": (N_("told by"), "user"),
    "sector": (N_("sector"), "sector"), "quantity": (N_("how much"), ""), "unit": (N_("unit"), ""),
    "on_at": (N_("put up"), ""), "on_by": (N_("put up by"), "user"), "off_asked_by": (N_("asked to take it down"), "user"),
    "off_asked_at": (N_("asked"), ""), "off_why": (N_("why it should go"), ""), "off_by": (N_("taken down by"), "user"),
    "off_at": (N_("taken down"), ""), "rule": (N_("rule"), ""), "variant": (N_("case of the rule"), ""), "clock": (N_("clock"), ""),
}  # fmt: skip
# Of tracing.
FIELD_WORDS |= {
    "nickname": (N_("by-name"), ""), "other_names": (N_("other names"), ""), "marks": (N_("marks on the body"), ""),
    "clothes": (N_("clothes"), ""), "last_seen_on": (N_("last seen on"), ""), "last_seen_with": (N_("last seen with"), ""),
    "contact": (N_("how to be reached safely"), ""), "consent_by": (N_("consent given by"), "consent_by"),
    "consent_how": (N_("consent given how"), "consent_how"), "consent_on": (N_("consent given on"), ""),
    "consent_withdrawn_on": (N_("consent withdrawn on"), ""), "consent_to_show": (N_("may be shown and read out"), "yes_no"),
    "consent_to_publish": (N_("may be made public"), "yes_no"), "wish_order": (N_("whom to find, in order"), ""),
    "in_contact": (N_("in contact"), "yes_no"), "wishes_contact": (N_("wishes contact"), "yes_no"),
    "wishes_reunion": (N_("wishes to be reunited"), "reunion_wish"), "wish_why": (N_("why"), ""),
    "held_why": (N_("held back because"), ""), "held_by": (N_("held back by"), "user"), "held_on": (N_("held back on"), ""),
    "closed_why": (N_("why it was closed"), "tracing_closing"), "closed_words": (N_("closed, in words"), ""),
    "decided_by": (N_("decided by"), "user"), "decided_at": (N_("decided"), ""), "was": (N_("before it waited"), "match_state"),
    "begun_at": (N_("begun"), ""), "begun_by": (N_("begun by"), "user"), "a_asked_by": (N_("side A asked by"), "user"),
    "a_done_at": (N_("side A complete"), ""), "b_asked_by": (N_("side B asked by"), "user"), "b_done_at": (N_("side B complete"), ""),
    "papers_seen": (N_("papers seen"), ""), "photo_choice_a": (N_("photo picked by side A"), "photo_choice"),
    "photo_choice_b": (N_("photo picked by side B"), "photo_choice"), "referee": (N_("referee"), ""),
    "child_told": (N_("what the child was told"), ""), "can_care": (N_("can and will care"), "yes_no"),
    "care_words": (N_("of the care, in words"), ""), "other_carer": (N_("another carer"), ""),
    "danger_state": (N_("danger from a State"), "danger"), "danger_violence": (N_("violence at home"), "danger"),
    "danger_trafficking": (N_("signs of trafficking"), "danger"), "danger_words": (N_("of the danger, in words"), ""),
    "recommendation_words": (N_("recommended, in words"), ""), "position": (N_("place in order"), ""),
    "answer_a": (N_("answer of side A"), ""), "answer_b": (N_("answer of side B"), ""), "agreement": (N_("agreement"), "agreement"),
    "remark": (N_("remark"), ""), "reunified_on": (N_("reunified on"), ""), "transport": (N_("transport"), ""),
    "handed_to": (N_("handed to"), ""), "identity_shown": (N_("identity shown"), ""),
    "verified_adult": (N_("to the adult who was verified"), "yes_no"), "other_adult_why": (N_("why another adult"), "other_adult_why"),
    "emergency_why": (N_("without verification because"), ""), "emergency_by": (N_("without verification, by"), "user"),
    "emergency_at": (N_("without verification, noted"), ""), "outcome_words": (N_("how it went, in words"), ""),
    "belongings": (N_("belongings"), ""), "found_on": (N_("found on"), ""), "found_where": (N_("found where"), ""),
    "found_by": (N_("found by"), ""), "kin_said": (N_("kin, as said"), ""), "says": (N_("tells"), ""),
    "public_no": (N_("public record"), ""), "source_name": (N_("source"), ""), "source_at": (N_("source of"), ""),
    "entered_at": (N_("entered"), ""), "expires_at": (N_("expires"), ""), "author_name": (N_("author"), ""),
    "full_name": (N_("name"), ""), "home": (N_("home"), ""), "last_place": (N_("last known place"), ""),
    "brought_in_at": (N_("brought in"), ""), "brought_in_by": (N_("brought in by"), "user"),
    "state_words": (N_("what was done, in words"), ""), "emptied_at": (N_("emptied"), ""), "note_no": (N_("public note"), ""),
    "inquiry": (N_("asked together with"), "hidden"), "inquirer_id": (N_("who asks is registered"), "hidden"),
    "sought_person_id": (N_("who is sought is registered"), "hidden"),
    "reunification_id": (N_("after the reunification"), "hidden"),
    "consented_on": (N_("consent given on"), ""), "out_at": (N_("last left"), ""),
}  # fmt: skip
# Fields whose code list differs from record to record.
_OWN_LISTS = {
    ("Incident", "kind"): "incident_kind", ("IncidentPerson", "role"): "incident_role",
    ("PersonName", "kind"): "name_kind", ("IdentityDocument", "kind"): "document_kind", ("KinLink", "kind"): "kin_kind",
    ("PaperEvidence", "kind"): "paper_evidence", ("PaperStep", "kind"): "paper_step", ("Attachment", "kind"): "attachment",
    ("KinLink", "sure"): "kin_sure", ("BorderEvent", "status"): "border_status", ("DuplicateDecision", "state"): "duplicate_state",
    ("Removal", "why"): "removal_why", ("Erasure", "why"): "erasure_why", ("Case", "status"): "",
    ("Site", "kind"): "site_kind", ("BorderPointState", "state"): "border_state",
    ("Sealed", "kind"): "sealed_kind", ("Consent", "interpreter"): "", ("Unanswered", "answer"): "unanswered",
    ("CareArrangement", "kind"): "care", ("CareArrangement", "relation"): "", ("BestInterests", "kind"): "best_interests",
    ("BestInterests", "why"): "best_interests_why", ("Transfer", "why"): "", ("Transfer", "answer"): "",
    ("Approval", "kind"): "approval_kind", ("Approval", "why"): "", ("Approval", "decision"): "approval_decision",
    ("Incident", "outcome"): "incident_outcome",
    ("BasicNeed", "state"): "need_state", ("Assistance", "given_by"): "", ("Shield", "why"): "", ("RuleSetting", "why"): "",
    ("Service", "kind"): "service_kind", ("FollowUp", "kind"): "follow_up_kind", ("Referral", "answer"): "referral_answer",
    ("TracingAction", "kind"): "tracing_action", ("TracingAction", "outcome"): "tracing_outcome",
    ("TracingRequest", "status"): "tracing_status", ("MatchDecision", "state"): "match_state",
    ("Verification", "recommendation"): "verification_advice", ("Verification", "result"): "verification_result",
    ("VerificationQuestion", "question"): "verification_question", ("Reunification", "kind"): "reunification_kind",
    ("Reunification", "outcome"): "reunification_outcome", ("Reunification", "place"): "", ("TracingAction", "place"): "",
    ("Lead", "state"): "lead_state", ("Lead", "status"): "pfif_status", ("LeadNote", "status"): "pfif_status",
    ("Service", "place"): "", ("Referral", "why"): "", ("FollowUp", "due_on"): "",
}  # fmt: skip


def code_list_of(record_class: str, field: str) -> str:
    """The code list that the values of a field come from; '' for plain values."""
    own = _OWN_LISTS.get((record_class, field))
    return FIELD_WORDS.get(field, ("", ""))[1] if own is None else own


_ANSWERS = {"yes": N_("yes"), "no": N_("no"), "none": N_("none"), True: N_("yes"), False: N_("no"), "UNHCR": "UNHCR"}
_PRECISIONS = {"day": N_("day"), "month": N_("month"), "year": N_("year"), "age": N_("age"), "range": N_("range")}


class FieldWords:
    """Puts fields and their values into words, with names of users by id, and what households and sites are called."""

    def __init__(self, desk: Desk, user_names: dict[str, str], places: dict[str, str]) -> None:
        self._desk, self._user_names, self._places = desk, user_names, places

    def field(self, name: str) -> str:
        """A field's name in words."""
        return _(FIELD_WORDS[name][0]) if name in FIELD_WORDS else name

    def value(self, record_class: str, field: str, value: Any) -> str:
        """A value in words; '—' for nothing."""
        if value in (None, "", []):
            return "—"
        code_list = code_list_of(record_class, field)
        if isinstance(value, list):
            return ", ".join(self._word(code_list, one) for one in value)
        return self._word(code_list, value)

    def _word(self, code_list: str, value: Any) -> str:
        if code_list == "yes_no" or value in ("none", "UNHCR", True, False):
            return _(_ANSWERS.get(value, str(value)))
        if code_list == "place":
            return self._places.get(value, "") or _("one that is gone")
        if code_list == "user":
            return self._user_names.get(value, _("someone"))
        if code_list == "precision":
            return _(_PRECISIONS.get(value, ""))
        if code_list == "hidden":
            return _("yes")
        if code_list:
            return self._desk.name_of(code_list, value)
        return _plain(value)


def _plain(value: Any) -> str:
    """A text as it is; a day or moment with the month in letters."""
    if not isinstance(value, str) or not value[:4].isdecimal():
        return str(value)
    try:
        return day(date.fromisoformat(value)) if len(value) == 10 else moment(datetime.fromisoformat(value))
    except ValueError:
        return value
