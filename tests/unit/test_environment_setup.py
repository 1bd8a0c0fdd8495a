"""What happens on a machine where nothing is installed: messages, remedies, and nothing done twice."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import bootstrap
import install_browser

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Move the environment to an empty folder and record the steps instead of running them."""
    labels: list[str] = []
    venv = tmp_path / ".venv"

    def record(label: str, command: list[str], environment: dict[str, str]) -> None:
        labels.append(" ".join(command))
        bootstrap.venv_python().parent.mkdir(parents=True, exist_ok=True)
        bootstrap.venv_python().touch()

    monkeypatch.setattr(bootstrap, "VENV", venv)
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "STAMP", venv / "campus-setup.json")
    monkeypatch.setattr(bootstrap, "find_uv", lambda: "uv")
    monkeypatch.setattr(bootstrap, "run", record)
    for name in ["pyproject.toml", *bootstrap.LOCKS["instructor"], *bootstrap.LOCKS["dev"]]:
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    return labels


def test_a_second_setup_does_nothing(steps: list[str]):
    bootstrap.install("course")
    done = len(steps)
    bootstrap.install("course")
    assert len(steps) == done == 3


def test_setup_after_setup_dev_keeps_the_tools(steps: list[str], tmp_path: Path):
    bootstrap.install("dev")
    steps.clear()
    bootstrap.install("course")
    assert steps == []
    (tmp_path / "requirements.lock").write_text("# changed\n")
    bootstrap.install("course")
    assert any("requirements-dev.lock" in step for step in steps)


def test_setup_after_instructor_keeps_the_statistics(steps: list[str]):
    bootstrap.install("instructor")
    assert any("requirements-stats.lock" in step for step in steps)
    steps.clear()
    bootstrap.install("course")
    assert steps == []


def test_a_contributor_has_the_statistics(steps: list[str]):
    bootstrap.install("dev")
    steps.clear()
    bootstrap.install("instructor")
    assert steps == []


def test_setup_starts_again_when_the_interpreter_has_gone(steps: list[str]):
    bootstrap.install("course")
    bootstrap.venv_python().unlink()
    steps.clear()
    bootstrap.install("course")
    assert len(steps) == 3


def test_an_interrupted_setup_starts_again(steps: list[str], monkeypatch: pytest.MonkeyPatch):
    bootstrap.install("course")

    def fail(label: str, command: list[str], environment: dict[str, str]) -> None:
        raise bootstrap.SetupError("coupure")

    with monkeypatch.context() as network_down, pytest.raises(bootstrap.SetupError):
        network_down.setattr(bootstrap, "run", fail)
        bootstrap.install("dev")
    steps.clear()
    bootstrap.install("course")
    assert len(steps) == 3


def test_old_python_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 9, 2))
    with pytest.raises(bootstrap.SetupError, match=r"Python 3\.11 ou plus récent ; ici : Python 3\.9"):
        bootstrap.check_machine()


def test_missing_pip_is_told_the_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    commands = {"apt-get": "/usr/bin/apt-get"}
    monkeypatch.setattr(bootstrap.shutil, "which", commands.get)
    monkeypatch.setattr(bootstrap, "UV_FOLDER", tmp_path)
    monkeypatch.setattr(bootstrap, "has_pip", lambda: False)
    with pytest.raises(bootstrap.SetupError, match="sudo apt install python3-pip"):
        bootstrap.find_uv()


@pytest.mark.skipif(not bootstrap.has_pip(), reason="this Python has no pip")
def test_the_mirror_set_up_for_pip_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    settings = tmp_path / "pip.conf"
    settings.write_text("[global]\nindex-url = https://miroir.test/simple\nproxy = http://mandataire.test\n")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(settings))
    monkeypatch.setenv("PIP_INDEX_URL", "https://autre-miroir.test/simple")  # as in pip, the last word
    found = bootstrap.pip_settings()
    assert found["UV_DEFAULT_INDEX"] == "https://autre-miroir.test/simple"
    assert found["ALL_PROXY"] == "http://mandataire.test"


REFUSED = "NewConnectionError: Failed to establish a new connection: [Errno 111] Connection refused"


@pytest.mark.parametrize(
    ("details", "advice"),
    [
        (REFUSED, "vérifiez la connexion"),
        ("Failed to download `pandas`\nCaused by: No space left on device (os error 28)", "disque est plein"),
        (
            "error: failed to create directory `.venv`: Permission denied (os error 13)",
            "pas le droit d’écrire",
        ),
        ("ERROR: Could not find an activated virtualenv (required).", "ce n’est pas le réseau"),
        ("ERROR: Can not combine '--user' and '--target'", "ce n’est pas le réseau"),
    ],
)
def test_a_failed_step_says_what_to_do_and_why(details: str, advice: str):
    command = [sys.executable, "-c", f"import sys; sys.exit({details!r})"]
    with pytest.raises(bootstrap.SetupError) as raised:
        bootstrap.run("Essai", command, {"PYTHONIOENCODING": "utf-8"})
    assert advice in str(raised.value)
    assert details.splitlines()[-1] in str(raised.value)
    assert isinstance(raised.value, bootstrap.NetworkError) == (details == REFUSED)


ORDINARY = {
    "require-virtualenv": "true",
    "user": "true",
    "prefix": "/ailleurs",
    "target": "/ailleurs",
    "verbose": "1",
    "quiet": "1",
}


@pytest.mark.skipif(not bootstrap.has_pip(), reason="this Python has no pip")
@pytest.mark.parametrize("setting", ORDINARY)
@pytest.mark.parametrize("place", ["file", "variable"])
def test_ordinary_settings_of_pip_neither_hide_the_mirror_nor_reach_our_call(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, setting: str, place: str
):
    lines = ["[global]", "index-url = https://miroir.test/simple"]
    if place == "file":
        lines.append(f"{setting} = {ORDINARY[setting]}")
    else:
        monkeypatch.setenv(f"PIP_{setting.replace('-', '_').upper()}", ORDINARY[setting])
    monkeypatch.delenv("PIP_INDEX_URL", raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))
    (tmp_path / "pip.conf").write_text("\n".join(lines), encoding="utf-8")

    assert bootstrap.pip_settings()["UV_DEFAULT_INDEX"] == "https://miroir.test/simple"
    ours = {name: value for name, value in bootstrap.pip_environment().items() if name.startswith("PIP_")}
    assert ours["PIP_INDEX_URL"] == "https://miroir.test/simple"
    assert ours["PIP_CONFIG_FILE"] == os.devnull
    assert not {f"PIP_{name.replace('-', '_').upper()}" for name in ORDINARY} & set(ours)


def interpreters() -> list[str]:
    """The Pythons of this machine, from 3.11 up, that answer: each by its own name on PATH, and this one."""
    names = [f"python3.{minor}" for minor in range(11, 20)]
    found = [path for name in names if (path := shutil.which(name)) and answers(path)]
    return [sys.executable, *found]


def answers(python: str) -> bool:
    return subprocess.run([python, "-c", ""], capture_output=True).returncode == 0


@pytest.mark.skipif(os.name != "posix", reason="locales of POSIX")
@pytest.mark.parametrize("python", interpreters())
@pytest.mark.parametrize("locale", ["C", "POSIX", "fr_FR.UTF-8", "C.UTF-8"])
def test_a_checkout_with_accents_starts_under_any_locale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, python: str, locale: str
):
    root = tmp_path / "Été 2026 (copie 1)" / "cours d’été l'an 2"
    (root / "autograder").mkdir(parents=True)
    (root / "autograder" / "__init__.py").touch()
    venv = root / ".venv"
    subprocess.run([python, "-m", "venv", "--without-pip", venv], check=True)
    (folder,) = venv.glob("lib/python*/site-packages")
    link = folder / Path(bootstrap.LINK).name
    link.write_text(f"{root}\n", encoding="utf-8")  # as uv writes it
    monkeypatch.setattr(bootstrap, "ROOT", root)
    monkeypatch.setattr(bootstrap, "VENV", venv)

    bootstrap.make_link_relative()
    command = [str(venv / "bin" / "python"), "-c", "import autograder; print(ascii(autograder.__file__))"]
    outside = {"PATH": os.environ["PATH"], "LC_ALL": locale}
    done = subprocess.run(command, cwd=tmp_path, env=outside, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "cours d\\u2019" in done.stdout


def browser(folder: Path, exit_code: int) -> str:
    path = folder / "chromium"
    path.write_text(f"#!/bin/sh\nexit {exit_code}\n")
    path.chmod(0o755)
    return str(path)


def test_the_chosen_browser_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("CHROMIUM", browser(tmp_path, 0))
    assert install_browser.find_browser() == str(tmp_path / "chromium")


def test_without_browser_or_apt_the_remedy_is_given(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    browser(tmp_path, 1)  # an empty shell, as on Ubuntu
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert install_browser.main() == 1
    assert "sudo apt install chromium" in capsys.readouterr().err


def test_lab_passes_its_options():
    command = ["make", "--no-print-directory", "-n", "lab", "PORT=8899", "BROWSER=0"]
    commands = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert commands.splitlines()[-1].split() == ["campus", "lab", "--port", "8899", "--no-browser"]


@pytest.mark.parametrize("exit_code", [0, 1, 5])
def test_ci_fails_when_the_tests_fail(tmp_path: Path, exit_code: int):
    (tmp_path / ".ci").mkdir()
    (tmp_path / ".ci" / "run").write_bytes((ROOT / ".ci" / "run").read_bytes())
    (tmp_path / "Makefile").write_text(f"test:\n\t@exit {exit_code}\n")
    run = subprocess.run(["bash", ".ci/run"], cwd=tmp_path, capture_output=True)
    assert (run.returncode == 0) == (exit_code == 0)
