"""The tools of the page's scripts: installed once from their lock; what prevents it is told in French."""

import shutil
from pathlib import Path

import pytest

import install_page_tools

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose tools are not installed, on a machine that reaches no registry."""
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(ROOT / name, tmp_path)
    monkeypatch.setattr("bootstrap.ROOT", tmp_path)
    monkeypatch.setattr(install_page_tools, "ROOT", tmp_path)
    monkeypatch.setattr(install_page_tools, "STAMP", tmp_path / "node_modules" / "campus-setup.txt")
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))
    return tmp_path


def test_tools_that_are_there_are_left_alone(project: Path) -> None:
    stamp = project / "node_modules" / "campus-setup.txt"
    stamp.parent.mkdir()
    stamp.write_text(install_page_tools.fingerprint(), encoding="utf-8")
    assert install_page_tools.main() == 0


def test_a_registry_out_of_reach_is_told_with_the_setting_to_change(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stamp = project / "node_modules" / "campus-setup.txt"
    stamp.parent.mkdir()
    stamp.write_text("of another lock", encoding="utf-8")
    assert install_page_tools.main() == 1
    said = capsys.readouterr().err
    assert "Le réseau ou le miroir de paquets ne répond pas" in said
    assert "npm config set registry ADRESSE" in said
