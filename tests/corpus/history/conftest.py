"""Plans in a store without an ingestion, and the made institution."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy import func, insert, select

from veedor.corpus.ingest.reading import facts_of, packed, rows_for_store
from veedor.corpus.ingest.settings import Settings, written
from veedor.corpus.store.documents import DONE, Outcome, now, settle
from veedor.corpus.store.opening import Store
from veedor.corpus.store.tables import DOCUMENTS
from veedor.corpus.walk import read
from veedor.schema.finding import Evaluation
from veedor.schema.plan import Plan

Put = Callable[..., int]


@pytest.fixture(scope="session")
def made() -> ModuleType:
    spec = importlib.util.spec_from_file_location("made", Path(__file__).with_name("made.py"))
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["made"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def plans(made: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Plan]:
    """The ten documents of the made institution as they are read, in order."""
    return {f.stem: read(f) for f in made.write(tmp_path_factory.mktemp("made"))}


@pytest.fixture
def put() -> Put:
    """Writes a plan into a store as an ingestion does, marks its year, and gives its id."""

    def put_plan(store: Store, plan: Plan, number: int | None = None, state: str = DONE) -> int:
        facts = facts_of(plan, Evaluation())
        kept, judged = packed(plan.model_dump_json(exclude_none=True)), packed(Evaluation().model_dump_json(exclude_none=True))
        with store.writing() as connection:
            identity = number or 1 + (connection.execute(select(func.max(DOCUMENTS.c.id))).scalar() or 0)
            known = {"id": identity, "sha256": f"{identity:064}", "document": plan.document.name, "suffix": ".txt", "bytes": 1}
            connection.execute(insert(DOCUMENTS).values(**known, added_at=now(), asked=written(Settings()), state="queued"))
            settle(connection, identity, Outcome(state, facts=facts, rows=rows_for_store(plan, Evaluation()), plan=kept, evaluation=judged))
        return identity

    return put_plan
