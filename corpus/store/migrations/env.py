"""Runs migrations inside the transaction that opens a store."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
