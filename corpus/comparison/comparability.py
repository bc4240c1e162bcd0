"""What makes the lines of a comparison not comparable, each with the lines that it sets apart; and the measure they best share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from html import escape
from typing import TYPE_CHECKING

from ...schema.errors import DataFileError
from ...schema.language import Text, number, printable
from .lines import BASES, Basis, Line

if TYPE_CHECKING:
    import pandas

_FEW_EVALUABLE = 80.0
"""Percent of the due rows: where more than one in five cannot be evaluated, these may turn the mean round."""
_DOUBTFUL = 5.0
"""Percent of the rows with doubtful figures from which a mean is itself in doubt by about as many points."""
_TWICE = 25.0
"""Percent of the rows that stand in two sections from which the document holds two reports of one list, as the rules of repeats have it."""
_FEW_ROWS = 10
"""Rows below which one row moves the mean by ten points or more."""


_DTYPES = {"str": "string", "int": "Int64", "float": "Float64", "date": "datetime64[s]"}
"""The types of a frame's columns by those of a line, so that they do not depend on which figures are known."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Why lines cannot be compared in some respect: what it is, and which lines have which of it (indices of the comparison)."""

    id: str
    text: Text
    groups: tuple[tuple[Text, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Lines with the basis on which they are held against each other, and what stands against it.

    ``basis_asked`` is false where it was chosen for these lines: among others they may be measured on another.
    """

    lines: tuple[Line, ...]
    basis: Basis
    differences: tuple[Difference, ...]
    basis_asked: bool = True

    def to_frame(self) -> pandas.DataFrame:
        """One row for each line, with its measures."""
        import pandas

        rows = [{f.name: getattr(x, f.name) for f in fields(Line)} | {"share_evaluable": x.share_evaluable} for x in self.lines]
        frame = pandas.DataFrame(rows, columns=[*(f.name for f in fields(Line)), "share_evaluable"], dtype=object)
        types = {f.name: _DTYPES.get(str(f.type).removesuffix(" | None")) for f in fields(Line)} | {"share_evaluable": "Float64"}
        return frame.astype({name: kind for name, kind in types.items() if kind})

    def _repr_html_(self) -> str:
        """How a notebook shows it: what sets the lines apart, then their measures."""
        names = labels(self.lines)
        said = "".join(
            f"<li>{escape(d.text.es)}<br>{'; '.join(f'{escape(v.es)}: {escape(named(which, names))}' for v, which in d.groups)}</li>"
            for d in self.differences
        )
        frame = self.to_frame()[
            ["institution", "year", "rows", "met", "partly", "not_met", f"execution_{self.basis}_capped", "mean_percent"]
        ]
        return f"<ul>{said}</ul>{frame.to_html(index=False, na_rep='', float_format=lambda value: f'{value:.1f}')}"


def compare(lines: Sequence[Line], basis: Basis | None = None) -> Comparison:
    """The comparison of some reports on a basis, or on the one that most of them have figures for. Raises DataFileError for another one."""
    if basis is not None and basis not in BASES:
        raise DataFileError(_NO_SUCH_BASIS.format(basis=printable(str(basis), 40), bases=", ".join(BASES)))
    chosen = basis or max(BASES, key=lambda b: (sum(x.execution(b, True) is not None for x in lines), -BASES.index(b)))
    found = [d for check in _CHECKS for d in [check(lines)] if d is not None]
    without = tuple(n for n, x in enumerate(lines) if x.execution(chosen, True) is None)
    if without:
        found.append(Difference("basis", _NO_BASIS, ((_BASES[chosen], without),)))
    return Comparison(tuple(lines), chosen, tuple(found), basis is not None)


BASIS_CHOSEN = Text(
    "Esa meta se eligió porque la permiten más de estas líneas; junto a otras, la misma línea puede medirse contra otra (--basis la fija).",
    "Most of these lines allow that target, so it was chosen; beside others a line may be measured against another (--basis fixes it).",
)


def _apart(identity: str, text: Text, lines: Sequence[Line], key: Callable[[Line], Text | None]) -> Difference | None:
    """A difference where the lines that have a key have more than one."""
    groups: dict[Text, list[int]] = {}
    for n, line in enumerate(lines):
        if (value := key(line)) is not None:
            groups.setdefault(value, []).append(n)
    return Difference(identity, text, tuple((k, tuple(v)) for k, v in groups.items())) if len(groups) > 1 else None


def _flagged(identity: str, text: Text, lines: Sequence[Line], key: Callable[[Line], Text | None]) -> Difference | None:
    """A difference of each line that has a key."""
    groups = tuple((value, (n,)) for n, line in enumerate(lines) if (value := key(line)) is not None)
    return Difference(identity, text, groups) if groups else None


def _period(lines: Sequence[Line]) -> Difference | None:
    return _apart("period", _PERIOD, lines, lambda x: _same(f"{x.months[0]:02}–{x.months[1]:02}") if x.months else _UNKNOWN)


def _formula(lines: Sequence[Line]) -> Difference | None:
    def key(line: Line) -> Text | None:
        if line.mean_percent is None:
            return None
        if not line.formula_basis:
            return _NO_FORMULA
        parts = (_BASES.get(line.formula_basis), _ROUNDINGS.get(line.formula_rounding), _QUOTIENTS.get(line.formula_quotient))
        known = [p for p in parts if p is not None]
        return Text(", ".join(p.es for p in known), ", ".join(p.en for p in known))

    return _apart("formula", _FORMULA, lines, key)


def _cap(lines: Sequence[Line]) -> Difference | None:
    def key(line: Line) -> Text | None:
        cap = line.formula_cap if line.formula_cap is not None else line.percent_cap
        if line.mean_percent is None:
            return None
        return _UNCAPPED if cap is None else Text(f"tope de {number(cap)} %", f"capped at {number(cap)}%")

    return _apart("cap", _CAP, lines, key)


def _limits(lines: Sequence[Line]) -> Difference | None:
    return _apart("limits", _LIMITS, lines, lambda x: (_same(x.limits) if x.limits else _NO_LIMITS) if x.classes else None)


def _kinds(lines: Sequence[Line]) -> Difference | None:
    """By what most of the rows name: a plan of actions and one of results do not measure the same thing."""
    return _apart("kinds", _KINDS, lines, lambda x: _KIND.get(max(x.kinds, key=lambda k: x.kinds[k])) if x.kinds else None)


def _evaluable(lines: Sequence[Line]) -> Difference | None:
    def key(line: Line) -> Text | None:
        share = line.share_evaluable
        return _percent(share) if share is not None and share < _FEW_EVALUABLE else None

    return _flagged("evaluable", _EVALUABLE, lines, key)


def _few(lines: Sequence[Line]) -> Difference | None:
    return _flagged(
        "few", _FEW, lines, lambda x: _same(str(x.with_actual)) if x.with_actual is not None and x.with_actual < _FEW_ROWS else None
    )


def _twice(lines: Sequence[Line]) -> Difference | None:
    def key(line: Line) -> Text | None:
        if not line.rows or 100 * line.twice / line.rows < _TWICE:
            return None
        return Text(f"{line.twice} de {line.rows} filas", f"{line.twice} of {line.rows} rows")

    return _flagged("twice", _PRINTED_TWICE, lines, key)


def _reading(lines: Sequence[Line]) -> Difference | None:
    def key(line: Line) -> Text | None:
        share = 100 * line.doubtful / line.rows if line.rows else 0.0
        said: list[Text] = []
        if line.state == "partial":
            said.append(Text("leído en parte", "read in part"))
        if line.recognised:
            said.append(Text("texto reconocido en imágenes", "text recognised in pictures"))
        if share > _DOUBTFUL:
            said.append(
                Text(
                    f"{number(round(share, 1))} % de filas con cifras dudosas", f"{number(round(share, 1))}% of rows with doubtful figures"
                )
            )
        return Text(", ".join(s.es for s in said), ", ".join(s.en for s in said)) if said else None

    return _flagged("reading", _READING, lines, key)


def _parts(lines: Sequence[Line]) -> Difference | None:
    return _flagged("parts", _PARTS, lines, lambda x: _same(", ".join(printable(n, 60) for n in x.beside)) if x.beside else None)


_CHECKS = (_period, _formula, _cap, _limits, _kinds, _evaluable, _few, _parts, _twice, _reading)


def _same(text: str) -> Text:
    return Text(text, text)


def _percent(share: float) -> Text:
    return Text(f"{number(round(share, 1))} %", f"{number(round(share, 1))}%")


def labels(lines: Sequence[Line]) -> list[str]:
    """A short name of each line: its institution and year; where several have these, its period; where they have that too, its document."""
    names = [f"{x.institution or x.document} {x.year or ''}".strip() for x in lines]
    for more in (_until, lambda x: x.document):
        count = Counter(names)
        names = [f"{n} ({more(x)})" if count[n] > 1 else n for n, x in zip(names, lines, strict=True)]
    return names


def _until(line: Line) -> str:
    return f"{line.months[0]:02}–{line.months[1]:02}" if line.months else line.document


def named(groups: Iterable[int], names: Sequence[str]) -> str:
    return ", ".join(names[n] for n in groups)


_UNKNOWN = Text("sin período", "no period")
_NO_FORMULA = Text("ninguna fórmula conocida los reproduce", "no known formula reproduces them")
_UNCAPPED = Text("sin tope", "uncapped")
_NO_LIMITS = Text("no los declara", "not stated")
_BASES = {
    "cumulative": Text("contra la meta acumulada", "against the cumulative target"),
    "annual": Text("contra la meta del año", "against the target of the year"),
    "period": Text("contra la meta del período", "against the target of the period"),
}
_ROUNDINGS = {
    "half_up": Text("redondeo usual", "rounded half up"),
    "half_even": Text("redondeo al par", "rounded half to even"),
    "down": Text("truncado", "cut off"),
    "up": Text("redondeo hacia arriba", "rounded up"),
}
_QUOTIENTS = {
    "inverse": Text("meta entre resultado", "target over actual"),
    "mirror": Text("2 menos resultado entre meta", "2 minus actual over target"),
}
_KIND = {
    "action": Text("acciones", "actions"),
    "result_indicator": Text("indicadores de resultado", "result indicators"),
    "production_indicator": Text("indicadores de producción", "production indicators"),
    "indicator": Text("indicadores", "indicators"),
    "product": Text("productos", "products"),
}
_PERIOD = Text(
    "Informan de meses distintos: lo acumulado a junio no se compara con lo de todo el año.",
    "They report different months: what is accumulated to June is not comparable with a whole year.",
)
_FORMULA = Text(
    "Calculan de otro modo el porcentaje que publican; compare la ejecución que veedor recalcula igual para todos.",
    "They compute the percentages they publish in different ways; compare the execution that veedor recomputes alike for all.",
)
_CAP = Text("Topan de otro modo los porcentajes que publican.", "They cap the percentages they publish differently.")
_LIMITS = Text(
    "Sus clases (semáforo) tienen límites distintos: el mismo color no dice lo mismo.",
    "Their classes (traffic light) have different limits: the same colour does not say the same.",
)
_KINDS = Text("La mayoría de sus filas mide cosas distintas.", "Most of their rows measure different things.")
_EVALUABLE = Text(
    "De lo que vencía se puede evaluar menos de cuatro quintos: la media habla solo de esa parte.",
    "Less than four fifths of what was due can be evaluated: the mean speaks of that part only.",
)
_FEW = Text("Pocas filas con resultado: una sola mueve mucho la media.", "Few rows with results: a single one moves the mean much.")
_PARTS = Text(
    "Otros documentos del año llegan al mismo día y no son versiones de este: la línea quizá habla de una parte (con --every salen todos).",
    "Other documents of the year reach to the same day and are no versions of this one: the line may speak of a part (--every shows all).",
)
_PRINTED_TWICE = Text(
    "El documento imprime filas en dos secciones con el mismo código y nombre (quizá dos informes en un archivo): cuentan dos veces.",
    "The document prints rows in two sections under one code and name (two reports in one file, maybe): they count twice.",
)
_READING = Text("La lectura misma no es del todo segura.", "The reading itself is not wholly certain.")
_NO_SUCH_BASIS = Text(
    "No hay una base «{basis}» para comparar. Las que hay: {bases}.", "There is no basis “{basis}” to compare on. There are: {bases}."
)
_NO_BASIS = Text("No tienen con qué calcular la medida común.", "They have nothing to compute the common measure from.")
