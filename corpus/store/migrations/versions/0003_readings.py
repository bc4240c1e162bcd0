"""What the last reading gave stays current while a document waits to be read again; addresses keep no secrets."""

import sqlalchemy as sa
from alembic import context, op

revision = "0003"
down_revision = "0002"

_UNKNOWN = "Espera otra lectura; de la anterior no consta si algo no se leyó."
_READ = "d.replaced_by IS NULL AND EXISTS (SELECT 1 FROM readings r WHERE r.document_id = d.id)"
_VIEWS = {
    # Plans and reports that no later version of the same report replaced, with what was found in each. One that waits to be read again,
    # or could not be, stands here with what was read of it before.
    "current_documents": f"""
        SELECT d.*,
          (SELECT count(*) FROM indicators i WHERE i.document_id = d.id) AS indicators,
          (SELECT count(*) FROM findings f WHERE f.document_id = d.id AND f.severity = 'error') AS errors,
          (SELECT count(*) FROM findings f WHERE f.document_id = d.id AND f.severity = 'warning') AS warnings,
          (SELECT count(*) FROM redactions r WHERE r.document_id = d.id) AS redactions
        FROM documents d WHERE {_READ}""",
}


def upgrade() -> None:
    # How the reading ended that gave the rows: the document's own state is that of the newest try, or that it waits for one.
    op.add_column("readings", sa.Column("state", sa.Text(), nullable=False, server_default=""))
    op.add_column("readings", sa.Column("message", sa.Text(), nullable=False, server_default=""))
    of_document = "(SELECT d.{0} FROM documents d WHERE d.id = readings.document_id AND d.state IN ('done', 'partial'))"
    op.execute(
        f"UPDATE readings SET state = coalesce({of_document.format('state')}, 'partial'), "
        f"message = coalesce({of_document.format('message')}, '{_UNKNOWN}')"
    )
    for name, query in _VIEWS.items():
        op.execute(f"DROP VIEW {name}")
        op.execute(f"CREATE VIEW {name} AS {query}")
    _hide_secrets()


def _hide_secrets() -> None:
    connection, public = op.get_bind(), context.config.attributes["public"]
    sources = sa.table("sources", sa.column("id"), sa.column("address"), sa.column("document_id"), sa.column("message"))
    kept: dict[tuple[str, int | None], int] = {}
    rows = connection.execute(sa.select(sources).order_by(sources.c.id)).all()
    for row in rows:
        if kept.setdefault((public(row.address), row.document_id), row.id) != row.id:  # the same place, named with another secret
            connection.execute(sources.delete().where(sources.c.id == row.id))
    for row in rows:
        address, message = public(row.address), public(row.message)
        if (address, message) != (row.address, row.message):
            connection.execute(sources.update().where(sources.c.id == row.id).values(address=address, message=message))
