"""Answers about pairs that look like one person, the pairs that were found, and finding people by their birth."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = (
    """CREATE TABLE duplicate_pair (
        person_a_id TEXT NOT NULL,
        person_b_id TEXT NOT NULL,
        score FLOAT NOT NULL,
        reasons TEXT NOT NULL,
        CONSTRAINT pk_duplicate_pair PRIMARY KEY (person_a_id, person_b_id),
        CONSTRAINT fk_duplicate_pair_person_a_id FOREIGN KEY(person_a_id) REFERENCES person (id),
        CONSTRAINT fk_duplicate_pair_person_b_id FOREIGN KEY(person_b_id) REFERENCES person (id)
    )
     WITHOUT ROWID""",
    """CREATE TABLE duplicate_decision (
        id TEXT NOT NULL,
        person_a_id TEXT NOT NULL,
        person_b_id TEXT NOT NULL,
        state TEXT NOT NULL,
        reason TEXT NOT NULL,
        score INTEGER NOT NULL,
        decided_by TEXT NOT NULL,
        decided_at BIGINT,
        CONSTRAINT pk_duplicate_decision PRIMARY KEY (id),
        CONSTRAINT fk_duplicate_decision_person_a_id FOREIGN KEY(person_a_id) REFERENCES person (id),
        CONSTRAINT fk_duplicate_decision_person_b_id FOREIGN KEY(person_b_id) REFERENCES person (id)
    )""",
)
INDEXES = (
    "CREATE INDEX ix_duplicate_pair_score ON duplicate_pair (score)",
    "CREATE INDEX ix_duplicate_pair_person_b_id ON duplicate_pair (person_b_id)",
    "CREATE INDEX ix_duplicate_decision_person_a_id ON duplicate_decision (person_a_id)",
    "CREATE INDEX ix_duplicate_decision_person_b_id ON duplicate_decision (person_b_id)",
    "CREATE INDEX ix_person_birth_precision_sex_birth_earliest ON person (birth_precision, sex, birth_earliest, id)",
)


def upgrade() -> None:
    """Make the tables and indexes."""
    for statement in (*TABLES, *INDEXES):
        op.execute(statement)


def downgrade() -> None:
    """Drop them."""
    op.execute("DROP INDEX ix_person_birth_precision_sex_birth_earliest")
    for statement in reversed(TABLES):
        op.execute("DROP TABLE " + statement.split()[2])
