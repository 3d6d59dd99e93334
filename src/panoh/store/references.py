"""What points at what, and what is looked for: the references, keys and indexes of the tables, by record class and field."""

from __future__ import annotations

# Which fields point at which table. An empty text in a record is NULL in the row.
POINTS_AT: dict[str, str] = {
    "household_id": "household",
    "person_id": "person",
    "inquirer_id": "person",
    "sought_person_id": "person",
    "site_id": "site",
    "case_id": "protection_case",
    "request_id": "tracing_request",
    "from_person_id": "person",
    "to_person_id": "person",
    "person_a_id": "person",
    "person_b_id": "person",
    "kept_id": "person",
    "gone_id": "person",
    "merged_into_id": "person",
    "document_id": "identity_document",
    "from_household_id": "household",
    "to_household_id": "household",
    "from_site_id": "site",
    "to_site_id": "site",
    "border_point_id": "border_point",
    "owner_id": "vault_user",
    "author_id": "vault_user",
    "sealed_id": "sealed",
    "need_id": "specific_need",
    "carer_id": "person",
    "incident_id": "incident",
}
# What a record leans on and is not about: it stays when that goes, and points at nothing then.
LEAVES = frozenset(
    {
        ("Person", "household_id"),
        ("Person", "site_id"),
        ("TracingRequest", "sought_person_id"),  # another person asks
        ("HouseholdMove", "from_household_id"),
        ("HouseholdMove", "to_household_id"),
        ("CareArrangement", "carer_id"),  # of another person
        ("PlanRow", "need_id"),
        ("Service", "need_id"),
        ("Referral", "need_id"),
        ("Incident", "site_id"),
    }
)
NULLABLE_POINTERS: set[str | tuple[str, str]] = {
    "household_id",
    "site_id",
    "owner_id",
    "inquirer_id",
    "sought_person_id",
    "merged_into_id",
    "document_id",
    "from_household_id",
    "to_household_id",
    "from_site_id",
    "to_site_id",
    ("BorderEvent", "border_point_id"),
    ("Card", "person_id"),
    ("Task", "person_id"),
    "need_id",
    "carer_id",
    ("Incident", "border_point_id"),
    ("BasicNeed", "person_id"),
    ("BasicNeed", "household_id"),
    ("Assistance", "person_id"),
    ("Assistance", "household_id"),
}
UNIQUE = {
    ("Person", "number"),
    ("Household", "number"),
    ("Site", "number"),
    ("TracingRequest", "number"),
    ("Case", "person_id"),
    ("RefoulementAssessment", "person_id"),
    ("User", "name"),
    ("Export", "export_no"),
    ("Card", "card_no"),
    ("Incident", "number"),
    ("Referral", "reference"),
}
INDEXED = {
    ("Person", "external_id"),
    ("Household", "external_id"),
    ("TracingRequest", "external_id"),
    ("Unanswered", "record_id"),
    ("Task", "due_at"),
    ("Person", "registered_at"),
    ("SealKey", "holder_id"),
    ("Approval", "decision"),
    ("Approval", "export_no"),
    ("FollowUp", "due_on"),
    ("Referral", "answer_by"),
}
