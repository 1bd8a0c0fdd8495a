"""The locks, environment.yml and the descriptive files agree with pyproject.toml and with each other."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from rattler import MatchSpec

from export_environment import render
from lock import COURSE, DEV, SOURCES, find_problems, read_lock

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a copy of pyproject.toml and of the locks, to spoil."""
    for name in ["pyproject.toml", *SOURCES]:
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_locks_are_in_order():
    assert find_problems(ROOT) == []


@pytest.mark.parametrize("lock", SOURCES)
def test_every_entry_of_a_lock_is_read(lock: str):
    entries = re.findall(r"^\w.*==", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE)
    assert len(read_lock(ROOT / lock)) == len(entries) > 0


def test_a_dependency_missing_from_the_lock_is_found(project: Path):
    replace(project / "pyproject.toml", '"pyyaml>=6"', '"pyyaml>=6", "polars"')
    assert find_problems(project) == [f"{COURSE} : polars n’y est pas. Lancez « make lock »."]


def test_a_version_that_no_longer_suits_is_found(project: Path):
    replace(project / "pyproject.toml", '"pandas>=3.1"', '"pandas>=99"')
    assert find_problems(project) == [f"{COURSE} : pandas>=99 n’y est pas. Lancez « make lock »."]


def test_a_pin_without_hash_is_found(project: Path):
    (project / DEV).write_text((project / DEV).read_text("utf-8") + "colorful==1.0\n", "utf-8")
    assert find_problems(project) == [f"{DEV} : colorful n’a pas d’empreinte."]


@pytest.mark.parametrize("line", ["--index-url https://miroir.test/simple", "-f /srv/roues"])
def test_an_address_in_a_lock_is_found(project: Path, line: str):
    (project / COURSE).write_text(f"{line}\n" + (project / COURSE).read_text("utf-8"), "utf-8")
    assert find_problems(project) == [
        f"{COURSE} : il contient une adresse ; il ne doit avoir que des empreintes."
    ]


def test_locks_that_contradict_each_other_are_found(project: Path):
    shared = next(pin for pin in read_lock(ROOT / DEV) if pin in read_lock(ROOT / COURSE))
    replace(project / DEV, f"{shared.name}=={shared.version}", f"{shared.name}==0.0.1")
    assert find_problems(project) == [
        f"{DEV} : {shared.name} 0.0.1 contredit {COURSE}. Lancez « make lock »."
    ]


def test_environment_yml_follows_the_lock():
    written = (ROOT / "environment.yml").read_text(encoding="utf-8")
    assert written == render(read_lock(ROOT / COURSE))


def test_environment_yml_is_read_by_conda_and_pip():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    *conda, pip = environment["dependencies"]
    assert [str(MatchSpec(spec)) for spec in conda] == ["python 3.11.*", "pip"]
    pins = [(pin.name, f"=={pin.version}") for pin in read_lock(ROOT / COURSE)]
    assert [(spec.name, str(spec.specifier)) for spec in map(Requirement, pip["pip"])] == pins


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "NOTICE.md", "CHANGELOG.md"])
def test_links_between_pages_lead_somewhere(page: str):
    links = re.findall(r"\]\(([^)#]+)", (ROOT / page).read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link]
    assert [link for link in local if not (ROOT / link).exists()] == []


def test_readme_names_existing_make_targets():
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    for page in ["README.md", "CONTRIBUTING.md"]:
        named = re.findall(r"`make ([a-z-]+)", (ROOT / page).read_text(encoding="utf-8"))
        assert named and set(named) <= set(targets)


def test_publiccode_keeps_the_limits_of_the_standard():
    public = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    mandatory = {"publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus"}
    assert mandatory | {"softwareType", "description", "legal", "maintenance", "localisation"} <= set(public)
    assert all(len(text["shortDescription"]) <= 150 for text in public["description"].values())
    assert len(public["description"]["fr"]["longDescription"]) >= 150
    assert public["legal"]["license"] == "MIT"


def test_one_version_everywhere():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))["version"] == version


def test_hooks_work_offline():
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert {repo["repo"] for repo in hooks["repos"]} == {"local"}
    assert {hook["language"] for repo in hooks["repos"] for hook in repo["hooks"]} == {"system"}
    subprocess.run(["pre-commit", "validate-config"], cwd=ROOT, check=True)
