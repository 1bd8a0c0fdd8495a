"""The words of the committee: what a dossier is, what its indicators say, what may be decided. Amounts are in k€."""

from dataclasses import dataclass, field

DOSSIERS = ("A", "B", "C", "D", "E", "F")
ROUNDS = 3
"""Half-years that are decided."""
ALLOWANCE = 650
"""k€ that come in each half-year; what is not spent is carried over."""

MONTHS = {"six": 6, "deux": 2, "un": 1, "arret": 0, "report": 3}
"""choice -> months paid. Putting a decision off is not free: the team waits and is paid."""
SHORT = ("un", "deux")

CRITERIA = ("utilite", "impact", "cout", "usage", "mutualisation")
PROOF_MONTHS = {"utilite": 1, "impact": 2, "cout": 2, "usage": 2, "mutualisation": 1}
"""criterion -> months that a proof about it takes."""
LURES = ("visites", "fonctionnalite", "plan")
"""Conditions that prove nothing of the five criteria."""
POOR_GROUNDS = ("visites", "depense", "soutien", "fonctionnalite", "temps")
"""Grounds of a decision that say nothing of what the service brings."""


@dataclass(frozen=True)
class Dossier:
    """What does not change: who the service is for, and what only the simulation knows (from `growth` on).

    `target` is in people; `growth` is the share of active users won in six months; `shared_from` is the first half-year when a
    shared solution is known (0: none).
    """

    key: str
    name: str
    promise: str
    rumour: str
    target: int
    unit: str
    growth: float
    visits_growth: float
    need: float
    strain: float
    effect: float
    drift: float
    raise_: float
    recovers: bool
    shared: str
    shared_from: int
    shared_cover: float
    shared_truth: float


@dataclass(frozen=True)
class Indicators:
    """What the committee reads of a dossier at one half-year. Users, visits and units of impact are per month.

    `need` is the share (%) of users whose need was met, over `answers` replies. `proof` says what `impact` rests on: none, declared by
    the team, established by a comparison, or null (compared: no effect found). `cover` is the share (%) of the need that a shared
    solution covers, None without one; `tested` tells that it was tried.
    """

    budget: float
    spent: float
    visits: int
    active: int
    need: float
    answers: int
    impact: int | None
    proof: str
    cover: float | None = None
    tested: bool = False

    @property
    def unit_cost(self) -> float | None:
        """Euros of monthly budget per unit of impact; None when nothing is measured."""
        return 1000 * self.budget / self.impact if self.impact else None

    @property
    def use_cost(self) -> float:
        """Euros of monthly budget per user active in the month."""
        return 1000 * self.budget / self.active

    def reach(self, dossier: Dossier) -> float:
        """Percent of the potential users who are active."""
        return 100 * self.active / dossier.target


@dataclass(frozen=True)
class Decision:
    """What the committee decides of a dossier: a choice, the proof asked when it is short, the ground, a free note."""

    choice: str
    proof: str = ""
    ground: str = ""
    note: str = ""

    @property
    def months(self) -> int:
        return MONTHS[self.choice]


@dataclass(frozen=True)
class Place:
    """Where a dossier stands when the committee sits: its indicators, those of the half-year before, the proofs asked in time."""

    dossier: Dossier
    now: Indicators
    before: Indicators
    asked: frozenset[str] = field(default_factory=frozenset)

    def cost(self, choice: str) -> float:
        """Return the k€ that a choice costs."""
        return MONTHS[choice] * self.now.budget
