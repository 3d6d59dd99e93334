"""Tracing: all that a request tells, actions, verification, reunification, descriptions, leads, and stored candidates."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NEW_TABLES = (
    """CREATE TABLE tracing_action (
        id TEXT NOT NULL,
        request_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        done_on DATE,
        place TEXT NOT NULL,
        remarks TEXT NOT NULL,
        outcome TEXT NOT NULL,
        reference TEXT NOT NULL,
        noted_by TEXT NOT NULL,
        noted_at BIGINT,
        CONSTRAINT pk_tracing_action PRIMARY KEY (id),
        CONSTRAINT fk_tracing_action_request_id FOREIGN KEY(request_id) REFERENCES tracing_request (id)
    )""",
    """CREATE TABLE verification (
        id TEXT NOT NULL,
        request_id TEXT NOT NULL,
        person_id TEXT NOT NULL,
        begun_at BIGINT,
        begun_by TEXT NOT NULL,
        a_asked_by TEXT NOT NULL,
        a_done_at BIGINT,
        b_asked_by TEXT NOT NULL,
        b_done_at BIGINT,
        papers_seen TEXT NOT NULL,
        photo_choice_a TEXT NOT NULL,
        photo_choice_b TEXT NOT NULL,
        referee TEXT NOT NULL,
        child_view TEXT NOT NULL,
        child_told TEXT NOT NULL,
        can_care TEXT NOT NULL,
        care_words TEXT NOT NULL,
        other_carer TEXT NOT NULL,
        danger_state TEXT NOT NULL,
        danger_violence TEXT NOT NULL,
        danger_trafficking TEXT NOT NULL,
        danger_words TEXT NOT NULL,
        recommendation TEXT NOT NULL,
        recommendation_words TEXT NOT NULL,
        approval_id TEXT,
        result TEXT NOT NULL,
        ended_on DATE,
        CONSTRAINT pk_verification PRIMARY KEY (id),
        CONSTRAINT fk_verification_request_id FOREIGN KEY(request_id) REFERENCES tracing_request (id),
        CONSTRAINT fk_verification_person_id FOREIGN KEY(person_id) REFERENCES person (id),
        CONSTRAINT fk_verification_approval_id FOREIGN KEY(approval_id) REFERENCES approval (id)
    )""",
    """CREATE TABLE verification_question (
        id TEXT NOT NULL,
        verification_id TEXT NOT NULL,
        position INTEGER NOT NULL,
        question TEXT NOT NULL,
        words TEXT NOT NULL,
        answer_a TEXT NOT NULL,
        answer_b TEXT NOT NULL,
        agreement TEXT NOT NULL,
        remark TEXT NOT NULL,
        CONSTRAINT pk_verification_question PRIMARY KEY (id),
        CONSTRAINT fk_verification_question_verification_id FOREIGN KEY(verification_id) REFERENCES verification (id)
    )""",
    """CREATE TABLE reunification (
        id TEXT NOT NULL,
        person_id TEXT NOT NULL,
        request_id TEXT,
        verification_id TEXT,
        reunified_on DATE,
        place TEXT NOT NULL,
        transport TEXT NOT NULL,
        handed_to_id TEXT,
        handed_to TEXT NOT NULL,
        relation TEXT NOT NULL,
        identity_shown TEXT NOT NULL,
        witness TEXT NOT NULL,
        kind TEXT NOT NULL,
        verified_adult TEXT NOT NULL,
        other_adult_why TEXT NOT NULL,
        emergency_why TEXT NOT NULL,
        emergency_by TEXT NOT NULL,
        emergency_at BIGINT,
        outcome TEXT NOT NULL,
        outcome_on DATE,
        outcome_words TEXT NOT NULL,
        noted_by TEXT NOT NULL,
        noted_at BIGINT,
        CONSTRAINT pk_reunification PRIMARY KEY (id),
        CONSTRAINT fk_reunification_person_id FOREIGN KEY(person_id) REFERENCES person (id),
        CONSTRAINT fk_reunification_request_id FOREIGN KEY(request_id) REFERENCES tracing_request (id),
        CONSTRAINT fk_reunification_verification_id FOREIGN KEY(verification_id) REFERENCES verification (id),
        CONSTRAINT fk_reunification_handed_to_id FOREIGN KEY(handed_to_id) REFERENCES person (id)
    )""",
    """CREATE TABLE description (
        id TEXT NOT NULL,
        person_id TEXT NOT NULL,
        marks TEXT NOT NULL,
        clothes TEXT NOT NULL,
        belongings TEXT NOT NULL,
        found_on DATE,
        found_where TEXT NOT NULL,
        found_by TEXT NOT NULL,
        kin_said TEXT NOT NULL,
        says TEXT NOT NULL,
        noted_by TEXT NOT NULL,
        noted_at BIGINT,
        CONSTRAINT pk_description PRIMARY KEY (id),
        CONSTRAINT fk_description_person_id FOREIGN KEY(person_id) REFERENCES person (id)
    )""",
    """CREATE TABLE lead (
        id TEXT NOT NULL,
        public_no TEXT NOT NULL,
        source_name TEXT NOT NULL,
        source_at BIGINT,
        entered_at BIGINT,
        expires_at BIGINT,
        author_name TEXT NOT NULL,
        full_name TEXT NOT NULL,
        given_name TEXT NOT NULL,
        family_name TEXT NOT NULL,
        other_names TEXT NOT NULL,
        sex TEXT NOT NULL,
        birth_precision TEXT NOT NULL,
        birth_earliest DATE,
        birth_latest DATE,
        birth_said TEXT NOT NULL,
        birth_as_of DATE,
        home TEXT NOT NULL,
        words TEXT NOT NULL,
        status TEXT NOT NULL,
        last_place TEXT NOT NULL,
        told TEXT NOT NULL,
        brought_in_at BIGINT,
        brought_in_by TEXT NOT NULL,
        state TEXT NOT NULL,
        state_words TEXT NOT NULL,
        emptied_at BIGINT,
        CONSTRAINT pk_lead PRIMARY KEY (id),
        CONSTRAINT uq_lead_public_no UNIQUE (public_no)
    )""",
    """CREATE TABLE lead_note (
        id TEXT NOT NULL,
        lead_id TEXT NOT NULL,
        note_no TEXT NOT NULL,
        author_name TEXT NOT NULL,
        source_at BIGINT,
        status TEXT NOT NULL,
        last_place TEXT NOT NULL,
        words TEXT NOT NULL,
        told TEXT NOT NULL,
        CONSTRAINT pk_lead_note PRIMARY KEY (id),
        CONSTRAINT fk_lead_note_lead_id FOREIGN KEY(lead_id) REFERENCES lead (id)
    )""",
    """CREATE TABLE publication (
        id TEXT NOT NULL,
        public_no TEXT NOT NULL,
        person_id TEXT,
        request_id TEXT,
        consent_by TEXT NOT NULL,
        consent_how TEXT NOT NULL,
        consented_on DATE,
        expires_on DATE,
        made_by TEXT NOT NULL,
        made_at BIGINT,
        out_at BIGINT,
        withdrawn_on DATE,
        emptied_at BIGINT,
        CONSTRAINT pk_publication PRIMARY KEY (id),
        CONSTRAINT uq_publication_public_no UNIQUE (public_no),
        CONSTRAINT fk_publication_person_id FOREIGN KEY(person_id) REFERENCES person (id),
        CONSTRAINT fk_publication_request_id FOREIGN KEY(request_id) REFERENCES tracing_request (id)
    )""",
    """CREATE TABLE request_key (
        "key" TEXT NOT NULL,
        request_id TEXT NOT NULL,
        CONSTRAINT pk_request_key PRIMARY KEY ("key", request_id),
        CONSTRAINT fk_request_key_request_id FOREIGN KEY(request_id) REFERENCES tracing_request (id)
    )
    WITHOUT ROWID""",
    """CREATE TABLE candidate (
        request_id TEXT NOT NULL,
        person_id TEXT NOT NULL,
        score FLOAT NOT NULL,
        CONSTRAINT pk_candidate PRIMARY KEY (request_id, person_id),
        CONSTRAINT fk_candidate_request_id FOREIGN KEY(request_id) REFERENCES tracing_request (id),
        CONSTRAINT fk_candidate_person_id FOREIGN KEY(person_id) REFERENCES person (id)
    )
    WITHOUT ROWID""",
    """CREATE TABLE match_due (
        kind TEXT NOT NULL,
        id TEXT NOT NULL,
        CONSTRAINT pk_match_due PRIMARY KEY (kind, id)
    )
    WITHOUT ROWID""",
)
WIDER_TABLES = {
    "tracing_request": """CREATE TABLE wider_tracing_request (
        id TEXT NOT NULL,
        number TEXT NOT NULL,
        external_id TEXT NOT NULL,
        inquirer_id TEXT,
        inquirer_name TEXT NOT NULL,
        relation TEXT NOT NULL,
        given_name TEXT NOT NULL,
        family_name TEXT NOT NULL,
        patronymic TEXT NOT NULL,
        sex TEXT NOT NULL,
        birth_precision TEXT NOT NULL,
        birth_earliest DATE,
        birth_latest DATE,
        birth_said TEXT NOT NULL,
        birth_as_of DATE,
        origin TEXT NOT NULL,
        relatives TEXT NOT NULL,
        separated_on DATE,
        separated_where TEXT NOT NULL,
        separation_cause TEXT NOT NULL,
        last_seen TEXT NOT NULL,
        consent_to_trace TEXT NOT NULL,
        status TEXT NOT NULL,
        opened_at BIGINT,
        sought_person_id TEXT,
        inquiry TEXT NOT NULL,
        nickname TEXT NOT NULL,
        other_names TEXT NOT NULL,
        phone TEXT NOT NULL,
        document_no TEXT NOT NULL,
        languages TEXT NOT NULL,
        marks TEXT NOT NULL,
        clothes TEXT NOT NULL,
        last_seen_on DATE,
        last_seen_with TEXT NOT NULL,
        contact TEXT NOT NULL,
        consent_by TEXT NOT NULL,
        consent_how TEXT NOT NULL,
        consent_on DATE,
        consent_withdrawn_on DATE,
        consent_to_show TEXT NOT NULL,
        consent_to_publish TEXT NOT NULL,
        wish_order INTEGER,
        in_contact TEXT NOT NULL,
        wishes_contact TEXT NOT NULL,
        wishes_reunion TEXT NOT NULL,
        wish_why TEXT NOT NULL,
        held_why TEXT NOT NULL,
        held_by TEXT NOT NULL,
        held_on DATE,
        closed_on DATE,
        closed_why TEXT NOT NULL,
        closed_words TEXT NOT NULL,
        CONSTRAINT pk_tracing_request PRIMARY KEY (id),
        CONSTRAINT uq_tracing_request_number UNIQUE (number),
        CONSTRAINT fk_tracing_request_inquirer_id FOREIGN KEY(inquirer_id) REFERENCES person (id),
        CONSTRAINT fk_tracing_request_sought_person_id FOREIGN KEY(sought_person_id) REFERENCES person (id)
    )""",
    "match_decision": """CREATE TABLE wider_match_decision (
        id TEXT NOT NULL,
        request_id TEXT NOT NULL,
        person_id TEXT NOT NULL,
        state TEXT NOT NULL,
        reason TEXT NOT NULL,
        decided_by TEXT NOT NULL,
        decided_at BIGINT,
        was TEXT NOT NULL,
        CONSTRAINT pk_match_decision PRIMARY KEY (id),
        CONSTRAINT fk_match_decision_request_id FOREIGN KEY(request_id) REFERENCES tracing_request (id),
        CONSTRAINT fk_match_decision_person_id FOREIGN KEY(person_id) REFERENCES person (id)
    )""",
    "follow_up": """CREATE TABLE wider_follow_up (
        id TEXT NOT NULL,
        case_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        due_on DATE,
        done_on DATE,
        seen TEXT NOT NULL,
        not_seen_why TEXT NOT NULL,
        same_carer TEXT NOT NULL,
        found TEXT NOT NULL,
        reunification_id TEXT,
        CONSTRAINT pk_follow_up PRIMARY KEY (id),
        CONSTRAINT fk_follow_up_case_id FOREIGN KEY(case_id) REFERENCES protection_case (id),
        CONSTRAINT fk_follow_up_reunification_id FOREIGN KEY(reunification_id) REFERENCES reunification (id)
    )""",
    "attachment": """CREATE TABLE wider_attachment (
        id TEXT NOT NULL,
        person_id TEXT,
        document_id TEXT,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        media_type TEXT NOT NULL,
        size INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        added_on DATE,
        request_id TEXT,
        CONSTRAINT pk_attachment PRIMARY KEY (id),
        CONSTRAINT fk_attachment_person_id FOREIGN KEY(person_id) REFERENCES person (id),
        CONSTRAINT fk_attachment_document_id FOREIGN KEY(document_id) REFERENCES identity_document (id),
        CONSTRAINT fk_attachment_request_id FOREIGN KEY(request_id) REFERENCES tracing_request (id)
    )""",
}
INDEXES = (
    "CREATE INDEX ix_tracing_action_request_id ON tracing_action (request_id)",
    "CREATE INDEX ix_verification_approval_id ON verification (approval_id)",
    "CREATE INDEX ix_verification_person_id ON verification (person_id)",
    "CREATE INDEX ix_verification_request_id ON verification (request_id)",
    "CREATE INDEX ix_verification_question_verification_id ON verification_question (verification_id)",
    "CREATE INDEX ix_reunification_handed_to_id ON reunification (handed_to_id)",
    "CREATE INDEX ix_reunification_person_id ON reunification (person_id)",
    "CREATE INDEX ix_reunification_request_id ON reunification (request_id)",
    "CREATE INDEX ix_reunification_verification_id ON reunification (verification_id)",
    "CREATE INDEX ix_description_person_id ON description (person_id)",
    "CREATE INDEX ix_lead_expires_at ON lead (expires_at)",
    "CREATE INDEX ix_lead_note_lead_id ON lead_note (lead_id)",
    "CREATE INDEX ix_publication_person_id ON publication (person_id)",
    "CREATE INDEX ix_publication_request_id ON publication (request_id)",
    "CREATE INDEX ix_request_key_request_id ON request_key (request_id)",
    "CREATE INDEX ix_candidate_person_id ON candidate (person_id)",
    "CREATE INDEX ix_tracing_request_external_id ON tracing_request (external_id)",
    "CREATE INDEX ix_tracing_request_inquirer_id ON tracing_request (inquirer_id)",
    "CREATE INDEX ix_tracing_request_inquiry ON tracing_request (inquiry)",
    "CREATE INDEX ix_tracing_request_sought_person_id ON tracing_request (sought_person_id)",
    "CREATE INDEX ix_match_decision_person_id ON match_decision (person_id)",
    "CREATE INDEX ix_match_decision_request_id ON match_decision (request_id)",
    "CREATE INDEX ix_follow_up_case_id ON follow_up (case_id)",
    "CREATE INDEX ix_follow_up_due_on ON follow_up (due_on)",
    "CREATE INDEX ix_follow_up_reunification_id ON follow_up (reunification_id)",
    "CREATE INDEX ix_attachment_document_id ON attachment (document_id)",
    "CREATE INDEX ix_attachment_person_id ON attachment (person_id)",
    "CREATE INDEX ix_attachment_request_id ON attachment (request_id)",
)
# Lists of words are kept as JSON.
_NOTHING = dict.fromkeys(("other_names", "languages"), "'[]'")
# Whoever is sought already is compared once, after the first unlocking.
ALL_DUE = "INSERT INTO match_due (kind, id) SELECT 'all', '' WHERE EXISTS (SELECT 1 FROM tracing_request)"


def upgrade() -> None:
    """Make the new tables and columns: what is new in a record that was there says nothing yet."""
    for statement in NEW_TABLES:
        op.execute(statement)
    for name, statement in WIDER_TABLES.items():
        op.execute(statement)
        before = _columns(name)
        said = {column: before.get(column, _NOTHING.get(column, "''")) for column in _needed(f"wider_{name}", before)}
        columns, values = ", ".join(said), ", ".join(said.values())
        op.execute(f"INSERT INTO wider_{name} ({columns}) SELECT {values} FROM {name}")  # noqa: S608 - names of this file
        op.execute(f"DROP TABLE {name}")
        op.execute(f"ALTER TABLE wider_{name} RENAME TO {name}")
    for statement in INDEXES:
        op.execute(statement)
    op.execute(ALL_DUE)


def _columns(name: str) -> dict[str, str]:
    rows = op.get_bind().exec_driver_sql(f"PRAGMA table_info({name})")
    return {row[1]: row[1] for row in rows}


def _needed(name: str, before: dict[str, str]) -> list[str]:
    """The columns that were there, and the new ones that must say something."""
    rows = op.get_bind().exec_driver_sql(f"PRAGMA table_info({name})")
    return [row[1] for row in rows if row[1] in before or row[3]]
