"""Writes the page of the benchmarks, in Spanish and in English, from the figures of a run: nothing in it is written by hand.

``pages`` gives both; ``with_summary`` puts what the READMEs say of the figures into them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from figures_better import better, born
from figures_shown import MARKED, MEASURES, Say, bar, milliseconds, number, saying, share, table
from table_scores import Counts

from veedor.schema.language import Language

FIGURES = Path(__file__).with_name("figures.json")
NAMES: dict[Language, str] = {"es": "benchmarks.md", "en": "benchmarks.en.md"}
SUMMARY = re.compile(r"(<!-- bench -->\n).*?(<!-- /bench -->)", re.DOTALL)


def read_figures(file: Path = FIGURES) -> dict[str, Any]:
    return json.loads(file.read_text("utf-8"))


def pages(figures: dict[str, Any]) -> dict[str, str]:
    """Both pages by the names of their files."""
    return {name: page(figures, language) for language, name in NAMES.items()}


def page(figures: dict[str, Any], language: Language) -> str:
    """The page. Same figures, same text."""
    say = saying(language)
    compared = figures["comparison"]
    lines = [f"- {line}" for line in better(compared, language)]
    parts = [
        f"{say('title')}\n\n{say('written')}",
        summary(figures, language),
        *_about(figures, language, say),
        *_accuracy(compared, language, say),
        *_icdar(compared, say),
        *_speed(compared, say),
        *_growth(figures, say),
        *_load(figures["load"], say),
        say("better"),
        say("better_about"),
        "\n".join(lines) or say("better_none"),
    ]
    return "\n\n".join(parts) + "\n"


def summary(figures: dict[str, Any], language: Language) -> str:
    """What the READMEs say of the figures, in one sentence."""
    say, compared = saying(language), figures["comparison"]
    ours, *others = [t for t in compared["tools"] if "accuracy" in t]
    said = say("summary", documents=sum(len(k["files"]) for k in compared["kinds"] if not k["scanned"]), **_short(compared, ours))
    best = max(others, key=lambda t: born(compared, t).placed, default=None)
    said = say("not_final") + said if figures.get("provisional") else said
    return said + ("." if best is None else say("summary_best", name=best["name"], **_short(compared, best)))


def _short(compared: dict[str, Any], tool: dict[str, Any]) -> dict[str, Any]:
    its = born(compared, tool)
    ms = milliseconds(tool["born"]["ms"])
    return {"placed": share(its.placed, its.rows), "wrong": share(10 * its.wrong, its.figures), "rows": its.rows, "ms": ms}


def with_summary(text: str, figures: dict[str, Any], language: Language) -> str:
    """A page with the summary between its marks."""
    said = summary(figures, language)
    return SUMMARY.sub(lambda found: f"{found[1]}{said}\n{found[2]}", text)


def _about(figures: dict[str, Any], language: Language, say: Say) -> Iterator[str]:
    machine, compared = figures["machine"], figures["comparison"]
    yield say("about")
    yield say("machine", **machine)
    yield say("provisional" if figures.get("provisional") else "one_run")
    tools = compared["tools"]
    lacking = [say("lacking", lacking=t["lacking"]) if "lacking" in t else "" for t in tools]
    versions = [[t["name"], t["package"], t.get("version", ""), why] for t, why in zip(tools, lacking, strict=True)]
    yield table([say("way"), say("package"), say("version"), ""], versions)
    if not machine["tesseract"]:
        yield say("no_tesseract")
    yield say("used")
    kinds = [[k[language], str(k["pages"]), ", ".join(f"`{f}`" for f in k["files"])] for k in compared["kinds"]]
    yield table([say("kind"), say("pages"), say("documents")], kinds)
    yield say("whose")


def _accuracy(compared: dict[str, Any], language: Language, say: Say) -> Iterator[str]:
    """A table for each measure: a line for each tool, a column for each kind of document; the best of a column is in bold."""
    yield say("accuracy")
    every = [t for t in compared["tools"] if "accuracy" in t]
    for m in MEASURES:
        tools = every[:1] if m is MARKED else every  # the others have no marks
        columns = []
        for kind in compared["kinds"]:
            values = [m.value(Counts(**t["accuracy"][kind["id"]])) for t in tools]
            if (best := (max if m.more else min)((v for v in values if v is not None), default=None)) is not None:
                columns.append([kind[language], *("" if v is None else f"**{v:.1f}**" if v == best else f"{v:.1f}" for v in values)])
        yield f"### {m.title(language)}\n\n{say(m.name)}"
        heads, *lines = zip(["", *(t["name"] for t in tools)], *columns, strict=True)
        yield table(heads, lines)


def _icdar(compared: dict[str, Any], say: Say) -> Iterator[str]:
    yield say("icdar")
    if not (found := [t for t in compared["tools"] if t.get("icdar")]):
        yield say("icdar_none")
        return
    yield say("icdar_about", count=compared["icdar"])
    lines = [[t["name"], *(f"{t['icdar'][k]:.3f}" for k in ("precision", "recall", "f1"))] for t in found]
    yield table(["", say("precision"), say("recall"), "F1"], lines)


def _speed(compared: dict[str, Any], say: Say) -> Iterator[str]:
    yield say("speed")
    yield say("speed_about")
    found = [t for t in compared["tools"] if "born" in t]
    lines = [[t["name"], *_pace(t["born"]), *_pace(t.get("scanned"))] for t in found]
    yield table(["", say("born_ms"), "MB", say("scanned_ms"), "MB"], lines)


def _pace(of: dict[str, Any] | None) -> tuple[str, str]:
    return (milliseconds(of["ms"]), number(of["memory"])) if of else ("", "")


def _growth(figures: dict[str, Any], say: Say) -> Iterator[str]:
    yield say("growth")
    tools = [t for t in figures["comparison"]["tools"] if t.get("pages")]
    sizes = sorted({p["pages"] for t in tools for p in t["pages"]})
    each = [(t["name"], {p["pages"]: " · ".join(_pace(p)) for p in t["pages"]}) for t in tools]
    yield say("growth_pages")
    yield table(["", *(say("n_pages", n=n) for n in sizes)], [[name, *(of.get(n, "") for n in sizes)] for name, of in each])
    rows = figures["rows"]
    most = max(r["walk"] for r in rows)
    lines = [[f"{r['rows']:,}", number(r["walk"]), bar(r["walk"], most), number(r["rules"]), number(r["pandas"])] for r in rows]
    yield say("growth_rows")
    yield table([say("rows"), say("all"), "", say("rules"), "pandas"], lines)
    many, people = figures["load"]["many"], figures["load"]["people"]
    most = max(many["steps"], default=0.0)
    yield say("growth_documents")
    lines = [[f"{many['documents'] // 10 * (k + 2):,}", number(ms), bar(ms, most)] for k, ms in enumerate(many["steps"])]
    yield table([say("documents"), "ms", ""], lines)
    most = max(p["p95"] for p in people)
    yield say("growth_people")
    lines = [
        [*(number(p[k]) for k in ("people", "count", "p50", "p95")), bar(p["p95"], most), *(str(p[k]) for k in ("errors", "lost"))]
        for p in people
    ]
    yield table([say("people"), say("acts"), "p50", "p95", "", say("errors"), say("lost")], lines)


def _load(load: dict[str, Any], say: Say) -> Iterator[str]:
    many, soak = load["many"], load["soak"]
    yield say("load")
    yield say("load_many", **many | {"seconds": number(many["seconds"]), "memory": number(many.get("memory_most", 0))})
    last = max(load["people"], key=lambda p: p["people"])
    yield say("load_people", **last)
    acts = [[say(f"act_{name}"), str(a["count"]), number(a["p50"]), number(a["p95"])] for name, a in last["acts"].items()]
    yield table([say("act"), say("times"), "p50, ms", "p95, ms"], acts)
    yield say("load_soak", **soak | {"minutes": f"{soak['minutes']:g}"})
    if "memory_warm" in soak:
        held = [[say(name), number(soak[f"{name}_warm"]), number(soak[f"{name}_end"])] for name in ("memory", "files")]
        yield table(["", say("warm"), say("end")], held)
