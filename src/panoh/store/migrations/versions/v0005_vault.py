"""Who may what: a head of office, passphrases for the first time, sealed facts, records set aside and erased."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NEW_TABLES = (
    """CREATE TABLE sealed (
        id TEXT NOT NULL,
        person_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        box TEXT NOT NULL,
        made_by TEXT NOT NULL,
        made_at BIGINT,
        CONSTRAINT pk_sealed PRIMARY KEY (id),
        CONSTRAINT fk_sealed_person_id FOREIGN KEY(person_id) REFERENCES person (id)
    )""",
    """CREATE TABLE seal_key (
        id TEXT NOT NULL,
        sealed_id TEXT NOT NULL,
        holder_id TEXT NOT NULL,
        wrapped TEXT NOT NULL,
        CONSTRAINT pk_seal_key PRIMARY KEY (id),
        CONSTRAINT fk_seal_key_sealed_id FOREIGN KEY(sealed_id) REFERENCES sealed (id)
    )""",
    """CREATE TABLE removal (
        id TEXT NOT NULL,
        person_id TEXT NOT NULL,
        why TEXT NOT NULL,
        removed_by TEXT NOT NULL,
        removed_at BIGINT,
        returned_at BIGINT,
        CONSTRAINT pk_removal PRIMARY KEY (id),
        CONSTRAINT fk_removal_person_id FOREIGN KEY(person_id) REFERENCES person (id)
    )""",
    """CREATE TABLE erasure (
        id TEXT NOT NULL,
        subject_id TEXT NOT NULL,
        why TEXT NOT NULL,
        asked_by TEXT NOT NULL,
        asked_at BIGINT,
        agreed_by TEXT NOT NULL,
        agreed_at BIGINT,
        done_at BIGINT,
        CONSTRAINT pk_erasure PRIMARY KEY (id)
    )""",
)
WIDER_TABLES = {
    "vault_user": """CREATE TABLE wider_vault_user (
        id TEXT NOT NULL,
        name TEXT NOT NULL,
        role TEXT NOT NULL,
        left_on DATE,
        one_time BOOLEAN NOT NULL,
        CONSTRAINT pk_vault_user PRIMARY KEY (id),
        CONSTRAINT uq_vault_user_name UNIQUE (name)
    )""",
}
INDEXES = (
    "CREATE INDEX ix_sealed_person_id ON sealed (person_id)",
    "CREATE INDEX ix_seal_key_sealed_id ON seal_key (sealed_id)",
    "CREATE INDEX ix_seal_key_holder_id ON seal_key (holder_id)",
    "CREATE INDEX ix_removal_person_id ON removal (person_id)",
)
# Whoever made the vault was its first supervisor: from now on the head of office.
HEAD = "UPDATE vault_user SET role = 'head' WHERE id = (SELECT min(id) FROM vault_user WHERE role = 'supervisor')"


def upgrade() -> None:
    """Make the new tables and columns, and the first supervisor head of office."""
    for statement in NEW_TABLES:
        op.execute(statement)
    op.execute("ALTER TABLE protection_case ADD COLUMN closed_on DATE")
    op.execute(WIDER_TABLES["vault_user"])
    op.execute("INSERT INTO wider_vault_user SELECT id, name, role, left_on, 0 FROM vault_user")
    op.execute("DROP TABLE vault_user")
    op.execute("ALTER TABLE wider_vault_user RENAME TO vault_user")
    for statement in (*INDEXES, HEAD):
        op.execute(statement)
