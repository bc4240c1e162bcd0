"""The page of the Python API: names, signatures and English texts from what ``veedor`` exports, Spanish texts from api.yaml."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

import veedor
from veedor.schema.language import Language, Text

_TITLE = Text("Python", "Python")
_OPENING = Text(
    "Lo que `import veedor` ofrece. De lo demás del paquete nadie debe depender: puede cambiar sin aviso. `DataFrame` es "
    "el de [pandas](https://pandas.pydata.org). Las tablas tienen las columnas del [diccionario](diccionario.md), y lo que no tiene "
    "valor es `pandas.NA`. Los errores son de `veedor.schema.errors` y su texto dice qué hacer; `ReadOptions` (páginas, contraseña, motor, "
    "segunda lectura, OCR) es de `veedor.extract.options`.",
    "What `import veedor` offers. Nobody should depend on the rest of the package: it may change unannounced. `DataFrame` is "
    "that of [pandas](https://pandas.pydata.org). Tables have the columns of the [dictionary](diccionario.md); no value is "
    "`pandas.NA`. Errors are of `veedor.schema.errors`, and their text says what to do; `ReadOptions` (pages, password, engine, second "
    "reading, OCR) is of `veedor.extract.options`.",
)


def page(written: str, language: Language) -> str:
    """The page: what is exported, each with its signature and what it does. Raises KeyError where api.yaml lacks a name."""
    spanish = yaml.safe_load(Path(__file__).with_name("api.yaml").read_text(encoding="utf-8"))
    parts = [f"# {_TITLE.get(language)}\n\n{written}", _OPENING.get(language)]
    for name, thing in exported():
        level = "###" if name.count(".") > 1 else "##"
        says = spanish[name] if language == "es" else _english(thing)
        parts.append(f"{level} `{name}`\n\n{_signature(name, thing)}{says.strip()}")
    return "\n\n".join(parts) + "\n"


def exported() -> Iterator[tuple[str, Any]]:
    """Every public name, and the methods of its classes: ``veedor.Corpus.add``."""
    for name in sorted(veedor.__all__, key=lambda n: (n.startswith("__"), n.lower())):
        thing = getattr(veedor, name)
        yield f"veedor.{name}", thing
        for method, found in vars(thing).items() if inspect.isclass(thing) else ():
            if not method.startswith("_") and inspect.isfunction(found):
                yield f"veedor.{name}.{method}", found


def _signature(name: str, thing: Any) -> str:
    if not callable(thing):
        return ""
    signature = inspect.signature(thing)
    if fields := getattr(thing, "model_fields", None):
        arguments, result = [f"{n}: ..." for n in fields], ""
    else:
        arguments = [_argument(p) for p in signature.parameters.values() if p.name != "self"]
        result = (
            "" if signature.return_annotation in (inspect.Signature.empty, "None", None) else f" -> {_type(signature.return_annotation)}"
        )
    line = f"{name}({', '.join(arguments)}){result}"
    if len(line) > 90:
        line = f"{name}(\n" + "".join(f"    {a},\n" for a in arguments) + f"){result}"
    return f"```python\n{line}\n```\n\n"


def _argument(parameter: inspect.Parameter) -> str:
    stars = {parameter.VAR_POSITIONAL: "*", parameter.VAR_KEYWORD: "**"}.get(parameter.kind, "")
    told = f"{stars}{parameter.name}: {_type(parameter.annotation)}"
    if parameter.default is parameter.empty:
        return told
    plain = parameter.default is None or isinstance(parameter.default, (str, int, tuple))
    return f"{told} = {parameter.default!r}" if plain else f"{told} = {type(parameter.default).__name__}()"


def _type(annotation: Any) -> str:
    return str(annotation).replace("pandas.", "")


def _english(thing: Any) -> str:
    text = inspect.getdoc(thing) if callable(thing) else "The version, as text."
    assert text, f"{thing} has no docstring"
    return text.replace("``", "`")
