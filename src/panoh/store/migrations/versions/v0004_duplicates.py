"""Pairs of records that look like one person, and finding people by their birth."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

PAIRS = """CREATE TABLE duplicate_pair (
        person_a_id TEXT NOT NULL,
        person_b_id TEXT NOT NULL,
        score FLOAT NOT NULL,
        reasons TEXT NOT NULL,
        CONSTRAINT pk_duplicate_pair PRIMARY KEY (person_a_id, person_b_id),
        CONSTRAINT fk_duplicate_pair_person_a_id FOREIGN KEY(person_a_id) REFERENCES person (id),
        CONSTRAINT fk_duplicate_pair_person_b_id FOREIGN KEY(person_b_id) REFERENCES person (id)
    )
     WITHOUT ROWID"""
INDEXES = (
    "CREATE INDEX ix_duplicate_pair_score ON duplicate_pair (score)",
    "CREATE INDEX ix_duplicate_pair_person_b_id ON duplicate_pair (person_b_id)",
    "CREATE INDEX ix_person_birth_precision_sex_birth_earliest ON person (birth_precision, sex, birth_earliest, id)",
)


def upgrade() -> None:
    """Make the table and the indexes."""
    for statement in (PAIRS, *INDEXES):
        op.execute(statement)
