"""A realistic module of 25 code cells on the communes of France: worked examples, answers, checks, a plot.

The data is a file beside the notebook, as in most courses; checks are plain asserts, with hidden parts.
"""

from dataclasses import dataclass

DATA = "communes.csv"
SHARED = [
    "import pandas as pd\nimport matplotlib.pyplot as plt",
    f"communes = pd.read_csv('{DATA}', dtype={{'code': str, 'departement': str, 'region': str, 'epci': str}})",
    "communes.head()",
    "communes['type'].value_counts()",
    "communes.describe()",
]


@dataclass(frozen=True)
class Question:
    """An answer and its check. `right` are ways to write it, `wrong` typical mistakes; `hidden` is for graders."""

    name: str
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    visible: str
    hidden: str


QUESTIONS = [
    Question(
        "actuelles",
        (
            "actuelles = communes[communes['type'] == 'commune-actuelle']",
            "actuelles = communes.loc[communes['type'] == 'commune-actuelle']",
            "actuelles = communes.query(\"type == 'commune-actuelle'\")",
        ),
        ("actuelles = communes", "actuelles = communes[communes['type'] == 'commune actuelle']"),
        "assert 'population' in actuelles",
        "assert 34_800 < len(actuelles) < 35_100",
    ),
    Question(
        "total",
        ("total = int(actuelles['population'].sum())", "total = actuelles.population.sum()"),
        ("total = len(actuelles)", "total = int(communes['population'].sum())"),
        "assert total > 1_000_000",
        "assert 68_000_000 < total < 69_000_000",
    ),
    Question(
        "mediane",
        ("mediane = actuelles['population'].median()", "mediane = actuelles['population'].quantile(0.5)"),
        ("mediane = actuelles['population'].mean()", "mediane = actuelles['population'].mode()[0]"),
        "assert mediane > 0",
        "assert 450 < mediane < 470",
    ),
    Question(
        "par_departement",
        (
            "par_departement = actuelles.groupby('departement')['population'].sum()",
            "par_departement = actuelles.groupby('departement').population.sum()",
        ),
        (
            "par_departement = actuelles.groupby('departement')['population'].mean()",
            "par_departement = actuelles.groupby('region')['population'].sum()",
        ),
        "assert par_departement.name == 'population'",
        "assert par_departement.idxmax() == '59' and len(par_departement) > 95",
    ),
    Question(
        "grandes",
        (
            "grandes = actuelles.nlargest(10, 'population')[['nom', 'population']]",
            "grandes = actuelles.sort_values('population', ascending=False).head(10)[['nom', 'population']]",
        ),
        (
            "grandes = actuelles.head(10)[['nom', 'population']]",
            "grandes = actuelles.nlargest(10, 'population')",
        ),
        "assert len(grandes) == 10",
        "assert list(grandes.columns) == ['nom', 'population'] and grandes['nom'].iloc[0] == 'Paris'",
    ),
    Question(
        "vides",
        (
            "vides = int(actuelles['population'].isna().sum())",
            "vides = actuelles['population'].isnull().sum()",
        ),
        ("vides = len(actuelles.dropna())", "vides = int((actuelles['population'] == 0).sum()) + 1_000"),
        "assert vides >= 0",
        "assert vides < 100",
    ),
    Question(
        "classe",
        (
            "def classe(population):\n    return 'petite' if population < 2000 else 'autre'",
            "def classe(population):\n    if population < 2000:\n        return 'petite'\n    return 'autre'",
        ),
        (
            "def classe(population):\n    return 'petite' if population <= 2000 else 'autre'",
            "def classe(population):\n    print('petite' if population < 2000 else 'autre')",
        ),
        "assert classe(10) == 'petite'",
        "assert classe(2000) == 'autre' and classe(1999) == 'petite'",
    ),
    Question(
        "par_region",
        (
            "par_region = actuelles.groupby('region')['population'].max().sort_values()",
            "par_region = actuelles.groupby('region').population.max().sort_values()",
        ),
        (
            "par_region = actuelles.groupby('region')['population'].max()",
            "par_region = actuelles.groupby('region')['population'].min().sort_values()",
        ),
        "assert len(par_region) > 10",
        "assert par_region.dropna().is_monotonic_increasing and par_region.max() > 2_000_000",
    ),
]

PLOT = (
    "figure, axes = plt.subplots()\npar_region.plot.barh(ax=axes)\n"
    "axes.set_title('La plus grande commune de chaque région')\naxes.set_xlabel('habitants')\nplt.show()"
)
TRIES = ["grandes", "par_departement.head(10)", "print(f'{total:,} habitants')"]
FREE = "Pourquoi la moyenne est-elle plus grande que la médiane ?"
POINTS = 2

RIGHT = [
    *SHARED,
    *(cell for one in QUESTIONS for cell in (one.right[0], f"{one.visible}\n{one.hidden}")),
    PLOT,
    *TRIES,
]
"""All the code cells, in order, rightly answered."""
assert len(RIGHT) == 25
