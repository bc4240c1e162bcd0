"""FOR012: the percentages of one kind of table are printed partly with decimals and partly rounded to whole numbers."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ...schema.plan import Kind
from ..engine import Check, Rule
from ..formula import Percentage
from ..needs import PERCENTAGES
from ..subject import Subject, where
from ..wordings import load

_MOST_SHOWN = 12


def check(subject: Subject) -> Iterator[Check]:
    by_kind: dict[Kind, list[Percentage]] = {}
    for p in subject.percentages:
        if p.percent.quantity.known and not p.row.restated and p.row.kind is not Kind.TOTAL:
            by_kind.setdefault(p.row.kind, []).append(p)
    least = load("form")["decimals"]["least"]
    for printed in by_kind.values():
        fine = [p for p in printed if p.percent.quantity.decimals]
        whole = [p for p in printed if not p.percent.quantity.decimals]
        if len(fine) < least or len(whole) < least:
            yield Check(Outcome.HOLDS, printed[0].row)
            continue
        exact = [(p, value) for p in whole if (value := _exact(subject, p)) is not None]
        # 100 beside 83.33 is exact; 99 for 99.13 beside 95.1 is another rounding.
        rounded = [p for p, value in exact if value != round(value) and abs(value - (p.percent.quantity.value or 0.0)) < 1]
        if not exact:
            yield Check(Outcome.CANNOT_EVALUATE, fine[0].row, _UNKNOWN)
        elif len(rounded) < least:
            yield Check(Outcome.HOLDS, printed[0].row)
        else:
            few, how = (fine, _FINE) if len(fine) <= len(whole) else (rounded, _WHOLE)
            message = how.format(few=len(few), all=len(printed), rounded=len(rounded), fine=len(fine))
            found_at = list(dict.fromkeys(f"{_at(p)} {p.percent.quantity.printed}" for p in few))
            shown = ", ".join(found_at[:_MOST_SHOWN]) + "…" * (len(found_at) > _MOST_SHOWN)
            other = (rounded if few is fine else fine)[0]
            published = "; ".join(dict.fromkeys(p.percent.quantity.printed for p in few[:_MOST_SHOWN]))
            yield Check(Outcome.FAILS, few[0].row, message, published, "", f"{shown} / {_at(other)} {other.percent.quantity.printed}")


def _exact(subject: Subject, percentage: Percentage) -> float | None:
    basis = subject.basis_of(percentage)
    return percentage.exact(basis) if basis else None


def _at(percentage: Percentage) -> str:
    return where(percentage.row).rsplit(" · ", 1)[-1]


_FINE = Text(
    "{few} de {all} porcentajes de estas tablas se imprimen con decimales; los demás sin ellos, aunque {rounded} están redondeados.",
    "{few} of {all} percentages of these tables are printed with decimals; the others without, although {rounded} of them are rounded.",
)
_WHOLE = Text(
    "{few} de {all} porcentajes de estas tablas se imprimen redondeados a enteros; otros {fine}, con decimales.",
    "{few} of {all} percentages of these tables are printed rounded to whole numbers; {fine} others with decimals.",
)
_UNKNOWN = Text(
    "Unos porcentajes tienen decimales y otros no; sin metas y resultados ciertos no se sabe si los enteros están redondeados.",
    "Some percentages have decimals, others have not; without certain targets and actuals nobody knows whether the whole ones are rounded.",
)

RULE = Rule(
    id="FOR012",
    severity=Severity.NOTE,
    title=Text("Porcentajes con y sin decimales", "Percentages with and without decimals"),
    why=Text(
        "Un 99 redondeado y un 99.1 no se comparan igual con un límite de clase ni entre sí.",
        "A rounded 99 and a 99.1 do not compare alike with a class limit, nor with each other.",
    ),
    basis=Text(
        "Porcentajes de un mismo tipo de fila: tres o más con decimales y tres o más enteros que su cuenta no da exactos; los enteros "
        "exactos (100 junto a 83.33) no cuentan",
        "Percentages of one kind of row: three or more with decimals, and three or more whole ones that are not exact; exact whole ones "
        "(100 beside 83.33) do not count",
    ),
    example=Text(
        "100.0 %, 120.3 % y 95.1 % junto a 99 % (99.13) y 93 % (92.88).",
        "100.0 %, 120.3 % and 95.1 % beside 99 % (99.13) and 93 % (92.88).",
    ),
    check=check,
    needs=(PERCENTAGES,),
)
