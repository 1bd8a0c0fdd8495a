"""Set-up fetches the texts once; without the network, it says so and the course opens."""

import pytest

import fetch_texts
from bootstrap import SetupError


@pytest.fixture
def steps(tmp_path, monkeypatch):
    """Return the list of the steps that are run; none of them is, the cache stays empty."""
    labels = []
    monkeypatch.setenv("CAMPUS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(fetch_texts, "run", lambda label, command, environment: labels.append(label))
    monkeypatch.setattr(fetch_texts, "pip_settings", dict)
    monkeypatch.setattr(fetch_texts, "find_uv", lambda: "uv")
    return labels


def test_the_npm_of_the_machine_is_used(steps, monkeypatch):
    monkeypatch.setattr(fetch_texts.shutil, "which", lambda name: "/usr/bin/npm")
    assert fetch_texts.main() == 0
    assert steps == ["Téléchargement des fiches du ministère du Travail"]


def test_without_npm_one_is_installed_for_the_occasion(steps, monkeypatch):
    monkeypatch.setattr(fetch_texts.shutil, "which", lambda name: None)
    assert fetch_texts.main() == 0
    assert steps[0] == "Téléchargement de npm, retiré ensuite"
    assert len(steps) == 2


def test_nothing_is_run_once_the_texts_are_here(steps):
    for archive in fetch_texts.archives():
        archive.parent.mkdir(parents=True)
        archive.touch()
    assert fetch_texts.main() == 0
    assert steps == []


def test_without_the_network_it_says_so_and_goes_on(steps, monkeypatch, capsys):
    def fail(label, command, environment):
        raise SetupError("Le plus souvent, le réseau…\n\nDétail technique :\nnpm ne répond pas")

    monkeypatch.setattr(fetch_texts, "run", fail)
    assert fetch_texts.main() == 0
    out = capsys.readouterr().out
    assert "Le cours s’ouvre sans eux" in out
    assert out.endswith("npm ne répond pas\n")
