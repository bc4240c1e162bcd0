"""PUB001: matter was struck out, and the mark does not say why."""

from __future__ import annotations

from collections.abc import Iterator

from ...schema.finding import Outcome, Severity
from ...schema.language import Text
from ..engine import Check, Rule
from ..needs import REDACTIONS
from ..subject import Subject
from ..texts import at


def check(subject: Subject) -> Iterator[Check]:
    for mark in subject.plan.redactions:
        if mark.reason_stated:
            yield Check(Outcome.HOLDS, place=mark.place)
            continue
        scope = f": «{mark.scope[:100]}»" if mark.scope else ""
        message = (_GENERAL.format(basis=mark.legal_basis, scope=scope)) if mark.legal_basis else _NONE.format(scope=scope)
        yield Check(Outcome.FAILS, None, message, "", "", at(mark.place), place=mark.place)


_GENERAL = Text(
    "Parte tachada sin motivo propio{scope}. El documento solo cita en general {basis}, y no dice cuál se aplica aquí.",
    "Struck-out part without a reason of its own{scope}. The document only cites {basis} in general, and does not say which applies here.",
)
_NONE = Text(
    "Parte tachada sin motivo ni base legal{scope}: el documento no dice por qué se omitió.",
    "Struck-out part without reason or legal basis{scope}: the document does not say why it was left out.",
)

RULE = Rule(
    id="PUB001",
    severity=Severity.WARNING,
    title=Text("Lo tachado dice su motivo", "What is struck out says why"),
    why=Text(
        "Sin el motivo nadie puede saber si se protegió un dato personal o se omitió un mal resultado, ni impugnarlo.",
        "Without the reason nobody can know whether a personal datum was protected or a poor result left out, nor appeal.",
    ),
    basis=Text(
        "Ley de Acceso a la Información Pública de El Salvador, art. 30: la versión pública hace constar la razón de cada supresión",
        "Access to public information act of El Salvador, art. 30: a public version states the reason for what it takes out",
    ),
    example=Text(
        "Tres líneas tachadas bajo un resultado crítico, sin nota.", "Three lines struck out under a critical result, without a note."
    ),
    check=check,
    needs=(REDACTIONS,),
)
