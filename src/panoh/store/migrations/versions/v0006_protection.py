"""Protection: needs with their review, the whole refoulement assessment, the shield, casework, incidents, assistance."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NEW_TABLES = (
    """CREATE TABLE masked (
        person_id TEXT NOT NULL,
        CONSTRAINT pk_masked PRIMARY KEY (person_id),
        CONSTRAINT fk_masked_person_id FOREIGN KEY(person_id) REFERENCES person (id)
    )
    WITHOUT ROWID""",
    """CREATE TABLE plan_row (
        id TEXT NOT NULL,
        case_id TEXT NOT NULL,
        need_id TEXT,
        goal TEXT NOT NULL,
        action TEXT NOT NULL,
        who TEXT NOT NULL,
        by_when DATE,
        result TEXT NOT NULL,
        done_on DATE,
        CONSTRAINT pk_plan_row PRIMARY KEY (id),
        CONSTRAINT fk_plan_row_case_id FOREIGN KEY(case_id) REFERENCES protection_case (id),
        CONSTRAINT fk_plan_row_need_id FOREIGN KEY(need_id) REFERENCES specific_need (id)
    )""",
    """CREATE TABLE service (
        id TEXT NOT NULL,
        case_id TEXT NOT NULL,
        need_id TEXT,
        kind TEXT NOT NULL,
        frame TEXT NOT NULL,
        asked_at BIGINT,
        appointment_on DATE,
        provider TEXT NOT NULL,
        place TEXT NOT NULL,
        note TEXT NOT NULL,
        done_on DATE,
        provider_note TEXT NOT NULL,
        CONSTRAINT pk_service PRIMARY KEY (id),
        CONSTRAINT fk_service_case_id FOREIGN KEY(case_id) REFERENCES protection_case (id),
        CONSTRAINT fk_service_need_id FOREIGN KEY(need_id) REFERENCES specific_need (id)
    )""",
    """CREATE TABLE referral (
        id TEXT NOT NULL,
        case_id TEXT NOT NULL,
        reference TEXT NOT NULL,
        need_id TEXT,
        service_kind TEXT NOT NULL,
        recipient TEXT NOT NULL,
        organisation TEXT NOT NULL,
        why TEXT NOT NULL,
        known TEXT NOT NULL,
        told TEXT NOT NULL,
        consent TEXT NOT NULL,
        without_consent_why TEXT NOT NULL,
        urgent BOOLEAN NOT NULL,
        made_at BIGINT,
        made_by TEXT NOT NULL,
        answer_by BIGINT,
        answer TEXT NOT NULL,
        answered_on DATE,
        answer_words TEXT NOT NULL,
        done_on DATE,
        export_no TEXT NOT NULL,
        CONSTRAINT pk_referral PRIMARY KEY (id),
        CONSTRAINT fk_referral_case_id FOREIGN KEY(case_id) REFERENCES protection_case (id),
        CONSTRAINT uq_referral_reference UNIQUE (reference),
        CONSTRAINT fk_referral_need_id FOREIGN KEY(need_id) REFERENCES specific_need (id)
    )""",
    """CREATE TABLE follow_up (
        id TEXT NOT NULL,
        case_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        due_on DATE,
        done_on DATE,
        seen TEXT NOT NULL,
        not_seen_why TEXT NOT NULL,
        same_carer TEXT NOT NULL,
        found TEXT NOT NULL,
        CONSTRAINT pk_follow_up PRIMARY KEY (id),
        CONSTRAINT fk_follow_up_case_id FOREIGN KEY(case_id) REFERENCES protection_case (id)
    )""",
    """CREATE TABLE care_arrangement (
        id TEXT NOT NULL,
        person_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        carer_id TEXT,
        carer TEXT NOT NULL,
        relation TEXT NOT NULL,
        since DATE,
        until DATE,
        ended_why TEXT NOT NULL,
        assessed_on DATE,
        safe TEXT NOT NULL,
        CONSTRAINT pk_care_arrangement PRIMARY KEY (id),
        CONSTRAINT fk_care_arrangement_person_id FOREIGN KEY(person_id) REFERENCES person (id),
        CONSTRAINT fk_care_arrangement_carer_id FOREIGN KEY(carer_id) REFERENCES person (id)
    )""",
    """CREATE TABLE best_interests (
        id TEXT NOT NULL,
        person_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        why TEXT NOT NULL,
        started_on DATE,
        child_view TEXT NOT NULL,
        family_view TEXT NOT NULL,
        options TEXT NOT NULL,
        recommendation TEXT NOT NULL,
        panel TEXT NOT NULL,
        decided_on DATE,
        decision TEXT NOT NULL,
        review_on DATE,
        made_by TEXT NOT NULL,
        CONSTRAINT pk_best_interests PRIMARY KEY (id),
        CONSTRAINT fk_best_interests_person_id FOREIGN KEY(person_id) REFERENCES person (id)
    )""",
    """CREATE TABLE transfer (
        id TEXT NOT NULL,
        case_id TEXT NOT NULL,
        from_user TEXT NOT NULL,
        to_user TEXT NOT NULL,
        asked_at BIGINT NOT NULL,
        why TEXT NOT NULL,
        answer TEXT NOT NULL,
        answered_at BIGINT,
        answer_words TEXT NOT NULL,
        CONSTRAINT pk_transfer PRIMARY KEY (id),
        CONSTRAINT fk_transfer_case_id FOREIGN KEY(case_id) REFERENCES protection_case (id)
    )""",
    """CREATE TABLE approval (
        id TEXT NOT NULL,
        person_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        asked_by TEXT NOT NULL,
        asked_at BIGINT,
        why TEXT NOT NULL,
        proposed TEXT NOT NULL,
        decision TEXT NOT NULL,
        decided_by TEXT NOT NULL,
        decided_at BIGINT,
        words TEXT NOT NULL,
        export_no TEXT NOT NULL,
        decided_name TEXT NOT NULL,
        CONSTRAINT pk_approval PRIMARY KEY (id),
        CONSTRAINT fk_approval_person_id FOREIGN KEY(person_id) REFERENCES person (id)
    )""",
    """CREATE TABLE queue_view (
        id TEXT NOT NULL,
        owner_id TEXT,
        name TEXT NOT NULL,
        filter TEXT NOT NULL,
        CONSTRAINT pk_queue_view PRIMARY KEY (id),
        CONSTRAINT fk_queue_view_owner_id FOREIGN KEY(owner_id) REFERENCES vault_user (id)
    )""",
    """CREATE TABLE incident (
        id TEXT NOT NULL,
        number TEXT NOT NULL,
        kind TEXT NOT NULL,
        happened_precision TEXT NOT NULL,
        happened_earliest DATE,
        happened_latest DATE,
        happened_said TEXT NOT NULL,
        happened_as_of DATE,
        at_hour TEXT NOT NULL,
        place TEXT NOT NULL,
        site_id TEXT,
        border_point_id TEXT,
        source TEXT NOT NULL,
        reliability TEXT NOT NULL,
        by_whom TEXT NOT NULL,
        people_told INTEGER,
        what TEXT NOT NULL,
        outcome TEXT NOT NULL,
        noted_by TEXT NOT NULL,
        noted_at BIGINT,
        CONSTRAINT pk_incident PRIMARY KEY (id),
        CONSTRAINT uq_incident_number UNIQUE (number),
        CONSTRAINT fk_incident_site_id FOREIGN KEY(site_id) REFERENCES site (id),
        CONSTRAINT fk_incident_border_point_id FOREIGN KEY(border_point_id) REFERENCES border_point (id)
    )""",
    """CREATE TABLE incident_person (
        id TEXT NOT NULL,
        incident_id TEXT NOT NULL,
        person_id TEXT NOT NULL,
        role TEXT NOT NULL,
        CONSTRAINT pk_incident_person PRIMARY KEY (id),
        CONSTRAINT fk_incident_person_incident_id FOREIGN KEY(incident_id) REFERENCES incident (id),
        CONSTRAINT fk_incident_person_person_id FOREIGN KEY(person_id) REFERENCES person (id)
    )""",
    """CREATE TABLE incident_report (
        id TEXT NOT NULL,
        incident_id TEXT NOT NULL,
        told_to TEXT NOT NULL,
        told_on DATE,
        told_by TEXT NOT NULL,
        what TEXT NOT NULL,
        reference TEXT NOT NULL,
        CONSTRAINT pk_incident_report PRIMARY KEY (id),
        CONSTRAINT fk_incident_report_incident_id FOREIGN KEY(incident_id) REFERENCES incident (id)
    )""",
    """CREATE TABLE basic_need (
        id TEXT NOT NULL,
        sector TEXT NOT NULL,
        state TEXT NOT NULL,
        person_id TEXT,
        household_id TEXT,
        site_id TEXT,
        people INTEGER,
        noted_on DATE,
        noted_by TEXT NOT NULL,
        note TEXT NOT NULL,
        CONSTRAINT pk_basic_need PRIMARY KEY (id),
        CONSTRAINT fk_basic_need_person_id FOREIGN KEY(person_id) REFERENCES person (id),
        CONSTRAINT fk_basic_need_household_id FOREIGN KEY(household_id) REFERENCES household (id),
        CONSTRAINT fk_basic_need_site_id FOREIGN KEY(site_id) REFERENCES site (id)
    )""",
    """CREATE TABLE assistance (
        id TEXT NOT NULL,
        sector TEXT NOT NULL,
        what TEXT NOT NULL,
        person_id TEXT,
        household_id TEXT,
        site_id TEXT,
        quantity INTEGER,
        unit TEXT NOT NULL,
        given_by TEXT NOT NULL,
        given_on DATE,
        noted_by TEXT NOT NULL,
        CONSTRAINT pk_assistance PRIMARY KEY (id),
        CONSTRAINT fk_assistance_person_id FOREIGN KEY(person_id) REFERENCES person (id),
        CONSTRAINT fk_assistance_household_id FOREIGN KEY(household_id) REFERENCES household (id),
        CONSTRAINT fk_assistance_site_id FOREIGN KEY(site_id) REFERENCES site (id)
    )""",
    """CREATE TABLE shield (
        id TEXT NOT NULL,
        person_id TEXT NOT NULL,
        on_at BIGINT NOT NULL,
        on_by TEXT NOT NULL,
        why TEXT NOT NULL,
        off_asked_by TEXT NOT NULL,
        off_asked_at BIGINT,
        off_why TEXT NOT NULL,
        off_by TEXT NOT NULL,
        off_at BIGINT,
        CONSTRAINT pk_shield PRIMARY KEY (id),
        CONSTRAINT fk_shield_person_id FOREIGN KEY(person_id) REFERENCES person (id)
    )""",
    """CREATE TABLE rule_setting (
        id TEXT NOT NULL,
        rule TEXT NOT NULL,
        variant TEXT NOT NULL,
        clock TEXT NOT NULL,
        level TEXT NOT NULL,
        site_id TEXT,
        why TEXT NOT NULL,
        set_by TEXT NOT NULL,
        set_at BIGINT,
        ended_at BIGINT,
        CONSTRAINT pk_rule_setting PRIMARY KEY (id),
        CONSTRAINT fk_rule_setting_site_id FOREIGN KEY(site_id) REFERENCES site (id)
    )""",
)
WIDER_TABLES = {
    "specific_need": """CREATE TABLE wider_specific_need (
        id TEXT NOT NULL,
        person_id TEXT NOT NULL,
        code TEXT NOT NULL,
        status TEXT NOT NULL,
        source TEXT NOT NULL,
        event_on DATE,
        due_on DATE,
        care_refused BOOLEAN NOT NULL,
        noticed_at BIGINT,
        noticed_by TEXT NOT NULL,
        reviewed_at BIGINT,
        reviewed_by TEXT NOT NULL,
        until DATE,
        severity TEXT NOT NULL,
        note TEXT NOT NULL,
        review_why TEXT NOT NULL,
        CONSTRAINT pk_specific_need PRIMARY KEY (id),
        CONSTRAINT fk_specific_need_person_id FOREIGN KEY(person_id) REFERENCES person (id)
    )""",
    "refoulement_assessment": """CREATE TABLE wider_refoulement_assessment (
        id TEXT NOT NULL,
        person_id TEXT NOT NULL,
        feared_country TEXT NOT NULL,
        hiding_from TEXT NOT NULL,
        extradition TEXT NOT NULL,
        named_on_list TEXT NOT NULL,
        approached_by_agents TEXT NOT NULL,
        return_threatened_on DATE,
        lawyer_or_access TEXT NOT NULL,
        recognised_by TEXT NOT NULL,
        recognised_country TEXT NOT NULL,
        recognised_year INTEGER,
        recognition_no TEXT NOT NULL,
        recognition_valid TEXT NOT NULL,
        resettlement_pending TEXT NOT NULL,
        claim_stage TEXT NOT NULL,
        source TEXT NOT NULL,
        sure TEXT NOT NULL,
        asked_at BIGINT,
        asked_by TEXT NOT NULL,
        harm_agents TEXT NOT NULL,
        fear_basis TEXT NOT NULL,
        fear_words TEXT NOT NULL,
        recognised_on DATE,
        claim_authority TEXT NOT NULL,
        claim_on DATE,
        claim_deadline DATE,
        extradition_state TEXT NOT NULL,
        extradition_on DATE,
        extradition_charge TEXT NOT NULL,
        extradition_stage TEXT NOT NULL,
        extradition_hearing_on DATE,
        lawyer TEXT NOT NULL,
        detained_at TEXT NOT NULL,
        detained_by TEXT NOT NULL,
        detained_since DATE,
        detention_basis TEXT NOT NULL,
        detention_access TEXT NOT NULL,
        detention_seen_on DATE,
        hiding_since DATE,
        signals TEXT NOT NULL,
        authorities_wish TEXT NOT NULL,
        unhcr_told_on DATE,
        unhcr_told_by TEXT NOT NULL,
        leave_by DATE,
        outcome TEXT NOT NULL,
        outcome_on DATE,
        reassess_on DATE,
        CONSTRAINT pk_refoulement_assessment PRIMARY KEY (id),
        CONSTRAINT uq_refoulement_assessment_person_id UNIQUE (person_id),
        CONSTRAINT fk_refoulement_assessment_person_id FOREIGN KEY(person_id) REFERENCES person (id)
    )""",
    "protection_case": """CREATE TABLE wider_protection_case (
        id TEXT NOT NULL,
        person_id TEXT NOT NULL,
        owner_id TEXT,
        status TEXT NOT NULL,
        opened_at BIGINT,
        question TEXT NOT NULL,
        answer_by BIGINT,
        without_answer TEXT NOT NULL,
        recommendation TEXT NOT NULL,
        recommended_option TEXT NOT NULL,
        wish TEXT NOT NULL,
        child_view TEXT NOT NULL,
        review_on DATE,
        closed_on DATE,
        closing_why TEXT NOT NULL,
        reopened_on DATE,
        assess_by DATE,
        assessed_on DATE,
        plan_by DATE,
        planned_on DATE,
        CONSTRAINT pk_protection_case PRIMARY KEY (id),
        CONSTRAINT uq_protection_case_person_id UNIQUE (person_id),
        CONSTRAINT fk_protection_case_person_id FOREIGN KEY(person_id) REFERENCES person (id),
        CONSTRAINT fk_protection_case_owner_id FOREIGN KEY(owner_id) REFERENCES vault_user (id)
    )""",
}
INDEXES = (
    "CREATE INDEX ix_plan_row_case_id ON plan_row (case_id)",
    "CREATE INDEX ix_plan_row_need_id ON plan_row (need_id)",
    "CREATE INDEX ix_service_case_id ON service (case_id)",
    "CREATE INDEX ix_service_need_id ON service (need_id)",
    "CREATE INDEX ix_referral_answer_by ON referral (answer_by)",
    "CREATE INDEX ix_referral_case_id ON referral (case_id)",
    "CREATE INDEX ix_referral_need_id ON referral (need_id)",
    "CREATE INDEX ix_follow_up_case_id ON follow_up (case_id)",
    "CREATE INDEX ix_follow_up_due_on ON follow_up (due_on)",
    "CREATE INDEX ix_care_arrangement_carer_id ON care_arrangement (carer_id)",
    "CREATE INDEX ix_care_arrangement_person_id ON care_arrangement (person_id)",
    "CREATE INDEX ix_best_interests_person_id ON best_interests (person_id)",
    "CREATE INDEX ix_transfer_case_id ON transfer (case_id)",
    "CREATE INDEX ix_approval_decision ON approval (decision)",
    "CREATE INDEX ix_approval_export_no ON approval (export_no)",
    "CREATE INDEX ix_approval_person_id ON approval (person_id)",
    "CREATE INDEX ix_queue_view_owner_id ON queue_view (owner_id)",
    "CREATE INDEX ix_incident_border_point_id ON incident (border_point_id)",
    "CREATE INDEX ix_incident_site_id ON incident (site_id)",
    "CREATE INDEX ix_incident_person_incident_id ON incident_person (incident_id)",
    "CREATE INDEX ix_incident_person_person_id ON incident_person (person_id)",
    "CREATE INDEX ix_incident_report_incident_id ON incident_report (incident_id)",
    "CREATE INDEX ix_basic_need_household_id ON basic_need (household_id)",
    "CREATE INDEX ix_basic_need_person_id ON basic_need (person_id)",
    "CREATE INDEX ix_basic_need_site_id ON basic_need (site_id)",
    "CREATE INDEX ix_assistance_household_id ON assistance (household_id)",
    "CREATE INDEX ix_assistance_person_id ON assistance (person_id)",
    "CREATE INDEX ix_assistance_site_id ON assistance (site_id)",
    "CREATE INDEX ix_shield_person_id ON shield (person_id)",
    "CREATE INDEX ix_rule_setting_site_id ON rule_setting (site_id)",
    "CREATE INDEX ix_specific_need_person_id ON specific_need (person_id)",
    "CREATE INDEX ix_protection_case_owner_id ON protection_case (owner_id)",
)


# Lists of codes are kept as JSON.
_NOTHING = dict.fromkeys(("harm_agents", "fear_basis", "detention_access", "signals"), "'[]'")


def upgrade() -> None:
    """Make the new tables and columns: what is new in a record that was there says nothing yet."""
    for statement in NEW_TABLES:
        op.execute(statement)
    op.execute("ALTER TABLE person ADD COLUMN departs_on DATE")
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


def _columns(name: str) -> dict[str, str]:
    rows = op.get_bind().exec_driver_sql(f"PRAGMA table_info({name})")
    return {row[1]: row[1] for row in rows}


def _needed(name: str, before: dict[str, str]) -> list[str]:
    """The columns that were there, and the new ones that must say something."""
    rows = op.get_bind().exec_driver_sql(f"PRAGMA table_info({name})")
    return [row[1] for row in rows if row[1] in before or row[3]]
