"""Hostile strings as cell, observation, institution and name of the file, in a document that is read well; and what a page must not do."""

from __future__ import annotations

from typing import Any

from lxml import html

CODE = "</script><svg onload=alert(1)>"
ACTION = f"=cmd|' /C calc'!A0 {CODE} ]]> \"'`;-- {{{{7*7}}}} ${{7*7}} --> acción"
REMARK = f"@SUM(1+1)*cmd {CODE} <iframe src=javascript:alert(2)> " + "muy largo " * 4000
INSTITUTION = "Instituto de <script>alert(3)</script> Riego"
FILE = "=plan <svg onload=alert(4)>\u202e\x1b[31m'\"&{{7*7}}.txt"
CLEAN_FILE = "=plan <svg onload=alert(4)>  [31m'\"&{{7*7}}"
NEVER = ("\x00", "\x07", "\x1b", "\u202e", "\u2066")
"""What hides or reverses is taken out where a document is read."""
PLAN = f"""{INSTITUTION}
SEGUIMIENTO DEL PLAN OPERATIVO ANUAL 2022
Segundo Trimestre 2022

CÓDIGO\tACCIÓN OPERATIVA\tMETA ANUAL\tENE-MAR\tABR-JUN\tJUL-SEP\tOCT-DIC\tREAL ENE-JUN\t% EJECUCIÓN\tOBSERVACIONES
AO.1.1\t\u202e{ACTION}\x00\x1b[2J\t100\t25\t25\t25\t25\t50\t90%\t{REMARK}\u2066\x07
AO.1.2\tCapacitar regantes\t48\t12\t12\t12\t12\t24\t100%\tSegún lo previsto.
"""
READ_ACTION = ACTION + "[2J"
"""An escape sequence without its escape is letters."""


def harmless(page: str) -> Any:
    """The tree of a web page that runs nothing but the scripts of its own server."""
    tree = html.document_fromstring(page)
    assert [s for s in tree.iter("script") if not (s.get("src") or "").startswith("/static/") or s.text] == []
    assert [e.tag for e in tree.iter("iframe", "object", "embed", "base")] == []
    told = [(e.tag, name, value) for e in tree.iter() for name, value in e.attrib.items()]
    assert [t for t in told if str(t[1]).lower().startswith("on") or str(t[2]).strip().lower().startswith("javascript:")] == []
    assert not [sign for sign in NEVER if sign in page]
    return tree


def words(text: str) -> str:
    return " ".join(text.split())
