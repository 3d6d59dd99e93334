"""Runs migrations in process on the encrypted connection in `config.attributes`; never opens a store itself."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"], render_as_batch=True, transaction_per_migration=False
)
context.run_migrations()
