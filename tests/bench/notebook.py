"""A realistic module of 25 code cells on the communes of France: worked examples, answers, checks, a plot."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "datasets" / "communes-2026.csv"

SHARED = [
    "import pandas as pd\nimport matplotlib.pyplot as plt",
    f"communes = pd.read_csv({str(DATA)!r}, dtype={{'code': str, 'departement': str, 'region': str, 'epci': str}})",
    "communes.head()",
    "communes['type'].value_counts()",
    "communes.describe()",
]

ANSWERS = [
    (
        "actuelles = communes[communes['type'] == 'commune-actuelle']",
        "assert 30_000 < len(actuelles) < 40_000",
    ),
    ("total = int(actuelles['population'].sum())", "assert total > 60_000_000"),
    ("mediane = actuelles['population'].median()", "assert 300 < mediane < 700"),
    (
        "par_departement = actuelles.groupby('departement')['population'].sum()",
        "assert par_departement.idxmax() == '59'",
    ),
    (
        "grandes = actuelles.nlargest(10, 'population')[['nom', 'population']]",
        "assert list(grandes['nom'])[0] == 'Paris'",
    ),
    ("vides = int(actuelles['population'].isna().sum())", "assert vides < 100"),
    (
        "def classe(population):\n    return 'petite' if population < 2000 else 'autre'\n"
        "classes = actuelles['population'].map(classe).value_counts()",
        "assert classe(10) == 'petite' and classes.idxmax() == 'petite'",
    ),
    (
        "par_region = actuelles.merge(par_departement.rename('total'), left_on='departement', right_index=True)"
        ".groupby('region')['total'].max().sort_values()",
        "assert len(par_region) > 10",
    ),
]

PLOT = (
    "figure, axes = plt.subplots()\npar_region.plot.barh(ax=axes)\naxes.set_title('Le plus grand département')\n"
    "axes.set_xlabel('habitants')\nplt.show()"
)
TRIES = ["grandes", "par_departement.head(10)", "print(f'{total:,} habitants')"]

CELLS = [*SHARED, *(cell for pair in ANSWERS for cell in pair), PLOT, *TRIES]
assert len(CELLS) == 25
