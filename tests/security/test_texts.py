"""The texts fetched at set-up can be read in a graded copy, and nothing else of the cache can."""

import json
import tarfile
from pathlib import Path

import pytest

from autograder import paths
from autograder.data import catalogue, store
from autograder.grading.engine import warm
from tests.nbgrader.cells import answer, locked, notebook
from tests.security.graded import check, plain_assignment

SHEET = {
    "pubId": "article1",
    "date": "27/03/2026",
    "title": "Un titre",
    "url": "https://travail-emploi.gouv.fr/un-titre",
    "intro": "",
    "sections": [{"title": "Début", "text": "Un texte."}],
}


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache with the texts that the catalogue pins, and the result of another copy."""
    cache = tmp_path / "cache"
    (cache / "packages").mkdir(parents=True)
    (cache / "resultats.json").write_text("20/20", encoding="utf-8")
    content = tmp_path / "fiches.json"
    content.write_text(json.dumps([SHEET]), encoding="utf-8")
    with tarfile.open(tmp_path / "archive.tgz", "w:gz") as tar:
        tar.add(content, arcname="package/data/fiches-travail.json")
    fingerprint = store.sha256(tmp_path / "archive.tgz")
    (tmp_path / "archive.tgz").rename(cache / "packages" / f"{fingerprint}.tgz")
    package = json.loads(catalogue.read().file.read_text(encoding="utf-8"))
    entry = next(entry for entry in package["resources"] if "texts" in entry)
    entry["texts"]["packages"][0]["sha256"] = fingerprint
    datasets = tmp_path / "datasets"
    datasets.mkdir()
    (datasets / catalogue.FILE_NAME).write_text(json.dumps({"resources": [entry]}), encoding="utf-8")
    monkeypatch.setenv("CAMPUS_CACHE", str(cache))
    monkeypatch.setenv("CAMPUS_DATASETS", str(datasets))
    monkeypatch.setattr(warm, "_zygotes", {})  # the shared one sees the real datasets
    return cache


def test_a_copy_reads_the_texts_and_nothing_else_of_the_cache(cache: Path, tmp_path: Path) -> None:
    assert paths.cache() == cache
    nb = notebook(
        answer("lecture-answer", "texte = None"),
        check("lecture-check", "assert texte == 'Un texte.'", 3),
        answer("vol-answer", "vol = None"),
        check("vol-check", "assert vol == '20/20'", 5),
        locked("fin", "1"),
    )
    assignment = plain_assignment(tmp_path / "course", nb)
    with assignment.engine:
        marked = assignment.grade(
            assignment.copy(
                {
                    "lecture-answer": "from autograder.data.texts import load_texts\n"
                    "texte = load_texts('fiches-travail')['texte'][0]",
                    "vol-answer": f"vol = open({str(cache / 'resultats.json')!r}).read()",
                }
            )
        )
    assert marked.points == {"lecture-check": 3, "vol-check": 0}
    assert marked.errors("vol-answer") == ["FileNotFoundError"]
