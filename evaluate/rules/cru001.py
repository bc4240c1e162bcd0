"""CRU001: a row of a justification table prints other figures than the row that it repeats."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Indicator
from ..engine import Check, Rule
from ..needs import RESTATED
from ..repeats import differences, figure, printed
from ..same_action import KINDS
from ..subject import Subject, where


def check(subject: Subject) -> Iterator[Check]:
    owners = _by_figures(subject)
    for repeat in subject.repeats:
        row, own = repeat.row, repeat.own
        if own is None:
            continue
        different = differences(row, own)
        if not different:
            doubtful = [k for k in KINDS if (q := figure(row, k)) is not None and q.value is not None and not q.known]
            yield Check(Outcome.CANNOT_EVALUATE if doubtful else Outcome.HOLDS, row, _DOUBTFUL if doubtful else Text("", ""))
            continue
        if not repeat.certain:
            yield Check(Outcome.CANNOT_EVALUATE, row, _WHICH)
            continue
        kinds = [kind for kind, _, _ in different]
        told = Text(
            "; ".join(f"{KINDS[k].es} {a.printed} en lugar de {b.printed}" for k, a, b in different),
            "; ".join(f"{KINDS[k].en} {a.printed} instead of {b.printed}" for k, a, b in different),
        )
        other = next((o for o in owners.get(_figures(row), ()) if o.sequence != own.sequence), None)
        whose = _WHOSE.format(name=other.name[:80], where=where(other)) if other else Text("", "")
        message = Text(_FAILS.es.format(told=told.es) + whose.es, _FAILS.en.format(told=told.en) + whose.en)
        # The figures of a row whose reading is in doubt condemn nothing.
        severity = Severity.WARNING if own.confidence in ("ambiguous", "illegible") else None
        evidence = f"{where(row)}: {printed(row)} ≠ {where(own)} ({own.name[:60]}): {printed(own)}"
        yield Check(Outcome.FAILS, row, message, printed(row, kinds), printed(own, kinds), evidence, severity)


def _figures(row: Indicator) -> tuple[float | None, ...]:
    return tuple(q.value if (q := figure(row, kind)) is not None else None for kind in KINDS)


def _by_figures(subject: Subject) -> dict[tuple[float | None, ...], list[Indicator]]:
    """The rows by their figures, where they print two or more that are not zero."""
    found: dict[tuple[float | None, ...], list[Indicator]] = {}
    for row in subject.own_rows:
        if len([v for v in _figures(row) if v]) >= 2:
            found.setdefault(_figures(row), []).append(row)
    return found


_FAILS = Text(
    "La fila de justificación repite otra fila con cifras que no son las de su tabla: {told}.",
    "The row of the justification table repeats another one with figures that are not those of its table: {told}.",
)
_WHOSE = Text(" Son las cifras de «{name}» ({where}).", " They are the figures of “{name}” ({where}).")
_DOUBTFUL = Text("No se puede comparar: alguna cifra de la fila es dudosa.", "Cannot be compared: some figure of the row is doubtful.")
_WHICH = Text(
    "No se puede comparar: más de una fila puede ser la que esta repite, y sus cifras no son iguales.",
    "Cannot be compared: more than one row may be the one that this repeats, and their figures are not equal.",
)

RULE = Rule(
    id="CRU001",
    severity=Severity.ERROR,
    title=Text("La justificación repite las cifras de su tabla", "The justification repeats the figures of its table"),
    why=Text(
        "Quien justifica un resultado con las cifras de otro explica lo que no pasó; y no se sabe cuál de las dos tablas vale.",
        "Who justifies a result with the figures of another explains what did not happen; and nobody knows which table holds.",
    ),
    basis=Text(
        "La fila de la tabla de justificación contra la fila de igual nombre en la tabla de su clase: meta, resultado y porcentaje",
        "The row of the justification table against the row of the same name in the table of its class: target, actual, percentage",
    ),
    example=Text(
        "«Control médico» con 28,864 / 22,171 / 77 % en su tabla y 56,357 / 33,009 / 59 % en la justificación.",
        "“Control médico” with 28,864 / 22,171 / 77 % in its table and 56,357 / 33,009 / 59 % in the justification.",
    ),
    check=check,
    needs=(RESTATED,),
)
