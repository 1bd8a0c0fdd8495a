"""The executor shows what a Jupyter kernel would show, cell by cell."""

import re

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from autograder.sandbox import Limits, Spec, Zygote
from tests.running import run_cells

CELLS = [
    "print('un'); import sys; print('deux', file=sys.stderr); print('trois')",
    "import pandas as pd\ncommunes = pd.DataFrame({'nom': ['Éze', 'Ys'], 'population': [2200, None]})\ncommunes",
    "communes.describe()",
    "import matplotlib.pyplot as plt\nfigure, axes = plt.subplots()\naxes.bar(['a', 'b'], [1, 2])\naxes.set_title('Été')",
    "plt.plot([1, 2, 3])\nplt.show()\nprint('après')",
    "1 / 0",
    "def f(x):\n    return g(x)\ndef g(x):\n    raise ValueError(f'non : {x}')\nf(3)",
    "si x alors y",
    "import asyncio\nawait asyncio.sleep(0)\n'attendu'",
    "asyncio.get_running_loop().is_running()",
    "from IPython.display import HTML, Markdown, clear_output, display\ndisplay(HTML('<b>gras</b>'), Markdown('*x*'))",
    "print('effacé')\nclear_output()\nprint('gardé')",
    "print('effacé plus tard')\nclear_output(wait=True)\nprint('gardé')",
    "handle = display('avant', display_id='un')",
    "handle.update('après')",
    "!echo bonjour; echo erreur >&2",
    "x = !echo capturé\nx",
    "%time 1 + 1 and None",
    "%%writefile essai.txt\ntexte",
    "open('essai.txt').read()",
    "raise SystemExit",
    "_",
    "In[2][:10], Out[3].shape",
    "'rien';",
    "",
    "class A:\n    def _repr_html_(self):\n        return '<i>A</i>'\n    def __repr__(self):\n        return 'A'\nA()",
    "class B:\n    def __repr__(self):\n        raise RuntimeError('illisible')\nB()",
]

TIMES = re.compile(r"(CPU times|Wall time): [^\"\\\\]*")


def normal(outputs):
    """Outputs without what cannot be the same twice: durations, addresses, where a kernel cuts a text in two."""
    text = nbformat.writes(new_notebook(cells=[new_code_cell("", outputs=outputs, id="x")]))
    text = re.sub(r"at 0x[0-9a-f]+", "at 0x", TIMES.sub(r"\1", text))
    joined: list[dict] = []
    for output in nbformat.reads(text, as_version=4).cells[0].outputs:
        if joined and output.get("name") == joined[-1].get("name") and output.output_type == "stream":
            joined[-1]["text"] += output.text
        else:
            joined.append(dict(output))
    return joined


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    """What a python3 kernel shows."""
    notebook = new_notebook(cells=[new_code_cell(source) for source in CELLS])
    folder = str(tmp_path_factory.mktemp("noyau"))
    NotebookClient(notebook, allow_errors=True, resources={"metadata": {"path": folder}}).execute()
    return notebook.cells


@pytest.fixture(scope="module")
def zygote():
    with Zygote() as zygote:
        yield zygote


@pytest.fixture(scope="module")
def results(zygote):
    return list(run_cells(zygote, CELLS))


@pytest.mark.slow
@pytest.mark.parametrize("index", range(len(CELLS)), ids=[source[:40] for source in CELLS])
def test_a_cell_shows_what_a_kernel_shows(index, expected, results):
    outputs = [nbformat.from_dict(output) for output in results[index].outputs]
    assert normal(outputs) == normal(expected[index].outputs)
    assert results[index].status == ("error" if any(o.output_type == "error" for o in outputs) else "ok")


def test_an_endless_cell_is_stopped_and_the_next_ones_run(zygote):
    limits = Limits(cell_seconds=1)
    loop, after = run_cells(zygote, ["print('avant')\nwhile True: pass", "1 + 1"], Spec(limits=limits))
    assert (loop.status, [flag.kind for flag in loop.flags]) == ("timeout", ["time"])
    assert loop.outputs[0]["text"] == "avant\n"
    assert loop.outputs[-1]["evalue"].startswith("Cette cellule n’a pas fini")
    assert after.outputs[0]["data"]["text/plain"] == "2"


def test_a_loop_that_ignores_interruptions_is_killed_and_earlier_results_survive(zygote):
    deaf = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass"
    before, loop, after = run_cells(zygote, ["'acquis'", deaf, "1"], Spec(limits=Limits(cell_seconds=1)))
    assert before.outputs[0]["data"]["text/plain"] == "'acquis'"
    assert (loop.status, loop.flags[0].kind) == ("dead", "time")
    assert (after.status, after.outputs[0]["ename"]) == ("not_run", "Correction")


def test_a_notebook_has_a_time_too(zygote):
    limits = Limits(notebook_seconds=1)
    first, second = run_cells(zygote, ["import time; time.sleep(60)", "1"], Spec(limits=limits))
    assert first.status == "timeout"
    assert (second.status, second.flags[0].kind) == ("not_run", "notebook_time")


@pytest.mark.parametrize(
    "source", ["import os; os._exit(3)", "import ctypes; ctypes.string_at(0)", "import os; os.abort()"]
)
def test_a_dead_process_leaves_the_earlier_results(zygote, source):
    with zygote.session() as session:
        assert session.execute("1").status == "ok"
        dead = session.execute(source)
        assert (dead.status, [flag.kind for flag in dead.flags]) == ("dead", ["died"])
        assert session.execute("1").status == "not_run"


def test_nobody_answers_a_request_for_input(zygote):
    (result,) = run_cells(zygote, ["input('?')"])
    assert result.outputs[0]["ename"] == "StdinNotImplementedError"


def test_output_is_cut_with_a_note(zygote):
    limits = Limits(output_bytes=1000)
    (result,) = run_cells(zygote, ["for _ in range(100000): print('bonjour')"], Spec(limits=limits))
    assert [flag.kind for flag in result.flags] == ["output"]
    shown = "".join(output["text"] for output in result.outputs)
    assert len(shown) < 1200
    assert "Sortie coupée" in shown


def test_random_numbers_differ_from_run_to_run_unless_seeded(zygote):
    source = "import random, numpy; (random.random(), numpy.random.rand())"
    texts = {next(run_cells(zygote, [source])).outputs[0]["data"]["text/plain"] for _ in range(3)}
    assert len(texts) == 3


def test_the_environment_is_ours_alone(zygote, monkeypatch):
    monkeypatch.setenv("JETON_SECRET", "s3cret")
    with Zygote() as fresh:
        (result,) = run_cells(
            fresh,
            ["import os; ('JETON_SECRET' in os.environ, os.environ['AJOUT'])"],
            Spec(env={"AJOUT": "oui"}),
        )
    assert result.outputs[0]["data"]["text/plain"] == "(False, 'oui')"


def test_only_regular_files_are_copied(zygote, tmp_path):
    (tmp_path / "secret").write_text("secret")
    copy = tmp_path / "copie"
    (copy / "sous").mkdir(parents=True)
    (copy / "sous" / "é à\nodd.txt").write_text("bien")
    (copy / "lien").symlink_to(tmp_path / "secret")
    (copy / "dossier").symlink_to(tmp_path)
    source = "import os; sorted(os.listdir()), os.listdir('sous'), open('sous/é à\\nodd.txt').read()"
    (result,) = run_cells(zygote, [source], Spec(files=copy))
    assert result.outputs[0]["data"]["text/plain"] == r"(['sous'], ['é à\nodd.txt'], 'bien')"


def test_a_run_never_changes_the_copy_it_was_given(zygote, tmp_path):
    (tmp_path / "notes.txt").write_text("avant")
    (result,) = run_cells(zygote, ["open('notes.txt', 'w').write('après')"], Spec(files=tmp_path))
    assert result.status == "ok"
    assert (tmp_path / "notes.txt").read_text() == "avant"
