"""Reads the YAML files that people write into a model: every fault is named with its line and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from .data_files import LOADER
from .errors import DataFileError, system_said
from .language import Text, printable

Read = TypeVar("Read")
_SHOWN = 3
"""So many faults are named; the others mostly follow from them."""

_DEEPEST = 100
"""Levels of lists and pairs in a file that people write: the deepest of those that there are has six."""
_TOO_DEEP = Text("sus listas están anidadas en más de 100 niveles", "its lists are nested in more than 100 levels")

# What a fault of pydantic's is called: Spanish, English; what it says besides goes where the braces are.
_FAULTS = {
    "missing": ("falta este dato", "this is missing"),
    "extra_forbidden": ("este dato no existe: revise cómo se escribe", "there is no such entry: check its spelling"),
    "literal_error": ("«{input}» no es ninguno de: {expected}", "“{input}” is none of: {expected}"),
    "int_parsing": ("«{input}» no es un número entero", "“{input}” is no whole number"),
    "int_type": ("se esperaba un número entero", "a whole number is due here"),
    "float_parsing": ("«{input}» no es un número", "“{input}” is no number"),
    "float_type": ("se esperaba un número", "a number is due here"),
    "bool_parsing": ("se esperaba true o false", "true or false is due here"),
    "bool_type": ("se esperaba true o false", "true or false is due here"),
    "string_type": ("se esperaba un texto", "a text is due here"),
    "string_too_short": ("está en blanco o es muy corto", "this is blank or too short"),
    "date_type": ("se esperaba una fecha como 2024-05-31", "a date such as 2024-05-31 is due here"),
    "date_parsing": ("«{input}» no es una fecha como 2024-05-31", "“{input}” is no date such as 2024-05-31"),
    "date_from_datetime_parsing": ("«{input}» no es una fecha como 2024-05-31", "“{input}” is no date such as 2024-05-31"),
    "date_from_datetime_inexact": ("«{input}» no es una fecha como 2024-05-31", "“{input}” is no date such as 2024-05-31"),
    "tuple_type": ("se esperaba una lista", "a list is due here"),
    "list_type": ("se esperaba una lista", "a list is due here"),
    "dict_type": ("se esperaban pares «nombre: valor»", "pairs of “name: value” are due here"),
    "model_type": ("se esperaban pares «nombre: valor»", "pairs of “name: value” are due here"),
    "pattern_type": ("se esperaba una expresión regular", "a regular expression is due here"),
    "pattern_regex": ("«{input}» no es una expresión regular", "“{input}” is no regular expression"),
    "string_pattern_mismatch": ("«{input}» no tiene la forma debida ({pattern})", "“{input}” is not of the form due ({pattern})"),
}


def read_checked(path: Path, form: type[Read] | Any, what: Text, remedy: Text) -> Read:
    """The content of a YAML file as ``form`` (a pydantic model or type).

    Raises DataFileError with the line of each fault; ``what`` names the file ("El perfil"), ``remedy`` ends the message.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise _unusable(path, what, system_said(error), remedy) from None
    except UnicodeDecodeError as error:
        raise _unusable(path, what, Text(*[printable(" ".join(str(error).split()), 200)] * 2), remedy) from None
    return parse_checked(text, path, form, what, remedy)


def parse_checked(text: str, path: Path, form: type[Read] | Any, what: Text, remedy: Text) -> Read:
    """The same for text that stands, or is to stand, in the file ``path``."""
    try:
        if _depth(text) > _DEEPEST:
            raise _unusable(path, what, _TOO_DEEP, remedy)
        data = yaml.load(text, LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        said = printable(" ".join(str(error.problem or error.context or "").split()), 160)
        raise _unusable(path, what, Text(f"línea {line}: no es YAML ({said})", f"line {line}: no YAML ({said})"), remedy) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        said = printable(" ".join(str(error).split()), 160)
        raise _unusable(path, what, Text(f"no es YAML ({said})", f"no YAML ({said})"), remedy) from None
    try:
        return TypeAdapter(form).validate_python(data)
    except ValidationError as error:
        faults = [_fault(e, text) for e in error.errors(include_url=False)[:_SHOWN]]
        raise _unusable(path, what, Text("; ".join(f.es for f in faults), "; ".join(f.en for f in faults)), remedy) from None
    except RecursionError:
        raise _unusable(path, what, Text("sus datos se contienen a sí mismos", "its entries contain themselves"), remedy) from None


def _depth(text: str) -> int:
    """How deep lists and pairs are nested in a YAML text, told without nesting calls: what is loaded too deep ends the process."""
    depth = deepest = 0
    for event in yaml.parse(text, LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        deepest = max(deepest, depth)
        if deepest > _DEEPEST:
            break
    return deepest


def _unusable(path: Path, what: Text, detail: Text, remedy: Text) -> DataFileError:
    shown = printable(str(path), 120)
    return DataFileError(
        Text(f"{what.es} {shown} no se puede usar: {detail.es}. {remedy.es}", f"{what.en} {shown} cannot be used: {detail.en}. {remedy.en}")
    )


def _fault(error: Any, text: str) -> Text:
    """One fault with its line and the names that lead to it: "línea 12, tables.role: …"."""
    line, said = line_of(text, error["loc"]), fault_of(error)
    return Text(f"línea {line}: {said.es}", f"line {line}: {said.en}")


def fault_of(error: Any) -> Text:
    """One of the errors of a pydantic.ValidationError as a person reads it."""
    given = error.get("input")
    shown = {
        "input": printable(str(given), 60) if not isinstance(given, (dict, list)) else "…",
        "expected": str(error.get("ctx", {}).get("expected", "")).replace(" or ", ", ").replace("'", ""),
        "pattern": str(error.get("ctx", {}).get("pattern", "")),
    }
    detail = printable(str(error["msg"]).removeprefix("Value error, "), 160)
    es, en = _FAULTS.get(error["type"], (detail, detail))
    if isinstance(said := error.get("ctx", {}).get("error"), BilingualError):
        es, en = said.text.es, said.text.en
    elif error["type"] in _FAULTS:
        es, en = es.format(**shown), en.format(**shown)
    path = ".".join(part for part in error["loc"] if isinstance(part, str) and part.isidentifier())
    return Text(f"{path}: {es}", f"{path}: {en}") if path else Text(es, en)


class BilingualError(ValueError):
    """What a model's own check finds wrong, in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.es)
        self.text = text


def line_of(text: str, path: Sequence[int | str]) -> int:
    """The line (1..) of the entry that a path of keys and positions leads to, or of the last part of it that is there."""
    node = yaml.compose(text, yaml.SafeLoader)
    line = node.start_mark.line if node else 0
    for part in path:
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == str(part)), None)
            if found is None:
                break
            line, node = found[0].start_mark.line, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line
        else:
            break
    return line + 1
