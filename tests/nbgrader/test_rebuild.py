"""What learners do to their notebooks, and what is graded of it."""

from copy import deepcopy

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from autograder.grading.rebuild import FOREIGN, rebuild
from tests.nbgrader.cells import answer, check, notebook, own, released, sources


def submit() -> NotebookNode:
    """The released notebook, the first exercise answered."""
    nb = released()
    place(nb, "un-answer").source = "un = 1"
    return nb


def place(nb: NotebookNode, cell_id: str) -> NotebookNode:
    return next(cell for cell in nb.cells if cell.id == cell_id)


def without(nb: NotebookNode, *ids: str) -> NotebookNode:
    nb.cells = [cell for cell in nb.cells if cell.id not in ids]
    return nb


def expected(**changed: str) -> list[str]:
    """The sources of the released notebook, those of some cells changed."""
    names = {name.replace("_", "-"): source for name, source in changed.items()}
    return [names.get(cell.id, cell.source) for cell in released().cells]


def test_only_the_text_of_answers_is_taken() -> None:
    nb = submit()
    place(nb, "un-check").source = "99"
    place(nb, "un-check").metadata.nbgrader.points = 99
    place(nb, "setup").source = "check = lambda name: 99"
    nb.metadata.kernelspec = {"name": "pirate", "display_name": "pirate"}
    rebuilt = rebuild(released(), nb).notebook
    assert sources(rebuilt) == expected(un_answer="un = 1")
    assert place(rebuilt, "un-check").metadata.nbgrader.points == 2
    assert "kernelspec" not in rebuilt.metadata


def test_try_cells_keep_what_the_learner_wrote() -> None:
    nb = submit()
    place(nb, "essai").source = "essai = 2"
    assert sources(rebuild(released(), nb).notebook) == expected(un_answer="un = 1", essai="essai = 2")


def test_deleted_cells_come_back() -> None:
    rebuilt = rebuild(released(), without(submit(), "setup", "un-check", "deux-answer"))
    assert sources(rebuilt.notebook) == expected(un_answer="un = 1")
    assert rebuilt.notes == ["3 cellules manquantes, remises : setup, un-check, deux-answer"]


def test_what_was_repaired_is_said_in_one_line_per_kind() -> None:
    nb = without(submit(), "un-check")
    nb.cells += [deepcopy(cell) for cell in nb.cells * 2]
    (missing, copied) = rebuild(released(), nb).notes
    assert missing == "cellule manquante, remise : un-check"
    assert copied.startswith("8 cellules en plusieurs exemplaires, réunis : ")
    assert copied.endswith(" et 5 autres")


def test_a_version_written_in_a_copy_can_neither_forge_a_line_nor_fill_the_report() -> None:
    ours, theirs = released(), submit()
    ours.metadata.campus = {"version": 2}
    theirs.metadata.campus = {"version": "1\n  zoe : fraude\x1b[2J" + "x" * 3_000_000}
    (note,) = rebuild(ours, theirs).notes
    assert note.startswith("copie faite sur la version 1\\n  zoe : fraude\\x1b[2Jxxx")
    assert note.isprintable() and len(note) < 300


def test_duplicated_checks_are_graded_once() -> None:
    nb = submit()
    nb.cells += [deepcopy(place(nb, "un-check")), deepcopy(place(nb, "un-check"))]
    assert sources(rebuild(released(), nb).notebook) == expected(un_answer="un = 1")


def test_a_split_answer_runs_part_after_part() -> None:
    nb = submit()
    index = nb.cells.index(place(nb, "un-answer"))
    nb.cells[index : index + 1] = [answer("un-answer", "base = 1"), answer("un-answer", "un = base")]
    rebuilt = sources(rebuild(released(), nb).notebook)
    assert rebuilt[4:7] == ["base = 1", "un = base", 'check("un")']


def test_a_copy_left_as_released_does_not_erase_the_answer() -> None:
    nb = submit()
    nb.cells.append(answer("un-answer", "un = None"))
    assert sources(rebuild(released(), nb).notebook) == expected(un_answer="un = 1")


def test_a_renamed_answer_is_found_by_its_cell_id() -> None:
    nb = submit()
    place(nb, "un-answer").metadata.nbgrader.grade_id = "nouveau-nom"
    assert sources(rebuild(released(), nb).notebook) == expected(un_answer="un = 1")


def test_an_answer_that_lost_its_metadata_and_id_still_runs_before_its_check() -> None:
    nb = submit()
    nb.cells[nb.cells.index(place(nb, "un-answer"))] = own("un = 1")
    rebuilt = sources(rebuild(released(), nb).notebook)
    assert rebuilt[4:7] == ["un = None", "un = 1", 'check("un")']


def test_an_added_cell_stays_before_the_cell_that_followed_it() -> None:
    nb = submit()
    nb.cells.insert(nb.cells.index(place(nb, "un-answer")), own("def aide(): return 1"))
    rebuilt = sources(rebuild(released(), nb).notebook)
    assert rebuilt[4:6] == ["def aide(): return 1", "un = 1"]


def test_an_added_cell_stays_before_a_deleted_check() -> None:
    nb = submit()
    nb.cells.insert(nb.cells.index(place(nb, "un-check")), own("un = un + 1"))
    rebuilt = sources(rebuild(released(), without(nb, "un-check")).notebook)
    assert rebuilt[4:7] == ["un = 1", "un = un + 1", 'check("un")']


def test_added_cells_bring_no_points_and_no_metadata() -> None:
    nb = submit()
    nb.cells.append(check("invente"))
    last = rebuild(released(), nb).notebook.cells[-1]
    assert last.source == 'check("invente")'
    assert last.metadata == {}


def test_an_answer_turned_into_text_is_code_again() -> None:
    nb = submit()
    cell = place(nb, "un-answer")
    cell.cell_type = "markdown"
    del cell["outputs"], cell["execution_count"]
    assert place(rebuild(released(), nb).notebook, "un-answer").cell_type == "code"


def test_a_notebook_of_another_module_is_said_to_be_one() -> None:
    foreign = notebook(answer("autre-answer", "autre = 1"), check("autre"))
    assert sources(rebuild(released(), foreign).notebook) == [FOREIGN, *expected()]


def test_a_copy_of_another_version_is_named() -> None:
    ours, theirs = released(), submit()
    ours.metadata.campus, theirs.metadata.campus = {"version": 2}, {"version": 1}
    assert rebuild(ours, theirs).notes == [
        "copie faite sur la version 1 du module, corrigée avec la version 2"
    ]


def test_pictures_pasted_in_an_added_cell_are_kept_and_what_is_not_one_is_left() -> None:
    nb = submit()
    added = new_markdown_cell("![photo](attachment:a.png)")
    added.attachments = {
        "a.png": {"image/png": "AAAA"},
        "b.png": "AAAA",
        "c.png": {"image/png": 3},
        "d.png": {},
    }
    nb.cells.insert(2, added)
    place(nb, "avis-answer").attachments = ["e.png"]
    rebuilt = rebuild(released(), nb).notebook
    assert rebuilt.cells[2].source == added.source
    assert rebuilt.cells[2].attachments == {"a.png": {"image/png": "AAAA"}}
    assert "attachments" not in place(rebuilt, "avis-answer")
