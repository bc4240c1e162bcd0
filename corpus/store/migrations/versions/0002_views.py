"""Views for those who ask the store in SQL, or look at it with Datasette."""

from alembic import op

revision = "0002"
down_revision = "0001"

_VIEWS = {
    # Plans and reports that no later version of the same report replaced, with what was found in each.
    "current_documents": """
        SELECT d.*,
          (SELECT count(*) FROM indicators i WHERE i.document_id = d.id) AS indicators,
          (SELECT count(*) FROM findings f WHERE f.document_id = d.id AND f.severity = 'error') AS errors,
          (SELECT count(*) FROM findings f WHERE f.document_id = d.id AND f.severity = 'warning') AS warnings,
          (SELECT count(*) FROM redactions r WHERE r.document_id = d.id) AS redactions
        FROM documents d WHERE d.replaced_by IS NULL AND d.state IN ('done', 'partial')""",
    # What was to be done and what was done, one row for each action, without headings, totals and repetitions.
    "execution": """
        SELECT d.document, d.institution_printed, i.institution, i.year, i.sequence, i.kind, i.code, i.name, i.lead_unit,
          i.objective_code, i.unit_of_measure, i.annual_target, i.period_start, i.period_end, i.period_target, i.actual,
          i.percent_published, i.class_published, i.confidence, i.page, i.line
        FROM indicators i JOIN documents d ON d.id = i.document_id
        WHERE d.replaced_by IS NULL AND i.kind NOT IN ('heading', 'total') AND NOT i.restated""",
    "measures_with_rows": """
        SELECT d.document, i.institution, i.year, i.code, i.name, i.kind, m.sequence, m.measure, m.period_start, m.period_end, m.basis,
          m.value, m.printed, m.unit, m.operator, m.state, i.confidence, m.page, m.line
        FROM measures m JOIN documents d ON d.id = m.document_id
          JOIN indicators i ON i.document_id = m.document_id AND i.sequence = m.sequence
        WHERE d.replaced_by IS NULL""",
    "findings_with_rows": """
        SELECT d.document, d.institution, d.year, f.severity, f.rule, f.outcome, f.message, f.published, f.expected, f.sequence, i.code,
          i.name, i.lead_unit, f.page, f.line, f.evidence, f.finding
        FROM findings f JOIN documents d ON d.id = f.document_id
          LEFT JOIN indicators i ON i.document_id = f.document_id AND i.sequence = f.sequence
        WHERE d.replaced_by IS NULL""",
    # Which action goes on from which, in the same year or an earlier one.
    "linked_actions": """
        SELECT l.institution, l.earlier_year, e.document AS earlier_document, b.code AS earlier_code, b.name AS earlier_name, l.year,
          d.document, a.code, a.name, l.score, l.by_what, l.state
        FROM links l JOIN documents d ON d.id = l.document_id JOIN documents e ON e.id = l.earlier_document_id
          JOIN indicators a ON a.document_id = l.document_id AND a.sequence = l.sequence
          JOIN indicators b ON b.document_id = l.earlier_document_id AND b.sequence = l.earlier_sequence""",
    # What people said, and what became of it on each document.
    "corrections": """
        SELECT d.document, e.id AS entry, e.kind, e.author, e.at, e.reason, a.state, a.sequence, e.field, e.measure, e.printed, e.old,
          e.new, e.new_state, e.finding, e.verdict, a.read
        FROM applications a JOIN entries e ON e.id = a.entry_id JOIN documents d ON d.id = a.document_id""",
    # What could not be read, and where nothing was found.
    "unread": """
        SELECT d.document AS what, d.state, d.reason, d.message FROM documents d WHERE d.state NOT IN ('done', 'partial')
        UNION ALL SELECT s.address, 'unreachable', s.reason, s.message FROM sources s WHERE s.document_id IS NULL""",
}


def upgrade() -> None:
    for name, query in _VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {query}")
