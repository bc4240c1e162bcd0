"""Texts of the report in Spanish and English: headings, columns, and the words for each state, class of row and period."""

from __future__ import annotations

from collections.abc import Mapping

from ..schema.finding import Outcome, Severity
from ..schema.language import Language, Text
from ..schema.plan import Basis, Confidence, Kind, Level, MeasureKind
from ..schema.quantity import State

WORDS: dict[str, Text] = {
    # what the document is
    "document": Text("Documento", "Document"),
    "file": Text("Archivo", "File"),
    "institution": Text("Institución", "Institution"),
    "year": Text("Año", "Year"),
    "period": Text("Período informado", "Reported period"),
    "pictured": Text("Leído en imágenes", "Read in pictures"),
    "incomplete": Text("Lectura incompleta", "Incomplete reading"),
    "extent": Text("Extensión", "Extent"),
    "pages_of": Text("{count:página|páginas}", "{count:page|pages}"),
    "lines_of": Text("{count:línea|líneas}", "{count:line|lines}"),
    "tables_of": Text("{count:tabla|tablas}", "{count:table|tables}"),
    "contents": Text("Contenido", "Contents"),
    # how far it can be trusted
    "found": Text("Hallazgos por gravedad", "Findings by severity"),
    "trust": Text("Hasta dónde se puede confiar", "How far it can be trusted"),
    "kinds": Text("Qué contiene", "What it contains"),
    "restated_rows": Text("filas que repiten otra ya informada", "rows that repeat one already reported"),
    "certainty": Text("Seguridad de la lectura", "Certainty of the reading"),
    "certainty_of": Text(
        "De {count:fila|filas} con cifras, {checked:está comprobada|están comprobadas} ({share} %).",
        "Of {count:row|rows} with figures, {checked:is|are} checked ({share}%).",
    ),
    "formula": Text("Cómo calcula su porcentaje", "How it computes its percentage"),
    "formula_is": Text(
        "El documento calcula su % como {basis}, {rounding}, {cap}; reproduce {matched} de {evaluable:fila|filas}.",
        "The document computes its % as {basis}, {rounding}, {cap}; this reproduces {matched} of {evaluable:row|rows}.",
    ),
    "formula_without": Text("Filas sin meta para ese cálculo: {count}.", "Rows without a target for that computation: {count}."),
    "formula_none": Text(
        "Publica porcentajes, pero ninguna fórmula conocida los reproduce.",
        "It publishes percentages, but no known formula reproduces them.",
    ),
    "no_cap": Text("sin tope", "without a cap"),
    "cap": Text("con tope de {cap} %", "capped at {cap}%"),
    "limits": Text("Límites de las clases", "Limits of the classes"),
    "limits_stated": Text("los declara el propio documento", "stated by the document itself"),
    "limits_source": Text("Fuente", "Source"),
    "limits_none": Text(
        "No consta ninguno: no se ha calculado ninguna clase.",
        "None is known: no class was computed.",
    ),
    "any_value": Text("cualquier valor", "any value"),
    "and": Text("y", "and"),
    "profile": Text("Perfil", "Profile"),
    "hash": Text("Huella del archivo (SHA-256)", "Hash of the file (SHA-256)"),
    # scorecard
    "scorecard": Text("Cumplimiento", "Scorecard"),
    "scope": Text("Ámbito", "Scope"),
    "rows": Text("Filas", "Rows"),
    "with_target": Text("Con meta", "With target"),
    "with_actual": Text("Con dato", "With result"),
    "met": Text("Cumplida", "Met"),
    "partly": Text("Parcial", "Partly"),
    "not_met": Text("No cumplida", "Not met"),
    "not_due": Text("Aún no vence", "Not due"),
    "not_evaluable": Text("No evaluable", "Not evaluable"),
    "with_observation": Text("Con observación", "With remark"),
    "mean_percent": Text("% medio", "Mean %"),
    "against": Text("Cada fila contra su propia meta", "Each row against its own target"),
    "against_note": Text(
        "Lo que veedor calcula igual para todos, sean cuales sean las clases del documento.",
        "What veedor computes alike for all, whatever the classes of the document.",
    ),
    "share": Text("Reparto", "Share"),
    "quarters": Text("Avance por trimestre", "Progress by quarter"),
    "quarters_note": Text(
        "Meta y resultado acumulados al cierre de cada trimestre, en % de la meta anual: media simple de las mismas filas para ambos. Solo "
        "filas cuyos trimestres suman su meta anual.",
        "Target and actual accumulated at the end of each quarter, in % of the annual target: plain mean of the same rows for both. Only "
        "rows whose quarters add up to their annual target.",
    ),
    "q": Text("T", "Q"),
    "quarter": Text("Trimestre", "Quarter"),
    "planned": Text("Meta", "Target"),
    "done": Text("Ejecutado", "Actual"),
    "bins": Text("Filas según su ejecución", "Rows by their execution"),
    "bins_published": Text("Según el % que el documento publica.", "By the % that the document publishes."),
    "bins_computed": Text(
        "El documento no publica %: resultado ÷ meta del mismo período, calculado por veedor.",
        "The document publishes no %: actual ÷ target of the same period, computed by veedor.",
    ),
    "execution": Text("Ejecución", "Execution"),
    "classes": Text("Clases publicadas por unidad y por objetivo", "Published classes by unit and objective"),
    "classes_note": Text(
        "Cuántas filas lleva cada unidad y cada objetivo o perspectiva en cada clase que el documento les da.",
        "How many rows each unit and each objective or perspective has in each class that the document gives them.",
    ),
    "classes_left": Text("{count:grupo más no cabe|grupos más no caben}.", "{count:more group does not fit|more groups do not fit}."),
    # findings
    "findings": Text("Hallazgos", "Findings"),
    "checked": Text("Qué se comprobó, regla por regla", "What was checked, rule by rule"),
    "rule": Text("Regla", "Rule"),
    "rule_checks": Text("Qué comprueba", "What it checks"),
    "holds": Text("Se cumple", "Holds"),
    "fails": Text("Falla", "Fails"),
    "cannot_evaluate": Text("No se pudo evaluar", "Could not be evaluated"),
    "row": Text("fila", "row"),
    "published": Text("publicado", "published"),
    "expected": Text("esperado", "expected"),
    "evidence": Text("Cálculo y evidencia", "Arithmetic and evidence"),
    "rule_basis": Text("Fundamento", "Basis"),
    "rule_why": Text("Por qué importa", "Why it matters"),
    "accepted": Text("aceptado", "accepted"),
    "cut_area": Text("Recorte; se desplaza hacia los lados", "Cut-out; it scrolls sideways"),
    "cutout": Text("Recorte del documento, {place}: {subject}.", "Cut-out of the document, {place}: {subject}."),
    "excerpt": Text("Texto del documento, {place}", "Text of the document, {place}"),
    "marked": Text("Marcado: {texts}.", "Marked: {texts}."),
    "marks_are": Text(
        "En los recortes: marco continuo, lo que el hallazgo cita; discontinuo, cifras iguales a las de su cálculo; corchete, la fila. "
        "Lo tachado o tapado va cubierto de negro, entero, aunque en el documento se vea algo.",
        "In the cut-outs: solid frame, what the finding quotes; dashed, figures equal to those of its arithmetic; bracket, the row. "
        "What was struck out or covered is painted black, all of it, even where the document lets some of it be seen.",
    ),
    "marks_lines": Text(
        "Bajo cada hallazgo, las líneas del texto; va marcado lo que el hallazgo cita, salvo donde la línea lo repite.",
        "Under each finding the lines of the text; what the finding quotes is marked, except where the line has it more than once.",
    ),
    "lack": Text("Sin recorte", "No cut-out"),
    "lack_size": Text("por el tamaño del informe", "for the size of the report"),
    "lack_covers": Text("no se sabe todo lo que la página tapa", "what the page covers is not wholly known"),
    "lack_drawing": Text("la página no se pudo dibujar", "the page could not be drawn"),
    "lack_personal": Text("contiene un dato personal", "it holds a personal datum"),
    "cutouts_are": Text(
        "Recortes del documento: {shown:hallazgo muestra|hallazgos muestran} el suyo ({pictures:imagen|imágenes})",
        "Cut-outs of the document: {shown:finding shows its own|findings show theirs} ({pictures:picture|pictures})",
    ),
    "cutouts_lack": Text("Sin recorte, {reason}: {count}", "No cut-out, {reason}: {count}"),
    "personal": Text("(texto con un dato personal: véalo en el documento)", "(text with a personal datum: see it in the document)"),
    "more": Text("Mostrar {count} más", "Show {count} more"),
    "show_rules": Text("Reglas: {count}", "Rules: {count}"),
    # doubtful readings
    "doubts": Text("Lecturas dudosas", "Doubtful readings"),
    "doubts_note": Text(
        "Cifras que admiten dos lecturas o que no se pueden leer. Se usa la más probable y nunca se inventa una.",
        "Figures with two possible readings, or that cannot be read. The likelier one is used; none is ever invented.",
    ),
    "which_row": Text("Fila", "Row"),
    "figure": Text("Cifra", "Figure"),
    "printed": Text("Impreso", "Printed"),
    "readings": Text("Lecturas posibles", "Possible readings"),
    "whole_row": Text("la fila entera", "the whole row"),
    "or_else": Text("¿o {other}?", "or {other}?"),
    "either": Text("{value} (más probable) o {other}", "{value} (likelier) or {other}"),
    "diagnostics": Text("Avisos de la lectura", "Remarks on the reading"),
    # rows
    "all_rows": Text("Todas las filas", "All rows"),
    "sequence": Text("N.º", "No."),
    "code": Text("Código", "Code"),
    "name": Text("Nombre", "Name"),
    "unit": Text("Unidad de medida", "Unit of measure"),
    "annual_target": Text("Meta anual", "Annual target"),
    "q1": Text("T1", "Q1"),
    "q2": Text("T2", "Q2"),
    "q3": Text("T3", "Q3"),
    "q4": Text("T4", "Q4"),
    "period_target": Text("Meta del período", "Period target"),
    "actual": Text("Ejecutado", "Actual"),
    "percent": Text("%", "%"),
    "other_figures": Text("Otras cifras", "Other figures"),
    "unread": Text("Sin interpretar", "Not interpreted"),
    "class": Text("Clase", "Class"),
    "observation": Text("Observación", "Remark"),
    "place": Text("Lugar", "Place"),
    "confidence": Text("Lectura", "Reading"),
    "section": Text("Sección {number}:", "Section {number}:"),
    "restated": Text("repite otra fila", "repeats another row"),
    "withheld": Text("con partes reservadas", "partly withheld"),
    "total": Text("total", "total"),
    "legend": Text(
        "Vacío: la tabla no tiene esa columna. «–»: celda en blanco, que no es cero. «≈»: cifra con dos lecturas posibles. "
        "Los números llevan punto decimal y ninguna marca de miles.",
        "Empty: the table has no such column. “–”: blank cell, which is not zero. “≈”: figure with two possible readings. "
        "Numbers have a decimal point and no mark for thousands.",
    ),
    "scroll": Text("La tabla se desplaza hacia los lados.", "The table scrolls sideways."),
    # projects and redactions
    "projects": Text("Proyectos", "Projects"),
    "objectives": Text("Objetivos", "Objectives"),
    "results": Text("Resultados esperados", "Expected results"),
    "start": Text("Inicio", "Start"),
    "end": Text("Fin", "End"),
    "open_ended": Text("sin fecha de fin", "no end date"),
    "redactions": Text("Partes reservadas", "Withheld parts"),
    "kind": Text("Qué", "What"),
    "reason": Text("Motivo declarado", "Stated reason"),
    "no_reason": Text("ninguno", "none"),
    "basis": Text("Base legal", "Legal basis"),
    "withheld_from": Text("De qué", "From what"),
    # review
    "review": Text("Revisión", "Review"),
    "review_about": Text(
        "Lo que las personas revisaron en la colección y firmaron. La lectura original se conserva; «se leía» es lo que veedor leyó.",
        "What people reviewed in the collection and signed. The original reading is kept; “was read” is what veedor read.",
    ),
    "review_none": Text("No está aprobado.", "Not approved."),
    "review_approved": Text("Aprobado por {author} el {at}.", "Approved by {author} on {at}."),
    "review_changed": Text(
        "No está aprobado: cambió después de que {author} lo aprobara el {at}.",
        "Not approved: it changed since {author} approved it on {at}.",
    ),
    "review_open": Text(
        "{count:corrección no se aplica y se pregunta|correcciones no se aplican y se preguntan} de nuevo.",
        "{count:correction is|corrections are} not applied and asked again.",
    ),
    "review_past": Text(
        "{count:corrección ya no cuenta|correcciones ya no cuentan}: retiradas, reemplazadas o descartadas.",
        "{count:correction no longer counts|corrections no longer count}: withdrawn, replaced or dismissed.",
    ),
    "corrections": Text("Lo corregido", "What was corrected"),
    "no_corrections": Text("No hay correcciones.", "There are no corrections."),
    "verdicts": Text("Hallazgos aceptados o descartados", "Findings accepted or dismissed"),
    "what": Text("Qué", "What"),
    "was": Text("Se leía", "Was read"),
    "now": Text("Dice ahora", "Now says"),
    "author": Text("Quién", "Who"),
    "at": Text("Cuándo", "When"),
    "why": Text("Por qué", "Why"),
    "verdict": Text("Se dijo", "Verdict"),
    "finding": Text("Hallazgo", "Finding"),
    "corrected": Text("corregido", "corrected"),
    "corrected_legend": Text("«✎»: lo corrigió una persona; véase la revisión.", "“✎”: corrected by a person; see the review."),
    "no_pages": Text(
        "Este informe no muestra recortes: el documento no está en la colección ni en su dirección, o no se pudo leer de nuevo.",
        "This report shows no cut-outs: the document is neither in the corpus nor at its address, or could not be read again.",
    ),
    # method
    "method": Text("Método", "Method"),
    "method_is": Text(
        "Todo lo que aquí se lee sale de lo impreso en el documento, con la página o la línea donde está. Ninguna cifra publicada "
        "se corrige: donde no concuerda con las demás se dice. Lo que no se puede evaluar con certeza se declara así.",
        "Everything here comes from what the document prints, with the page or line where it stands. No published figure is corrected: "
        "where it disagrees with the others, this says so. What cannot be evaluated with certainty is stated as such.",
    ),
    "read_by": Text("Leído con {programs}.", "Read with {programs}."),
    "within": Text("Leído dentro de estos límites: {limits}.", "Read within these limits: {limits}."),
    "recognised": Text(
        "Texto reconocido en imágenes (OCR), páginas: {pages}. Compare sus cifras con la imagen antes de citarlas.",
        "Text recognised in pictures (OCR), pages: {pages}. Compare its figures with the picture before quoting them.",
    ),
    "report_of": Text("Informe de veedor sobre un documento publicado", "Report of veedor on a published document"),
    "about": Text(
        "veedor leyó el documento de abajo y comprobó si lo que publica se sostiene. Cada hallazgo dice dónde está, muestra el lugar, "
        "escribe el cálculo y cita en qué se funda. Un hallazgo no es una acusación: es una pregunta al documento.",
        "veedor read the document below and checked whether what it publishes holds. Each finding says where it stands, shows the place, "
        "writes out the arithmetic and cites what it rests on. A finding is no accusation: it is a question to the document.",
    ),
    "withheld_note": Text(
        "Lo que aquí consta como reservado no se leyó ni se muestra.",
        "What is listed here as withheld was not read and is not shown.",
    ),
    "skip": Text("Saltar al contenido", "Skip to the content"),
    "made_with": Text("Hecho con veedor {version}.", "Made with veedor {version}."),
}

KINDS: dict[Kind, Text] = {
    Kind.HEADING: Text("encabezados", "headings"),
    Kind.ACTION: Text("acciones", "actions"),
    Kind.RESULT_INDICATOR: Text("indicadores de resultado", "result indicators"),
    Kind.PRODUCTION_INDICATOR: Text("indicadores de producción", "production indicators"),
    Kind.INDICATOR: Text("indicadores (tipo no declarado)", "indicators (type not stated)"),
    Kind.PRODUCT: Text("productos", "products"),
    Kind.TOTAL: Text("totales", "totals"),
}

MEASURES: dict[MeasureKind, Text] = {
    MeasureKind.TARGET: Text("Meta", "Target"),
    MeasureKind.ACTUAL: Text("Ejecutado", "Actual"),
    MeasureKind.PERCENT: Text("%", "%"),
    MeasureKind.CLASS: Text("Clase", "Class"),
    MeasureKind.WEIGHT: Text("Peso", "Weight"),
    MeasureKind.WEIGHTED: Text("Avance ponderado", "Weighted progress"),
    MeasureKind.BASELINE: Text("Línea base", "Baseline"),
}

BASES: dict[Basis, Text] = {
    Basis.PERIOD: Text("", ""),
    Basis.CUMULATIVE: Text("acumulado", "cumulative"),
    Basis.ANNUAL: Text("anual", "annual"),
}

CONFIDENCES: dict[Confidence, tuple[str, Text, Text]] = {  # mark, word, meaning
    Confidence.CHECKED: (
        "",
        Text("comprobada", "checked"),
        Text("la aritmética de la fila o una segunda lectura las confirma", "the row's arithmetic or a second reading confirms them"),
    ),
    Confidence.READ: (
        "",
        Text("leída", "read"),
        Text("leídas sin duda, sin nada más que las confirme", "read without doubt, with nothing else to confirm them"),
    ),
    Confidence.AMBIGUOUS: (
        "≈",
        Text("dudosa", "ambiguous"),
        Text("alguna cifra admite dos lecturas", "some figure has two possible readings"),
    ),
    Confidence.ILLEGIBLE: (
        "✕",
        Text("ilegible", "illegible"),
        Text("alguna cifra no se puede leer", "some figure cannot be read"),
    ),
}

STATES: dict[State, Text] = {  # what a cell shows where it gives no number
    State.BLANK: Text("–", "–"),
    State.NOT_PROGRAMMED: Text("no programado", "not programmed"),
    State.NOT_REPORTED: Text("no informado", "not reported"),
    State.ILLEGIBLE: Text("ilegible", "illegible"),
    State.REDACTED: Text("reservado", "withheld"),
}

SEVERITIES: dict[Severity, tuple[Text, Text]] = {  # one, many
    Severity.ERROR: (Text("Error", "Error"), Text("Errores", "Errors")),
    Severity.WARNING: (Text("Aviso", "Warning"), Text("Avisos", "Warnings")),
    Severity.NOTE: (Text("Nota", "Note"), Text("Notas", "Notes")),
}

OUTCOMES: dict[Outcome, Text] = {
    Outcome.HOLDS: Text("se cumple", "holds"),
    Outcome.FAILS: Text("", ""),
    Outcome.CANNOT_EVALUATE: Text("no se pudo evaluar", "could not be evaluated"),
}

LEVELS: dict[Level, Text] = {Level.NOTE: Text("Nota", "Note"), Level.WARNING: Text("Aviso", "Warning")}

SCOPES: dict[str, Text] = {
    "document": Text("Todo el documento", "Whole document"),
    "section": Text("Por sección", "By section"),
    "unit": Text("Por unidad", "By unit"),
    "lead_unit": Text("Por unidad líder", "By lead unit"),
    "responsible_unit": Text("Por unidad responsable", "By responsible unit"),
    "objective": Text("Por objetivo", "By objective"),
    "kind": Text("Por tipo de fila", "By kind of row"),
}

REDACTIONS: dict[str, Text] = {
    "text": Text("texto", "text"),
    "cell": Text("celda", "cell"),
    "paragraph": Text("párrafo", "paragraph"),
    "image": Text("imagen", "image"),
}

FORMULA_BASES: dict[str, Text] = {
    "cumulative": Text("ejecutado ÷ meta acumulada hasta el período", "actual ÷ target accumulated to the period"),
    "period": Text("ejecutado ÷ meta del período", "actual ÷ target of the period"),
    "annual": Text("ejecutado ÷ meta anual", "actual ÷ annual target"),
}

ROUNDINGS: dict[str, Text] = {
    "half_up": Text("redondeado con la mitad hacia arriba", "rounded half up"),
    "half_even": Text("redondeado con la mitad al par", "rounded half to even"),
    "down": Text("truncado", "truncated"),
    "up": Text("redondeado hacia arriba", "rounded up"),
    "none": Text("sin redondear", "not rounded"),
}


def word(words: Mapping[str, Text], key: str, language: Language) -> str:
    """The word for a key, or the key itself where a third party adds one."""
    return words[key].get(language) if key in words else key


MONTHS: Text = Text(
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "January February March April May June July August September October November December",
)
