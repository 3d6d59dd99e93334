"""Answers about pairs that look like one person, the pairs that were found, and finding people by their birth."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = (
    """CREATE TABLE duplicate_pair (
        person_a TEXT NOT NULL,
        person_b TEXT NOT NULL,
        score FLOAT NOT NULL,
        reasons TEXT NOT NULL,
        CONSTRAINT pk_duplicate_pair PRIMARY KEY (person_a, person_b),
        CONSTRAINT fk_duplicate_pair_person_a FOREIGN KEY(person_a) REFERENCES person (id),
        CONSTRAINT fk_duplicate_pair_person_b FOREIGN KEY(person_b) REFERENCES person (id)
    )
     WITHOUT ROWID""",
    """CREATE TABLE duplicate_decision (
        id TEXT NOT NULL,
        person_a TEXT NOT NULL,
        person_b TEXT NOT NULL,
        state TEXT NOT NULL,
        reason TEXT NOT NULL,
        score INTEGER NOT NULL,
        decided_by TEXT NOT NULL,
        decided_at BIGINT,
        CONSTRAINT pk_duplicate_decision PRIMARY KEY (id),
        CONSTRAINT fk_duplicate_decision_person_a FOREIGN KEY(person_a) REFERENCES person (id),
        CONSTRAINT fk_duplicate_decision_person_b FOREIGN KEY(person_b) REFERENCES person (id)
    )""",
)
INDEXES = (
    "CREATE INDEX ix_duplicate_pair_score ON duplicate_pair (score)",
    "CREATE INDEX ix_duplicate_pair_person_b ON duplicate_pair (person_b)",
    "CREATE INDEX ix_duplicate_decision_person_a ON duplicate_decision (person_a)",
    "CREATE INDEX ix_duplicate_decision_person_b ON duplicate_decision (person_b)",
    "CREATE INDEX ix_person_birth_earliest ON person (birth_earliest, id)",
)


def upgrade() -> None:
    """Make the tables and indexes."""
    for statement in (*TABLES, *INDEXES):
        op.execute(statement)


def downgrade() -> None:
    """Drop them."""
    op.execute("DROP INDEX ix_person_birth_earliest")
    for statement in reversed(TABLES):
        op.execute("DROP TABLE " + statement.split()[2])
