"""What evaluation says: findings, scorecard rows and the formula that gives the published percentages."""

from __future__ import annotations

from enum import StrEnum

from .place import NOWHERE, Place
from .plan import ClassLimit, Model


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Outcome(StrEnum):
    HOLDS = "holds"
    FAILS = "fails"
    CANNOT_EVALUATE = "cannot_evaluate"


class ClaimOutcome(StrEnum):
    CONFIRMED = "confirmed"
    CONTRADICTED = "contradicted"
    PARTIAL = "partial"
    UNVERIFIABLE = "unverifiable"


class Finding(Model):
    """A rule that fails, or cannot be evaluated, on some rows. ``finding`` is the same from run to run."""

    finding: str
    rule: str
    severity: Severity
    outcome: Outcome
    sequence: int | None = None
    code: str = ""
    message: str = ""
    published: str = ""
    expected: str = ""
    place: Place = NOWHERE
    evidence: str = ""
    accepted: bool = False
    """Somebody looked at it and accepts it; the evidence says who, when and why."""


class Formula(Model):
    """How the document computes its percentages, and how many rows that reproduces.

    ``basis`` is cumulative, period or annual; ``rounding`` half_up, half_even, down or up;
    ``cap`` the highest percentage printed, if any. ``matched`` of ``evaluable`` rows follow.
    """

    basis: str
    rounding: str
    cap: float | None = None
    matched: int = 0
    evaluable: int = 0
    without_target: int = 0
    quotient: str = "direct"
    """``direct`` for actual / target; where less is better, ``inverse`` for target / actual and ``mirror`` for 2 - actual / target."""
    fraction: bool = False
    """True where the document prints its percentages as parts of one (0.95 for 95 %)."""


class ScoreRow(Model):
    """One line of the scorecard: counts over a document, unit, objective, or over one rule."""

    scope: str
    id: str
    label: str = ""
    rows: int | None = None
    with_target: int | None = None
    with_actual: int | None = None
    met: int | None = None
    partly: int | None = None
    not_met: int | None = None
    not_due: int | None = None
    not_evaluable: int | None = None
    with_observation: int | None = None
    share_with_observation: float | None = None
    """Of the rows whose table has a column of observations, in percent."""
    mean_percent: float | None = None
    """Mean of the published percentages of the rows where something was due."""
    execution_annual: float | None = None
    """Mean of actual / annual target in percent, unrounded; ``_capped``: no row counts for more than 100. So the others."""
    execution_annual_capped: float | None = None
    execution_period: float | None = None
    execution_period_capped: float | None = None
    execution_cumulative: float | None = None
    execution_cumulative_capped: float | None = None
    holds: int | None = None
    fails: int | None = None
    cannot_evaluate: int | None = None
    reason: str = ""
    """Why a rule was not run on the document."""


class Claim(Model):
    """A figure that the prose claims, recomputed from the rows of its scope.

    ``quantity`` says what is counted or shared, as printed; ``published`` is the figure, ``recomputed``
    what the rows give; ``outcome`` confirmed, contradicted, partial (the rows give it for a part of
    the scope) or unverifiable.
    """

    sequence: int
    kind: str = ""
    """What kind of claim it is (count, share, pair, planned, areas, parts, value, repeated): each has a rule of its own."""
    scope: str = ""
    text: str = ""
    quantity: str = ""
    published: str = ""
    recomputed: str = ""
    outcome: ClaimOutcome
    weight: Severity | None = None
    """How much a claim weighs that does not hold; None where nothing is to be said of it."""
    reason: str = ""
    """Why it cannot be verified, or how it was recomputed."""
    place: Place = NOWHERE


class Evaluation(Model):
    """The result of running the rules over one plan."""

    findings: tuple[Finding, ...] = ()
    scorecard: tuple[ScoreRow, ...] = ()
    claims: tuple[Claim, ...] = ()
    formula: Formula | None = None
    profile: str = ""
    limits: tuple[ClassLimit, ...] = ()
    limits_source: str = ""
