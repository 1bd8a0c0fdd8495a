"""`campus run` itself, on a small module: what it must see, and its two ways of executing, which must agree."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder import paths
from autograder.authoring.new import new
from autograder.authoring.pipeline import build
from autograder.checks.outcomes import ClearTable, Outcome, SealedTable
from autograder.grading.release import load_config
from autograder.kernels import warm
from autograder.modules.errors import ModuleError
from autograder.proofs import run as runs
from autograder.proofs.report import Report
from autograder.proofs.run import run
from tests.nbgrader.batch_course import MODULE, MODULES

Content = dict[str, Any]


@pytest.fixture(autouse=True)
def small_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "modules", lambda: MODULES)


@pytest.fixture
def forks_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """What papermill sees must not be needed."""
    monkeypatch.setattr(runs, "WHOLE", ())


def proved(course: Path, **options: Any) -> Report:
    (report,) = run([MODULE], load_config(paths.course()), {}, course=course, **options)
    return report


def test_a_fork_says_what_the_whole_notebook_says(tmp_path: Path) -> None:
    report = proved(tmp_path, whole=True)
    assert report.all_problems() == []
    assert len(report.proofs) == 7
    assert all(proof.ran.confined for proof in report.proofs)


def test_tables_that_their_owner_alone_may_read_are_read(tmp_path: Path) -> None:
    (built,) = build([MODULE], tmp_path)
    built.private.chmod(0o600)
    built.private.parent.chmod(0o700)
    assert proved(tmp_path).all_problems() == []


def test_where_nothing_can_be_confined_papermill_executes_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(warm, "can_confine", lambda: False)
    monkeypatch.setattr(runs, "Judge", lambda *_: asked.append("judge"))
    report = proved(tmp_path, workers=1)
    assert report.all_problems() == []
    assert asked == []


def clear_points(public: Content, private: Content) -> None:
    entry(private, "moyenne")["share"] = 0.5


def clear_message(public: Content, private: Content) -> None:
    entry(private, "moyenne")["message"] = "Autre chose."


def clear_without_a_mistake(public: Content, private: Content) -> None:
    table = private["exercises"]["somme"]["code"]["table"]
    table[:] = [row for row in table if row[2]["id"] != "moyenne"]


def sealed_points(public: Content, private: Content) -> None:
    reseal(public, private, "moyenne", share=0.5)


def sealed_message(public: Content, private: Content) -> None:
    reseal(public, private, "moyenne", message="Autre chose.")


def sealed_without_an_entry(public: Content, private: Content) -> None:
    sealed = public["exercises"]["somme"]["questions"]["form"]["sealed"]["entries"]
    sealed.popitem()


def both_points(public: Content, private: Content) -> None:
    reseal(public, private, "moyenne", share=0.5)
    clear_points(public, private)


def both_messages(public: Content, private: Content) -> None:
    reseal(public, private, "moyenne", message="Autre chose.")
    clear_message(public, private)


def share(public: Content, private: Content) -> None:
    private["exercises"]["somme"]["shares"]["dernier"] = 0.25


def form_value(public: Content, private: Content) -> None:
    private["exercises"]["couleur"]["form_value"] = "a"


def form_mistake(public: Content, private: Content) -> None:
    private["exercises"]["couleur"]["form_mistakes"]["herbe"] = "c"


def alternative(public: Content, private: Content) -> None:
    private["exercises"]["somme"]["alternatives"].clear()


def mistake(public: Content, private: Content) -> None:
    del private["exercises"]["somme"]["shares"]["nombre"]


def entry(private: Content, mistake: str) -> Content:
    """The outcome of a mistake by code, in the clear table."""
    rows = private["exercises"]["somme"]["code"]["table"]
    return next(outcome for _, _, outcome in rows if outcome["id"] == mistake)


def reseal(public: Content, private: Content, mistake: str, **changes: Any) -> None:
    question = public["exercises"]["somme"]["questions"]["code"]
    entries = ClearTable.from_json(private["exercises"]["somme"]["code"]["table"]).entries
    changed = {
        answer: Outcome(**{**vars(outcome), **(changes if outcome.id == mistake else {})})
        for answer, outcome in entries.items()
    }
    question["sealed"] = SealedTable.seal(changed, question["sealed"]["salt"], 1, "code").to_json()


@pytest.mark.parametrize(
    "mutate",
    [
        *(clear_points, clear_message, clear_without_a_mistake),
        *(sealed_points, sealed_message, sealed_without_an_entry),
        *(both_points, both_messages, share, form_value, form_mistake, alternative, mistake),
    ],
)
def test_a_mutation_of_what_the_build_derives_is_seen(
    tmp_path: Path,
    forks_only: None,
    monkeypatch: pytest.MonkeyPatch,
    mutate: Callable[[Content, Content], None],
) -> None:
    (built,) = build([MODULE], tmp_path)
    files = built.source / ".exercises.json", built.private
    contents = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    mutate(*contents)
    for file, content in zip(files, contents, strict=True):
        file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    monkeypatch.setattr(runs, "build_apart", lambda *_, **__: [built])  # which would make them anew
    assert proved(tmp_path).all_problems() != []


@pytest.fixture
def with_parameters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module whose answer depends on the vintage of its data: the template of `campus new`."""
    root = tmp_path / "modules"
    root.mkdir()
    new("F01", "prerequis", root)
    new("X01", "essai", root)
    monkeypatch.setattr(paths, "modules", lambda: root)
    return root


def test_other_parameters_are_those_of_both_ways(tmp_path: Path, with_parameters: Path) -> None:
    course, config = tmp_path / "course", load_config(paths.course())
    (usual,) = run(["X01"], config, {}, course=course)
    (other,) = run(["X01"], config, {"millesime": 2019}, course=course)
    assert usual.all_problems() == other.all_problems() == []
    assert other.to_json()["solved"]["points"] == other.to_json()["solved"]["max"] > 0


def test_cells_that_cannot_be_shared_are_said(
    tmp_path: Path, with_parameters: Path, forks_only: None
) -> None:
    text = with_parameters / "X01-essai" / "notebook.md"
    thread = "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
    cell = f"```{{code-cell}} python\n{thread}```\n\n"
    before, step, after = text.read_text(encoding="utf-8").rpartition("+++ {")
    text.write_text(before + cell + step + after, encoding="utf-8")
    (report,) = run(["X01"], load_config(paths.course()), {}, course=tmp_path / "course")
    assert [one for one in report.all_problems() if "ne peuvent pas être partagées" in one]


REFUSED = "from autograder import cli; from autograder.kernels import warm; warm.can_confine = bool; cli.main({arguments})"
"""The command where nothing can be confined: it then has worker processes."""


@pytest.mark.skipif(sys.platform != "linux", reason="the variables of processes are read in /proc")
@pytest.mark.parametrize(("confined", "processes"), [(True, 3), (False, 11)], ids=["forks", "workers"])
@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGKILL])
def test_stopped_it_leaves_nothing_alive(
    tmp_path: Path, confined: bool, processes: int, stop: signal.Signals
) -> None:
    arguments = ["run", "F01", "--workers", "2"]
    words = ["-m", "autograder.cli", *arguments] if confined else ["-c", REFUSED.format(arguments=arguments)]
    command = [sys.executable, *words]
    marked = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, env=marked) as process:
        wait_for(lambda: len(marked_processes(tmp_path)) >= processes)
        process.send_signal(stop)
    wait_for(lambda: not marked_processes(tmp_path))


def marked_processes(mark: Path) -> list[int]:
    """The living processes that were started with this variable, which warm processes keep, or forked from one."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"XDG_CACHE_HOME={mark}\0".encode() in (process / "environ").read_bytes():
                found.append(int(process.name))
        except OSError:
            continue  # another user's, or ended meanwhile
    return found


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 300
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_several_modules_are_proved_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "modules"
    shutil.copytree(MODULES, root)
    other = new("X02", "autre", root) / "module.yml"
    other.write_text(other.read_text(encoding="utf-8").replace("[F01]", "[]"), encoding="utf-8")
    monkeypatch.setattr(paths, "modules", lambda: root)
    reports = run([MODULE, "X02"], load_config(paths.course()), {}, course=tmp_path / "course")
    assert [report.ok for report in reports] == [True, True]


def test_a_cell_that_ends_its_process_is_told_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "modules"
    shutil.copytree(MODULES, root)
    text = root / MODULE / "notebook.md"
    text.write_text(
        text.read_text(encoding="utf-8") + "\n```{code-cell} python\nimport os\nos._exit(0)\n```\n"
    )
    monkeypatch.setattr(paths, "modules", lambda: root)
    with pytest.raises(ModuleError, match=r"arrête Python tout entier, par os._exit\(\)"):
        run([MODULE], load_config(paths.course()), {}, course=tmp_path / "course")
