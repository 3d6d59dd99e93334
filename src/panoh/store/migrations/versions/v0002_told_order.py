"""A second order of the queue, for those who may not see the restricted reasons."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

LEVELS = """CREATE TABLE wider_person_level (
    person_id TEXT NOT NULL,
    level TEXT NOT NULL,
    rank INTEGER NOT NULL,
    due_at BIGINT,
    due_order BIGINT NOT NULL,
    told_order BIGINT NOT NULL,
    waiting_since BIGINT NOT NULL,
    restricted BOOLEAN NOT NULL,
    alone_child BOOLEAN NOT NULL,
    next_change_at BIGINT,
    reasons TEXT NOT NULL,
    CONSTRAINT pk_person_level PRIMARY KEY (person_id),
    CONSTRAINT fk_person_level_person_id FOREIGN KEY(person_id) REFERENCES person (id)
)"""
HELD = "person_id, level, rank, due_at, due_order, waiting_since, restricted, alone_child, next_change_at, reasons"
INDEXES = (
    "CREATE INDEX ix_person_level_rank_due_order ON person_level (rank, due_order, person_id)",
    "CREATE INDEX ix_person_level_rank_told_order ON person_level (rank, told_order, person_id)",
    "CREATE INDEX ix_person_level_next_change_at ON person_level (next_change_at)",
)


def upgrade() -> None:
    """Make the wider table. Until everyone is assessed anew, which the next refresh does, nothing restricted tells its time."""
    op.execute(LEVELS)
    op.execute(
        f"INSERT INTO wider_person_level ({HELD}, told_order) "  # noqa: S608
        f"SELECT {HELD}, CASE WHEN restricted THEN waiting_since ELSE due_order END FROM person_level"
    )
    op.execute("DROP TABLE person_level")
    op.execute("ALTER TABLE wider_person_level RENAME TO person_level")
    op.execute("UPDATE person_level SET next_change_at = waiting_since WHERE restricted")
    for statement in INDEXES:
        op.execute(statement)
