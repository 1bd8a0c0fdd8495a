"""Warm kernels behave as `python3` does; confined ones reach nothing but their own copy."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import nbformat
import psutil
import pytest
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook
from traitlets.config import Config

from autograder.kernels import CONFINED, HOME, warm
from autograder.lab import launch
from autograder.lab.launch import Server, free_port
from autograder.proofs import execute
from autograder.sandbox import SandboxFailed, SandboxRefused

WARM = [HOME, CONFINED]
KERNELSPEC = {"name": "python3", "language": "python", "display_name": "Python 3"}

CELLS = [
    "print('un'); import sys; print('deux', file=sys.stderr)",
    "import os, time; written = os.write(1, b'brut\\n'); time.sleep(0.3)",
    "!echo bonjour; echo erreur >&2",
    "import subprocess; done = subprocess.run(['sh', '-c', 'echo enfant']); time.sleep(0.3)",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2, 3])\nplt.show()\nprint('après')",
    "%matplotlib inline\nfigure, axes = plt.subplots()\naxes.set_title('Été')",
    "import pandas as pd\npd.DataFrame({'nom': ['Éze'], 'population': [2200]})",
    "import asyncio\nawait asyncio.sleep(0.01)\n'attendu'",
    "%%writefile essai.txt\ntexte",
    "open('essai.txt').read()",
    "input('?')",
    "1 / 0",
    "print('avant')\nwhile True: pass",
    "'encore là'",
    "time.sleep(60)",
    "!sleep 60",
    "'toujours là'",
    "import multiprocessing\ndef f(x):\n    print('calcul', x)\n    return x + 1\n"
    "with multiprocessing.get_context('fork').Pool(1) as pool: found = pool.map(f, [1])\ntime.sleep(0.3)\nfound",
    "import threading; thread = threading.Thread(target=print, args=('fil',)); thread.start(); thread.join()",
    "import tempfile; tempfile.NamedTemporaryFile().write(b'x')",
    "import ipywidgets; slider = ipywidgets.IntSlider(3, description='Été'); slider",
    "__name__, type(get_ipython()).__name__, type(get_ipython().kernel).__name__, In[1][:5], Out[8]",
    "from IPython.display import display; handle = display('avant', display_id='un'); handle.update('après')",
    "%who_ls int",
]
ENDLESS = ("while True", "time.sleep(60)", "!sleep 60")


def need(kernel):
    if kernel == CONFINED and not warm.can_confine():
        pytest.skip("this system refuses namespaces")


def executed(kernel, folder):
    need(kernel)
    notebook = new_notebook(cells=[new_code_cell(source) for source in CELLS])
    client = NotebookClient(
        notebook,
        kernel_name=kernel,
        allow_errors=True,
        interrupt_on_timeout=True,
        timeout_func=lambda cell: 1 if cell.source.endswith("pass") or cell.source in ENDLESS else 60,
        shutdown_kernel="immediate",
        resources={"metadata": {"path": str(folder)}},
    )
    with pytest.MonkeyPatch.context() as environment:
        environment.delenv("PYTEST_CURRENT_TEST")  # or ipykernel leaves programs' outputs alone
        return client.execute()


def normal(outputs):
    """Outputs without what cannot be the same twice: identities, and where a kernel cuts a text in two."""
    text = nbformat.writes(new_notebook(cells=[new_code_cell("", outputs=outputs, id="x")]))
    text = re.sub(r"\b[0-9a-f]{32}\b|at 0x[0-9a-f]+", "…", text)
    text = re.sub(
        r"[~/][^\\\"]*?/(?=lib/python)", "…/", text
    )  # a confined kernel has another home, written ~
    joined = {}
    for output in nbformat.reads(text, as_version=4).cells[0].outputs:
        if output.output_type == "stream":
            joined.setdefault(output.name, dict(output, text=""))["text"] += output.text
        else:
            joined[len(joined)] = dict(output)
    return joined


@pytest.fixture(scope="module", autouse=True)
def ready():
    warm.HOME.started()


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    return executed("python3", tmp_path_factory.mktemp("python3"))


@pytest.fixture(scope="module", params=WARM)
def found(request, tmp_path_factory):
    return executed(request.param, tmp_path_factory.mktemp(request.param))


@pytest.mark.slow
@pytest.mark.parametrize("index", range(len(CELLS)), ids=[source[:30] for source in CELLS])
def test_a_warm_kernel_shows_what_python3_shows(index, expected, found):
    assert normal(found.cells[index].outputs) == normal(expected.cells[index].outputs)


def test_the_state_of_widgets_is_saved(expected, found):
    def state(notebook):
        saved = notebook.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"]
        return sorted((one["model_name"], one["state"].get("description")) for one in saved.values())

    assert ("IntSliderModel", "Été") in state(found)
    assert state(found) == state(expected)


@contextmanager
def running(name, folder, config=None, **start):
    """A kernel and its client, with `run(source) -> SimpleNamespace(text, error)`."""
    need(name)
    manager = KernelManager(kernel_name=name, config=config or Config())
    manager.start_kernel(cwd=str(folder), **start)
    client = manager.client()
    client.start_channels()

    def run(source, seconds=30):
        said = SimpleNamespace(text="", error=None)

        def hook(message):
            content = message["content"]
            said.text += content.get("text", "") + content.get("data", {}).get("text/plain", "")
            said.error = content.get("ename", said.error)

        client.execute_interactive(source, output_hook=hook, timeout=seconds)
        return said

    try:
        client.wait_for_ready(timeout=30)
        yield SimpleNamespace(manager=manager, client=client, run=run)
    finally:
        client.stop_channels()
        if manager.has_kernel:
            manager.shutdown_kernel(now=True)


def is_warm(kernel):
    return not isinstance(kernel.manager.provisioner.process, subprocess.Popen)


def children(name):
    zygote = (warm.CONFINED if name == CONFINED else warm.HOME).started()
    return [
        child for child in psutil.Process(zygote._process.pid).children(True) if "zygote" not in child.name()
    ]


def wait_until(condition, seconds=10, every=0.02):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(every)


@pytest.mark.parametrize("name", WARM)
def test_it_restarts_and_leaves_nothing(name, tmp_path):
    with running(name, tmp_path) as kernel:
        before = len(children(name)) - 1
        for now in (True, False):
            kernel.run("x = 1")
            kernel.manager.restart_kernel(now=now)
            kernel.client.wait_for_ready(timeout=30)
            assert is_warm(kernel)
            assert kernel.run("x").error == "NameError"
        kernel.run("import subprocess; started = subprocess.Popen(['sleep', '61.25'])")
        assert len(children(name)) == before + 2
        kernel.manager.shutdown_kernel(now=True)
        wait_until(lambda: len(children(name)) == before)


@pytest.mark.parametrize("name", WARM)
def test_a_kernel_asked_to_end_does(name, tmp_path):
    with running(name, tmp_path) as kernel:
        before = len(children(name)) - 1
        kernel.manager.shutdown_kernel()
        assert len(children(name)) == before


@pytest.mark.parametrize("name", WARM)
@pytest.mark.parametrize("source", ["import os; os._exit(3)", "import ctypes; ctypes.string_at(0)", "exit"])
def test_a_kernel_that_ends_by_itself_is_seen_dead_and_starts_again(name, source, tmp_path):
    with running(name, tmp_path) as kernel:
        kernel.client.execute(source)
        wait_until(lambda: not kernel.manager.is_alive())
        kernel.manager.restart_kernel(now=True)
        kernel.client.wait_for_ready(timeout=30)
        assert kernel.run("6 * 7").text == "42"


@pytest.mark.parametrize("name", WARM)
def test_an_interruption_is_heard_once(name, tmp_path):
    with running(name, tmp_path) as kernel:
        asked = kernel.client.execute("import time; time.sleep(60)", stop_on_error=False)
        time.sleep(0.3)
        kernel.manager.interrupt_kernel()
        reply = kernel.client.get_shell_msg(timeout=10)
        while reply["parent_header"].get("msg_id") != asked:
            reply = kernel.client.get_shell_msg(timeout=10)
        assert reply["content"]["ename"] == "KeyboardInterrupt"
        assert kernel.run("time.sleep(0.2); 'calme'").text == "'calme'"


@pytest.mark.parametrize("name", WARM)
def test_a_page_speaks_to_widgets(name, tmp_path):
    with running(name, tmp_path) as kernel:
        identity = kernel.run("import ipywidgets; s = ipywidgets.IntSlider(); print(s.model_id)").text.strip()
        state = {"comm_id": identity, "data": {"method": "update", "state": {"value": 7}, "buffer_paths": []}}
        kernel.client.shell_channel.send(kernel.client.session.msg("comm_msg", state))
        assert kernel.run("s.value").text == "7"


def test_a_kernel_at_home_has_its_user_s_folder_variables_and_exit_hooks(tmp_path, monkeypatch):
    monkeypatch.setenv("JETON", "abc")
    monkeypatch.setenv("TZ", "Pacific/Noumea")
    with running(HOME, tmp_path) as kernel:
        said = kernel.run(
            "import os, time, sys; print(os.getcwd(), os.environ['JETON'], time.strftime('%z'), os.environ.get('HOME'),"
            " os.environ.get('PYTHONHASHSEED'), sys.path[0] == '', sep='\\n')"
        )
        assert said.text.split("\n")[:6] == [
            str(tmp_path),
            "abc",
            "+1100",
            os.environ["HOME"],
            "None",
            "True",
        ]
        kernel.run("import atexit; atexit.register(lambda: open('adieu', 'w').close())")
        kernel.manager.shutdown_kernel()
    assert (tmp_path / "adieu").exists()


@pytest.mark.parametrize("name", WARM)
def test_two_kernels_draw_other_numbers(name, tmp_path):
    texts = set()
    for _ in range(2):
        with running(name, tmp_path) as kernel:
            texts.add(kernel.run("import random, numpy, uuid; random.random(), numpy.random.rand()").text)
    assert len(texts) == 2


@pytest.mark.parametrize("name", WARM)
def test_a_kernel_dies_with_its_client(name, tmp_path):
    need(name)
    source = f"""if True:
        import time
        from jupyter_client.manager import KernelManager
        from autograder.kernels import warm
        {"warm.HOME.started()" if name == HOME else ""}
        manager = KernelManager(kernel_name={name!r})
        manager.start_kernel(cwd={str(tmp_path)!r})
        client = manager.client()
        client.start_channels()
        client.wait_for_ready(timeout=30)
        client.execute_interactive("import subprocess; started = subprocess.Popen(['sleep', '62.75'])", timeout=30)
        print(type(manager.provisioner.process).__name__, flush=True)
        time.sleep(20)"""
    with subprocess.Popen([sys.executable, "-c", source], stdout=subprocess.PIPE, text=True) as client:
        assert client.stdout.readline() == "Process\n"
        here = [child.pid for child in psutil.Process(client.pid).children(True)]
        assert len(here) >= 3  # the warm process, the kernel, what it started
        client.send_signal(signal.SIGKILL)
    wait_until(lambda: not any(psutil.pid_exists(pid) for pid in here))


@pytest.mark.parametrize("why", ["no warm process", "newer code"])
def test_where_a_kernel_cannot_start_warm_it_starts_as_usual(why, tmp_path, monkeypatch):
    if why == "newer code":
        monkeypatch.setattr(warm, "_loaded", lambda: str(time.time()))
    else:
        nothing = warm.Warm(confined=False)
        monkeypatch.setattr(nothing, "started", lambda: (_ for _ in ()).throw(SandboxRefused("non")))
        monkeypatch.setattr(warm, "HOME", nothing)
    with running(HOME, tmp_path) as kernel:
        assert not is_warm(kernel)
        assert kernel.run("6 * 7").text == "42"


def test_another_language_or_another_python_is_left_alone():
    from autograder.kernels.provisioner import _is_ours

    assert _is_ours([sys.executable, "-m", "ipykernel_launcher", "-f", "x"])
    assert not _is_ours(["/autre/bin/python", "-m", "ipykernel_launcher", "-f", "x"])
    assert not _is_ours(["R", "--slave"])


@pytest.mark.parametrize("role", ["learner", "instructor"])
def test_the_lab_starts_python3_warm(role, tmp_path):
    place = Server(role, tmp_path, "/lab", tmp_path / "etat", free_port(18970), browser=False)
    api = f"http://127.0.0.1:{place.port}/api/kernels?token=jeton"

    def ask(data=None):
        with urllib.request.urlopen(urllib.request.Request(api, data)) as answer:
            return json.loads(answer.read())

    def a_warm_one():
        ask(b'{"name": "python3", "path": ""}')
        return any(warm_here(child) for child in psutil.Process(server.pid).children(True))

    def warm_here(process):
        try:
            return process.cwd() == str(tmp_path) and "autograder.sandbox.zygote" in process.cmdline()
        except psutil.Error:  # it has just ended
            return False

    environment = launch.environment(place, tmp_path, "jeton") | {
        "JUPYTER_CONFIG_DIR": str(tmp_path / "config")
    }
    with (tmp_path / "journal").open("w") as log:
        server = subprocess.Popen(launch.command(place), env=environment, cwd="/", stdout=log, stderr=log)
    try:
        wait_until(lambda: answers(ask), 60)
        wait_until(a_warm_one, 60, every=1)  # those asked for before the warm process is ready start as usual
    finally:
        server.terminate()
        server.wait(30)


def answers(ask):
    try:
        return ask() is not None
    except OSError:
        return False


def test_the_kernels_are_installed_with_the_package():
    installed = KernelSpecManager().find_kernel_specs()
    for name in (HOME, CONFINED):
        ours = Path(warm.__file__).parent / "kernelspecs" / name / "kernel.json"
        assert (Path(installed[name]) / "kernel.json").read_text() == ours.read_text()


def test_a_confined_kernel_reaches_neither_files_nor_network(tmp_path):
    secret, target, work = tmp_path / "secret", tmp_path / "cible", tmp_path / "travail"
    secret.write_text("secret")
    work.mkdir()
    home = Path.home() / ".campus-canari"
    with socket.create_server(("127.0.0.1", 0)) as tcp, socket.socket(socket.AF_UNIX) as unix:
        unix.bind(str(tmp_path / "unix"))
        unix.listen()
        port = tcp.getsockname()[1]
        home.write_text("secret")
        try:
            with running(CONFINED, work) as kernel, running(HOME, work) as free:
                attacks = {
                    f"open({str(secret)!r}).read()": {"FileNotFoundError"},
                    f"open({str(home)!r}).read()": {"FileNotFoundError", "PermissionError"},
                    f"open({str(target)!r}, 'w')": {"FileNotFoundError", "PermissionError"},
                    f"import socket; socket.create_connection(('127.0.0.1', {port}), 2)": {
                        "ConnectionRefusedError"
                    },
                    "socket.create_connection(('192.0.2.1', 80), 2)": {"OSError"},
                    "socket.getaddrinfo('example.org', 80)": {"gaierror"},
                    f"socket.socket(socket.AF_UNIX).connect({str(tmp_path / 'unix')!r})": {
                        "FileNotFoundError"
                    },
                    "socket.socket(40, socket.SOCK_STREAM)": {"PermissionError"},  # AF_VSOCK: the hypervisor
                    "socket.socket(socket.AF_PACKET, socket.SOCK_RAW)": {"PermissionError"},
                    "import os; os.kill(" + str(os.getpid()) + ", 9)": {"ProcessLookupError"},
                }
                for source, refusals in attacks.items():
                    assert kernel.run(source).error in refusals, source
                assert not target.exists()
                for source in [
                    source for source in attacks if str(tmp_path) in source or str(port) in source
                ]:
                    assert free.run(source).error is None, source
        finally:
            home.unlink()
    assert target.exists()


def test_a_confined_kernel_works_on_a_copy_with_what_it_is_given(tmp_path, monkeypatch):
    monkeypatch.setenv("JETON", "abc")
    allowed, work = tmp_path / "permis", tmp_path / "travail"
    allowed.write_text("permis")
    work.mkdir()
    (work / "notes.txt").write_text("avant")
    given = Config(WarmProvisioner={"readable": [str(allowed)], "environment": {"AJOUT": "oui"}})
    with running(CONFINED, work, given) as kernel, running(CONFINED, work) as other:
        assert kernel.run(f"open({str(allowed)!r}).read()").text == "'permis'"
        assert other.run(f"open({str(allowed)!r}).read()").error == "FileNotFoundError"
        assert kernel.run("import os; os.environ['AJOUT'], 'JETON' in os.environ").text == "('oui', False)"
        assert kernel.run("open('notes.txt').read()").text == "'avant'"
        kernel.run("open('notes.txt', 'w').write('après')")
        talk = "import socket; s = socket.create_server(('127.0.0.1', 4567)); socket.create_connection(('127.0.0.1', 4567))"
        assert kernel.run(talk).error is None
        assert other.run(talk.partition(";")[0] + "; socket.create_connection(('127.0.0.1', 4567), 2)").error
    assert (work / "notes.txt").read_text() == "avant"


def test_where_a_kernel_cannot_be_confined_it_does_not_start(tmp_path, monkeypatch):
    refused = warm.Warm(confined=True)
    monkeypatch.setattr(refused, "started", lambda: (_ for _ in ()).throw(SandboxRefused("Ce système…")))
    monkeypatch.setattr(warm, "CONFINED", refused)
    manager = KernelManager(kernel_name=CONFINED)
    with pytest.raises(SandboxRefused, match="Ce système"):
        manager.start_kernel(cwd=str(tmp_path))
    assert not manager.has_kernel


def test_a_confined_kernel_gets_a_second_chance(tmp_path, monkeypatch):
    need(CONFINED)
    started, refusals = warm.CONFINED.started, [SandboxFailed("le processus s’est arrêté")]

    def once_refused():
        if refusals:
            raise refusals.pop()
        return started()

    monkeypatch.setattr(warm.CONFINED, "started", once_refused)
    with running(CONFINED, tmp_path) as kernel:
        assert kernel.run("6 * 7").text == "42"
    assert not refusals


def test_papermill_runs_in_a_confined_kernel(tmp_path):
    need(CONFINED)
    import papermill

    path = tmp_path / "carnet.ipynb"
    cells = [
        new_code_cell("x = 1", metadata={"tags": ["parameters"]}),
        new_code_cell("import os; x, os.getcwd()"),
    ]
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": KERNELSPEC}), path)
    client = Config(AsyncKernelManager={"client_class": "autograder.kernels.client.ReadyClient"})
    options = {"kernel_name": CONFINED, "progress_bar": False, "config": client, "cwd": tmp_path}
    papermill.execute_notebook(path, tmp_path / "sortie.ipynb", {"x": 5}, **options)
    done = nbformat.read(tmp_path / "sortie.ipynb", as_version=4)
    assert done.cells[-1].outputs[0].data["text/plain"] == "(5, '/travail')"


@pytest.mark.parametrize("confined", [True, False])
def test_campus_run_gives_graded_notebooks_their_tables_and_says_whether_they_were_confined(
    confined, tmp_path, monkeypatch
):
    if confined:
        need(CONFINED)
    monkeypatch.setattr(execute, "can_confine", lambda: confined)
    monkeypatch.setenv("CAMPUS_PRIVATE", "ailleurs")
    private = tmp_path / "private"
    private.mkdir()
    (private / "X01.json").write_text("{}")
    source = "import os\nif open(f\"{os.environ['CAMPUS_PRIVATE']}/X01.json\").read() == '{}': raise ValueError('table lue')"
    notebook = new_notebook(cells=[new_code_cell(source)], metadata={"kernelspec": KERNELSPEC})
    task = execute.Task(
        "X01", "juste", nbformat.writes(notebook), "{}", {"answers": {}}, private / "X01.json", {}
    )
    ran = execute.execute(task)
    assert ran.error == "ValueError : table lue (cellule 0)"
    assert ran.confined == confined
