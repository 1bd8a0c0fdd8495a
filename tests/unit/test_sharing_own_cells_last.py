"""Which cells of a learner's may run after all of ours: those of which nothing can tell."""

import pytest

from autograder.sharing.own_cells_last import Ours, OwnCellsLast

RELEASED = [
    "import pandas as pd\nimport matplotlib.pyplot as plt\nfrom autograder.notebook import explore, load, number, table",
    "communes = load('communes', 2026)\nnoms = list(communes['nom'])",
    "def part(nombre):\n    return nombre / len(communes)\n\ndef vider():\n    noms.clear()",
    "reponse = None  # à vous",
    "essai = 1\nprint(essai)",
    "paris = communes[communes['nom'] == 'Paris']\ntable(paris)",
]
ANSWER, TRY = 3, 4


def own_cells_last(source: str, index: int = ANSWER) -> OwnCellsLast | None:
    copy = list(RELEASED)
    copy[index] = source
    return Ours(RELEASED).own_cells_last(copy)


@pytest.mark.parametrize(
    "source",
    [
        "reponse = 12",
        "reponse = int(communes[communes['departement'] == '69']['population'].sum())",
        "reponse = communes.query(\"departement == '69'\").population.sum()",
        "reponse = communes.loc[communes['population'] > 10, 'population'].median()",
        "lignes = communes.groupby('departement', as_index=False).agg(total=('population', 'sum'))\nreponse = lignes",
        "reponse = pd.to_numeric(communes['code'], errors='coerce').isna().sum()",
        "def compte(nombre):\n    return nombre + 1\n\nreponse = compte(communes.shape[0])",
        "reponse = part(3) * 100\nprint(f'{reponse:.1f} %', number(reponse))",
        "for nom in noms:\n    if nom.startswith('A'):\n        reponse = nom",
        "reponse = max((len(nom), nom) for nom in noms)[1]\ntable(communes.head())",
        "reponse = 1 / 0",
        "autre = 3",
        "reponse = inconnu",
    ],
)
def test_an_answer_that_only_reads_runs_after_ours(source: str) -> None:
    assert own_cells_last(source) == OwnCellsLast(frozenset({ANSWER}), ["reponse"])


@pytest.mark.parametrize(
    "source",
    [
        "communes['x'] = 1",
        "communes.columns = []",
        "communes.drop(columns='nom', inplace=True)",
        "options = {'inplace': True}\ncommunes.drop(columns='nom', **options)",
        "communes.pop('nom')",
        "communes.at[0, 'nom'] = ''",
        "noms.append('x')",
        "communes['nom'].apply(noms.append)",
        "noms += ['x']",
        "del communes",
        "for communes['x'] in [1]:\n    pass",
        "vider()",
        "communes['nom'].map(vider)",
        "reponse = communes.query('population > @seuil')",
        "pd.set_option('display.max_rows', 3)",
        "pd.options.display.max_rows = 3",
        "list(map(pd.set_option, ['display.max_rows'], [3]))",
        "plt.title('x')",
        "reponse = plt",
        "explore(communes)",
        "table(communes, file=1)",
        "communes.to_csv('x.csv')",
        "open('x', 'w')",
        "list(map(open, ['x']))",
        "exec('communes = 1')",
        "globals()['communes'] = 1",
        "reponse = getattr(communes, 'pop')('nom')",
        "reponse = communes.__class__",
        "reponse = _",
        "reponse = In[0]",
        "get_ipython().run_cell('x = 1')",
        "!ls",
        "%pwd",
        "import os",
        "reponse = (lambda: 1)()",
        "reponse = [vider][0]()",
        "@vider\ndef f(): pass",
        "while True:\n    pass",
        "try:\n    1\nexcept Exception:\n    pass",
        "global communes",
        "class A: pass",
        "reponse = (",
        "# rien",
        "",
    ],
)
def test_an_answer_that_does_anything_else_runs_in_its_place(source: str) -> None:
    assert own_cells_last(source) is None


@pytest.mark.parametrize(
    "source",
    [
        "reponse = paris",  # not there yet
        "paris = 1",  # to be replaced by ours
        "communes = communes.head()",  # which ours read later
        "len = 3",
        "table = 3",
        "pd = 3",
    ],
)
def test_an_answer_that_meets_our_names_runs_in_its_place(source: str) -> None:
    assert own_cells_last(source) is None


def test_a_cell_that_ours_depend_on_runs_in_its_place() -> None:
    released = [*RELEASED[:TRY], "essai = 1", "print(essai)"]
    assert Ours(released).own_cells_last([*released[:TRY], "essai = 2", "print(essai)"]) is None
    assert Ours(released).own_cells_last([*released[:TRY], "autre = 2", "print(essai)"]) is None
    again = [*RELEASED[:TRY], "noms = []", RELEASED[-1]]  # defined by ours before: not to be forgotten
    assert Ours(again).own_cells_last([*RELEASED[:TRY], "autre = 1", RELEASED[-1]]) is None


@pytest.mark.parametrize("last", ["communes.query('population > @essai')", "eval('essai')", "print(essai)"])
def test_our_cells_may_read_a_name_from_a_text(last: str) -> None:
    released = [*RELEASED[:-1], last]
    assert Ours(released).own_cells_last([*released[:TRY], "essai = 2", last]) is None
    assert Ours(released).own_cells_last([*released[:ANSWER], "reponse = 2", *released[TRY:]]) is not None


def test_several_cells_run_in_their_order() -> None:
    copy = [*RELEASED[:ANSWER], "reponse = 2", "essai = reponse + 1\nprint(essai)", RELEASED[-1]]
    assert Ours(RELEASED).own_cells_last(copy) == OwnCellsLast(frozenset({ANSWER, TRY}), ["essai", "reponse"])


def test_a_copy_with_more_or_fewer_cells_is_run_in_order() -> None:
    assert Ours(RELEASED).own_cells_last([*RELEASED, "x = 1"]) is None
    assert Ours(RELEASED).own_cells_last(RELEASED[:-1]) is None
