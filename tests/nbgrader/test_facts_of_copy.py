"""What an instructor is told of a copy that is not as the course gave it, and that an honest one says nothing."""

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output

from autograder import paths
from autograder.authoring.pipeline import BuiltModule, build
from autograder.grading.compared import Compared, compare
from autograder.grading.facts_of_copy import facts_of_copy
from autograder.grading.reading import read_notebook
from autograder.grading.release import load_config
from autograder.proofs.released import released
from autograder.proofs.variants import fill, variants
from tests.nbgrader.batch_course import MODULE, MODULES, cell_of

CHECK = "somme-check"


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Compared:
    """A copy with a right answer, and the files beside it."""
    (built,) = build([MODULE], tmp_path_factory.mktemp("course"), root=MODULES)
    return handed_of(built)


def handed_of(built: BuiltModule) -> Compared:
    name = built.module.folder_name
    ours = released(built.source / f"{name}.ipynb", load_config(paths.home() / "course"))
    table = (built.source / ".exercises.json").read_bytes()
    answers = {"schema": 1, "module": name, "version": built.module.version, "answers": {}}
    return Compared(ours, deepcopy(ours), table, json.dumps(answers).encode(), (table,))


def told(handed: Compared, change: Callable[[NotebookNode], object] = lambda nb: None, **files: Any) -> str:
    """What is told of a copy after a change of its notebook or of its files, on one line."""
    notebook = deepcopy(handed.notebook)
    change(notebook)
    return " / ".join(facts_of_copy(replace(handed, notebook=notebook, **files)))


def answer(source: str) -> Callable[[NotebookNode], object]:
    return lambda nb: cell_of(nb, "somme-answer").update(source=source)


def add(source: str, **metadata: object) -> Callable[[NotebookNode], object]:
    return lambda nb: nb.cells.append(new_code_cell(source, id="ajout", metadata=metadata))


def of_nbgrader(name: str, **changed: object) -> Callable[[NotebookNode], object]:
    return lambda nb: cell_of(nb, name).metadata.nbgrader.update(changed)


def show(text: str) -> Callable[[NotebookNode], object]:
    output = new_output("execute_result", {"text/plain": text}, execution_count=1)
    return lambda nb: cell_of(nb, CHECK).update(outputs=[output])


def text(name: str, source: str) -> Callable[[NotebookNode], object]:
    return lambda nb: cell_of(nb, name).update(source=source)


CHEATS: dict[str, tuple[Callable[[NotebookNode], object], str]] = {
    "contrôle réécrit": (text(CHECK, "2"), f"texte changé dans {CHECK}"),
    "préparation réécrite": (text("setup", "def check(name): return 2"), "texte changé dans setup"),
    "points du contrôle": (of_nbgrader(CHECK, points=1000), f"points ou verrou changés dans {CHECK}"),
    "contrôle déverrouillé": (of_nbgrader(CHECK, locked=False), f"points ou verrou changés dans {CHECK}"),
    "réponse devenue notée": (of_nbgrader("somme-answer", grade=True), "points ou verrou changés"),
    "cellule notée en plus": (
        add("9", nbgrader={"grade": True, "grade_id": "x", "points": 9}),
        "que le module n’a pas (1)",
    ),
    "contrôle à ne pas exécuter": (
        lambda nb: cell_of(nb, CHECK).metadata.update(tags=["skip-execution"]),
        "étiquettes ajoutées (skip-execution)",
    ),
    "contrôle gardé avec le code": (add("2", tags=["same-kernel"]), "étiquettes ajoutées (same-kernel)"),
    "compte rendu forgé": (
        lambda nb: nb.metadata.update(campus_grading={"flags": []}),
        "compte rendu de correction",
    ),
    "autre langage": (lambda nb: nb.metadata.update(kernelspec={"language": "bash"}), "autre langage"),
    "carnet de notes": (answer("open('/srv/gradebook.db').read()"), "nomme le carnet de notes"),
    "barème par son chemin": (answer(f"open('/srv/x/private/{MODULE}.json')"), "nomme le barème"),
    "barème par l’environnement": (answer("import os; os.environ['CAMPUS_PRIVATE']"), "nomme le barème"),
    "corrigé": (add(f"open('../../source/{MODULE}/{MODULE}.ipynb')"), "nomme les corrigés"),
    "autre copie": (answer(f"open('/srv/submitted/marie/{MODULE}/x')"), "nomme les autres copies"),
    "programme de correction": (answer("import autograder.grading.engine"), "le programme de correction"),
    "table scellée": (answer("open('.exercises.json')"), "nomme .exercises.json"),
    "tables essayées": (
        answer("from autograder.checks.exercises import load_exercises"),
        "autograder.checks",
    ),
    "check redéfini": (answer("def check(name):\n    return 2"), "autre sens au nom « check »"),
    "check remplacé": (add("c.check = n.check = check = lambda name: 2"), "autre sens au nom « check »"),
    "autre module": (lambda nb: nb.metadata.campus.update(module="F01-x"), "un autre module (F01-x)"),
    "module sans nom": (
        lambda nb: nb.metadata.campus.update(module="\x1b[2J" * 9),
        "un autre module (illisible)",
    ),
}


@pytest.mark.parametrize("cheat", CHEATS)
def test_what_is_surely_changed_is_told(honest: Compared, cheat: str) -> None:
    change, expected = CHEATS[cheat]
    assert expected in told(honest, change)


def file_of(**content: object) -> bytes:
    return json.dumps(content).encode()


FILES: dict[str, tuple[str, bytes, str]] = {
    "table remplacée": (
        "table",
        file_of(module=MODULE, version=1, exercises={}),
        "n’est pas celui du module : le bon a servi",
    ),
    "table d’une autre version que le carnet": (
        "table",
        file_of(module=MODULE, version=99, exercises={}),
        "n’est pas celui du module",
    ),
    "table sans version": ("table", file_of(module=MODULE, exercises={}), "n’est pas celui du module"),
    "table d’un autre module": ("table", file_of(module="F01-x", version=1), "n’est pas celui du module"),
    "table abîmée": ("table", b"{", "n’est pas celui du module"),
    "réponses d’un autre module": (
        "answers",
        file_of(module="F01-x", version=1, answers={}),
        "vient d’un autre module (F01-x) : ses réponses ne sont pas comptées",
    ),
    "réponses d’une autre version": (
        "answers",
        file_of(module=MODULE, version=99, answers={}),
        "vient de la version 99 du module",
    ),
}


@pytest.mark.parametrize("cheat", FILES)
def test_a_file_of_elsewhere_is_told(honest: Compared, cheat: str) -> None:
    name, content, expected = FILES[cheat]
    assert expected in told(honest, **{name: content})


def colab(nb: NotebookNode) -> None:
    nb.metadata = NotebookNode(colab={"provenance": []}, kernelspec={"name": "python3", "display_name": "P"})
    for cell in nb.cells:
        cell.metadata = NotebookNode(id=cell.pop("id"), colab={"base_uri": "https://localhost:8080/"})


def vs_code(nb: NotebookNode) -> None:
    nb.metadata.kernelspec = {"display_name": ".venv", "language": "python", "name": "python3"}
    nb.metadata.language_info |= {"version": "3.13.1", "pygments_lexer": "ipython3"}
    for cell in nb.cells:
        cell.metadata["vscode"] = {"languageId": "python"}


def jupyterlab(nb: NotebookNode) -> None:
    for cell in nb.cells:
        cell.metadata |= {"trusted": True, "scrolled": True, "tags": [], "jupyter": {"source_hidden": True}}
        cell.metadata["execution"] = {"iopub.status.busy": "2026-11-28T10:00:00Z"}
    show("2")(nb)


def without_metadata(nb: NotebookNode) -> None:
    nb.metadata = NotebookNode()
    for cell in nb.cells:
        cell.metadata = NotebookNode()


def other_line_ends(nb: NotebookNode) -> None:
    for cell in nb.cells:
        cell.source = cell.source.replace("\n", "\r\n").replace("’", "?").replace("é", "e\u0301") + "  \n"


def earlier_release(nb: NotebookNode) -> None:
    """Of the same version, whose texts were mended since: each cell agrees with the checksum it was given."""
    from nbgrader.utils import compute_checksum

    for name in (CHECK, "setup"):
        cell = cell_of(nb, name)
        cell.source += "\n# une phrase d’avant"
        cell.metadata.nbgrader.checksum = compute_checksum(cell)


def copied(nb: NotebookNode) -> None:
    nb.cells += deepcopy(nb.cells)


HONEST: dict[str, Callable[[NotebookNode], object]] = {
    "comme publié": lambda nb: None,
    "réponse et cellules ajoutées": add("total = sum(agents)\ndef verifie(x): return check('somme')"),
    "contrôle appelé": add("check('somme')\nfrom autograder.notebook import check, table"),
    "variable locale": answer("def f(check=1):\n    check = 2\n    return check == 2"),
    "fichiers à soi": answer("open('source/communes.csv'); open('private.txt'); open('reponses.json')"),
    "Colab": colab,
    "VS Code": vs_code,
    "JupyterLab": jupyterlab,
    "sans métadonnées": without_metadata,
    "fins de ligne et accents": other_line_ends,
    "publication précédente": earlier_release,
    "cellules en double": copied,
    "cellules effacées": lambda nb: nb.cells.__delitem__(slice(0, 3)),
    "contrôle devenu texte": lambda nb: cell_of(nb, CHECK).update(cell_type="raw"),
    "points d’un contrôle exécuté avant la réponse": show("0"),
}


@pytest.mark.parametrize("change", HONEST)
def test_an_honest_copy_says_nothing(honest: Compared, change: str) -> None:
    assert told(honest, HONEST[change]) == ""


def test_the_format_of_an_older_jupyter_says_nothing(honest: Compared) -> None:
    old = nbformat.writes(nbformat.convert(deepcopy(honest.notebook), 3), version=3)
    assert facts_of_copy(replace(honest, notebook=read_notebook(old.encode()))) == []


def test_a_copy_of_an_older_version_is_not_said_to_be_changed(honest: Compared) -> None:
    def older(nb: NotebookNode) -> None:
        nb.metadata.campus.version = 0
        text(CHECK, 'check("ancien")')(nb)
        of_nbgrader(CHECK, points=1)(nb)

    table = file_of(module=MODULE, version=0, exercises={})
    answers = file_of(module=MODULE, version=0, answers={})
    assert told(honest, older, table=table, answers=answers) == ""  # its version is told: see test_rebuild


def test_an_exercises_file_whose_answers_were_changed_is_told_not_one_whose_texts_were_mended(
    honest: Compared,
) -> None:
    mended, forged = (json.loads(honest.table or b"") for _ in range(2))
    mended["exercises"]["somme"]["otherwise"] = "Une phrase d’avant."
    sealed = forged["exercises"]["somme"]["questions"]["code"]["sealed"]["entries"]
    sealed["0" * 32] = next(iter(sealed.values()))
    assert told(honest, table=json.dumps(mended).encode()) == ""
    assert "n’est pas celui du module" in told(honest, table=json.dumps(forged).encode())


def test_an_exercises_file_sealed_in_the_first_format_says_nothing(honest: Compared) -> None:
    """Taken from the course before the format changed: its answers cannot be compared."""
    first = json.loads(honest.table or b"")
    for exercise in first["exercises"].values():
        for question in exercise.get("questions", {}).values():
            del question["sealed"]["version"]
            question["sealed"]["entries"] = {"1" * 32: ""}
    assert told(honest, table=json.dumps(first).encode()) == ""


def test_the_files_of_another_editor_say_nothing(honest: Compared) -> None:
    table = json.dumps(json.loads(honest.table or b""), indent=4).replace("\n", "\r\n")
    assert told(honest, table=b"\xef\xbb\xbf" + table.encode()) == ""
    assert told(honest, table=None, answers=None) == ""


@pytest.mark.parametrize("odd", [None, 3, "x", [], [{}], {"tags": {}}, {"checksum": []}, float("nan")])
def test_odd_metadata_stop_nothing(honest: Compared, odd: object) -> None:
    def spoil(nb: NotebookNode) -> None:
        for cell in nb.cells:
            cell.metadata = NotebookNode(nbgrader=odd, tags=odd)
        nb.metadata = NotebookNode(campus=odd, kernelspec=odd)

    told(honest, spoil, table=b"\xff", answers=b"[" * 100_000)


def test_one_line_of_each_kind_however_many_cells(honest: Compared) -> None:
    def everything(nb: NotebookNode) -> None:
        for cell in nb.cells:
            cell.source = f"{cell.source}\nopen('gradebook.db')"
        nb.cells += [
            new_code_cell("", metadata={"nbgrader": {"grade": True, "grade_id": f"\x1b{number}"}})
            for number in range(3_000)
        ]

    lines = told(honest, everything).split(" / ")
    assert len(lines) == 3
    assert "(3000)" in lines[1]
    assert "\x1b" not in "".join(lines)
    assert all(len(line) < 200 for line in lines)


def test_the_files_are_those_beside_the_copy_and_links_are_not_followed(
    honest: Compared, tmp_path: Path
) -> None:
    course, copy = tmp_path / "course", tmp_path / "course" / "submitted" / "a" / MODULE
    for folder in (course / "source" / MODULE, course / "release" / MODULE, copy):
        folder.mkdir(parents=True)
        (folder / ".exercises.json").write_bytes(honest.table or b"")
    (copy / "reponses.json").symlink_to(course / "source" / MODULE / ".exercises.json")
    found = compare(
        honest.released, honest.notebook, copy / ".exercises.json", copy / "reponses.json", course
    )
    assert found == replace(honest, answers=None, tables=(honest.table, honest.table))


def test_folders_in_the_place_of_the_files_are_no_files(honest: Compared, tmp_path: Path) -> None:
    for name in (".exercises.json", "reponses.json"):
        (tmp_path / name).mkdir()
    found = compare(
        honest.released,
        honest.notebook,
        tmp_path / ".exercises.json",
        tmp_path / "reponses.json",
        tmp_path,
    )
    assert (found.table, found.answers) == (None, None)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["F01-prendre-en-main", "F02-lire-un-tableau"])
def test_no_copy_of_a_real_module_says_anything(
    name: str, tmp_path: Path, built_module: Callable[[str, Path], BuiltModule]
) -> None:
    built = built_module(name, tmp_path)
    handed = handed_of(built)
    private = json.loads(built.private.read_text(encoding="utf-8"))
    for variant in variants(built.module, private):
        notebook, answers = fill(built.module, deepcopy(handed.released), variant)
        for change in (lambda nb: None, colab, vs_code, without_metadata, other_line_ends, copied):
            copy = deepcopy(notebook)
            change(copy)
            assert facts_of_copy(replace(handed, notebook=copy, answers=json.dumps(answers).encode())) == []
