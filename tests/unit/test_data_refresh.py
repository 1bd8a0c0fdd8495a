"""`campus data refresh`, against a local server: a new vintage, or nothing at all."""

import argparse
import json
import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pandas
import pytest

from autograder import paths
from autograder.data import catalogue, check, cli, recipes, refresh, store
from autograder.data.errors import DataError
from autograder.data.load import load


def commune(code, nom, population, **more):
    """Return a commune as the API "Découpage administratif" writes it."""
    return {
        "code": code,
        "nom": nom,
        "type": "commune-actuelle",
        "zone": "metro",
        "codeDepartement": code[:2],
        "codeRegion": "84",
        "codesPostaux": ["01400"],
        "population": population,
        **more,
    }


BEFORE = [
    commune("01001", "Un", 860, codeEpci="200069193"),
    commune("01002", "Deux", 270, codeEpci="200069193"),
    commune("01004", "Quatre", 0),
    commune("75056", "Paris", 2_000_000),
    commune("75101", "Paris 1er", 15_000, type="arrondissement-municipal"),
]
PARTS = [commune("01015", "Partie", None, type="commune-deleguee", chefLieu="01001")]
AFTER = [
    commune("01001", "Un", 875, codeEpci="200069193"),
    commune("01002", "Deux", 270, codeEpci="200069193"),
    commune("01005", "Cinq", 12),
    commune("75056", "Paris", 2_000_000),
    commune("75101", "Paris 1er", 15_000, type="arrondissement-municipal"),
]


class Producer:
    """A local server: `answers` maps a path to its body, and possibly a status and a length."""

    def __init__(self):
        self.answers = {}
        self.requests = []
        producer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                producer.requests.append(self.path)
                answer = producer.answers[self.path]
                body, status, length = answer.pop(0) if isinstance(answer, list) else answer
                self.send_response(status)
                self.send_header("Content-Length", str(len(body) if length is None else length))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                """Keep the tests' output quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, path, body, status=200, length=None):
        self.answers[path] = (self.encode(body), status, length)

    @staticmethod
    def encode(body):
        return body if isinstance(body, bytes) else json.dumps(body).encode()


@pytest.fixture
def producer():
    producer = Producer()
    thread = threading.Thread(target=producer.server.serve_forever)
    thread.start()
    producer.answer("/communes", AFTER)
    producer.answer("/associees", PARTS)
    yield producer
    producer.server.shutdown()
    producer.server.server_close()
    thread.join()


@pytest.fixture
def folder(tmp_path, monkeypatch, producer):
    """Return a folder of datasets with a small `communes-2026`, refreshed from the local server."""
    folder = tmp_path / "datasets"
    monkeypatch.setenv("CAMPUS_DATASETS", str(folder))
    shutil.copytree(paths.home() / "datasets" / "schemas", folder / "schemas")
    package = json.loads((paths.home() / "datasets" / catalogue.FILE_NAME).read_text(encoding="utf-8"))
    entry = next(entry for entry in package["resources"] if entry["name"] == "communes-2026")
    write_json(tmp_path / "communes.json", BEFORE)
    write_json(tmp_path / "associees.json", PARTS)
    table = recipes.get("api_geo.communes")(
        {"communes": tmp_path / "communes.json", "associees": tmp_path / "associees.json"}
    )
    store.write_extract(table, folder / "communes-2026.csv")
    entry.update(store.measures(folder / "communes-2026.csv", len(table)))
    for name, file in entry["refresh"]["files"].items():
        file["url"] = f"{producer.url}/{name}"
    write_json(folder / catalogue.FILE_NAME, {"name": "essai", "resources": [entry]})
    return folder


def write_json(file, content):
    file.write_text(json.dumps(content), encoding="utf-8")


def run(vintage=2027, retries=0):
    known = catalogue.read()
    return refresh.refresh(known, known.resolve("communes"), vintage, retries)


def content(folder):
    return {file.name: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def refused(folder, message, **options):
    """Expect a refusal with this message, and every file as it was."""
    before = content(folder)
    with pytest.raises(DataError, match=message):
        run(**options)
    assert content(folder) == before


def test_new_vintage_comes_beside_the_old_one(folder):
    old = (folder / "communes-2026.csv").read_bytes()
    result = run()
    assert (result.id, result.compared_with, result.rows) == ("communes-2027", "communes-2026", 6)
    assert result.changes.sentences() == [
        "1 ligne ajoutée : 01005 commune-actuelle",
        "1 ligne retirée : 01004 commune-actuelle",
        "1 ligne modifiée : 01001 commune-actuelle",
        "  colonne « population » : 1 valeur modifiée",
    ]
    assert (folder / "communes-2026.csv").read_bytes() == old
    assert load("communes").set_index("nom")["population"]["Un"] == 875
    assert load("communes", 2026).set_index("nom")["population"]["Un"] == 860


def test_command_says_what_changed(folder, capsys):
    parser = argparse.ArgumentParser()
    cli.add_parser(parser.add_subparsers())
    args = parser.parse_args(["data", "refresh", "communes", "--vintage", "2027", "--json"])
    assert args.run(args) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["changes"]["added"] == ["01005 commune-actuelle"]
    assert "1 ligne ajoutée : 01005 commune-actuelle" in err
    assert args.run(args) == 1  # the vintage exists now
    assert "n’est jamais remplacé" in capsys.readouterr().err


def test_new_vintage_has_its_own_passport_and_passes_the_check(folder):
    run()
    known = catalogue.read()
    new = known.resolve("communes-2027")
    assert new.title == "Communes de France (millésime 2027)"
    assert new.recipe is None
    assert new.limits == new.refresh.limits
    assert check.check_catalogue(known) == []
    assert check.check_resource(new).errors == []


def test_parts_know_their_commune(folder):
    run()
    parts = load("communes").set_index("nom")["rattachement"]
    assert (parts["Partie"], parts["Paris 1er"]) == ("01001", "75056")


def test_a_vintage_is_never_replaced(folder):
    refused(folder, "« communes-2026 » existe déjà", vintage=2026)


def test_not_found(folder, producer):
    producer.answer("/associees", b"absent", status=404)
    refused(folder, "Le téléchargement de .*/associees a échoué.*404")


def test_truncated_answer(folder, producer):
    body = producer.encode(AFTER)
    producer.answer("/communes", body[:-20], length=len(body))
    refused(folder, "Le téléchargement de .*/communes a échoué")


def test_wrong_fingerprint(folder, producer):
    file = folder / catalogue.FILE_NAME
    package = json.loads(file.read_text(encoding="utf-8"))
    package["resources"][0]["refresh"]["files"]["communes"]["sha256"] = "0" * 64
    write_json(file, package)
    refused(folder, "n’a pas l’empreinte annoncée par le producteur")


def test_not_json(folder, producer):
    producer.answer("/communes", b"<html>En maintenance</html>")
    refused(folder, "« communes.json » n’est pas du JSON")


def test_missing_field(folder, producer):
    without = [{key: record[key] for key in record if key != "codeRegion"} for record in AFTER]
    producer.answer("/communes", without)
    refused(folder, "enregistrement 1 : le champ « codeRegion » manque")


def test_value_against_the_schema(folder, producer):
    producer.answer("/communes", [*AFTER, commune("1006", "Six", 3)])
    refused(folder, "ne respectent pas le schéma : .*colonne « code ».*« 1006 »")


def test_fewer_rows_than_can_be(folder, producer):
    producer.answer("/communes", AFTER[:1])
    refused(folder, "semblent incomplètes")


def test_no_record(folder, producer):
    producer.answer("/associees", [])
    refused(folder, "ne contient aucun enregistrement")


def test_a_passing_failure_is_tried_again(folder, producer):
    producer.answers["/communes"] = [(b"", 503, None), (producer.encode(AFTER), 200, None)]
    assert run(retries=1).rows == 6
    assert producer.requests.count("/communes") == 2


def test_disk_full_leaves_no_new_vintage(folder, monkeypatch):
    replace = store.files.write

    def refuse_catalogue(target, content, **options):
        if target.name == catalogue.FILE_NAME:
            raise OSError("disque plein")
        replace(target, content, **options)

    monkeypatch.setattr(store.files, "write", refuse_catalogue)
    before = content(folder)
    with pytest.raises(OSError, match="disque plein"):
        run()
    assert content(folder) == before


@pytest.fixture(scope="module")
def api_files(tmp_path_factory):
    """Return files in the API's form that say the same as our extracts of 2026."""
    folder = tmp_path_factory.mktemp("api")
    names = {"departement": "codeDepartement", "region": "codeRegion", "epci": "codeEpci"}
    communes = load("communes", 2026).rename(columns=names)
    records = [
        {key: value for key, value in record.items() if not pandas.isna(value)}
        for record in communes.to_dict("records")
    ]
    for record in records:
        record["codesPostaux"] = record.pop("codes_postaux", "").split()
        if "population" in record:
            record["population"] = int(record["population"])
        if record["type"] in ("commune-deleguee", "commune-associee"):
            record["chefLieu"] = record["rattachement"]
        record.pop("rattachement", None)
    epci = load("epci", 2026).rename(
        columns={"mode_financement": "financement", "population_municipale": "population"}
    )
    write_json(folder / "communes.json", [record for record in records if "chefLieu" not in record])
    write_json(folder / "associees.json", [record for record in records if "chefLieu" in record])
    write_json(
        folder / "epci.json", epci[["code", "nom", "type", "financement", "population"]].to_dict("records")
    )
    return {name: folder / f"{name}.json" for name in ("communes", "associees", "epci")}


def test_api_that_says_the_same_gives_the_same_communes(api_files, tmp_path):
    table = recipes.get("api_geo.communes")(api_files)
    store.write_extract(table, tmp_path / "communes.csv")
    assert (tmp_path / "communes.csv").read_bytes() == catalogue.read().resolve(
        "communes-2026"
    ).file.read_bytes()


def test_api_that_says_the_same_gives_the_same_epci_but_their_total(api_files):
    table = recipes.get("api_geo.epci")(api_files)
    ours = load("epci", 2026)
    assert table["population_totale"].isna().all()
    for column in ours.columns.drop("population_totale"):
        assert table[column].tolist() == ours[column].tolist()
