"""`campus data`: exit codes, JSON alone on standard output, messages in French."""

import argparse
import json

import pytest

from autograder.data import catalogue, cli, rebuild
from autograder.data.errors import Unavailable


def campus(*words):
    parser = argparse.ArgumentParser()
    cli.add_parser(parser.add_subparsers())
    args = parser.parse_args(["data", *words])
    return args.run(args)


def test_list(capsys):
    assert campus("list") == 0
    assert "communes-2019 : Communes de France (millésime 2019)" in capsys.readouterr().out


def test_list_json(capsys):
    assert campus("list", "--json") == 0
    out, err = capsys.readouterr()
    ids = [dataset["id"] for dataset in json.loads(out)["datasets"]]
    assert ids == [resource.id for resource in catalogue.read().resources]
    assert "Licence Ouverte 2.0" in err


def test_check_json(capsys, datasets, monkeypatch):
    monkeypatch.setenv("CAMPUS_DATASETS", str(datasets))
    assert campus("check", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["errors"] == []
    first = answer["datasets"][0]
    assert first.pop("personal_data").startswith("Aucune donnée à caractère personnel")
    assert first == {
        "id": "epci-2026",
        "rows": catalogue.read().find("epci").rows,
        "licence": "etalab-2.0",
        "sha256_ok": True,
        "schema_ok": True,
        "synthetic": False,
        "errors": [],
    }


def test_unknown_dataset_fails_on_standard_error(capsys):
    assert campus("rebuild", "comunes-2026", "--json") == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "Vouliez-vous dire « communes-2026 »" in err


def test_damaged_extract_fails(capsys, tmp_path, monkeypatch):
    source = catalogue.read().file
    package = json.loads(source.read_text(encoding="utf-8"))
    package["resources"] = package["resources"][:1]
    (tmp_path / catalogue.FILE_NAME).write_text(json.dumps(package), encoding="utf-8")
    monkeypatch.setenv("CAMPUS_DATASETS", str(tmp_path))
    assert campus("check") == 1
    assert "Le fichier « communes-2026.csv » manque." in capsys.readouterr().out


def test_refresh_needs_a_year(capsys):
    with pytest.raises(SystemExit) as stopped:
        campus("refresh", "communes")
    assert stopped.value.code == 2
    assert "--vintage" in capsys.readouterr().err


def test_check_takes_the_name_of_a_dataset(capsys):
    assert campus("check", "epci-2026") == 0
    assert capsys.readouterr().out.splitlines() == ["epci-2026 : en ordre"]
    assert campus("check", "epsi") == 1
    assert "n’existe pas ici" in capsys.readouterr().err


def test_a_package_that_is_offered_no_more_is_told_and_the_others_are_rebuilt(capsys, monkeypatch):
    tried = []

    def rebuilt(known, resource, write):
        tried.append(resource.id)
        if resource.dataset == "correctifs":
            raise Unavailable("plus là.")
        return rebuild.Rebuilt(resource.id, True, None, False)

    monkeypatch.setattr(rebuild, "rebuild", rebuilt)
    assert campus("rebuild") == 0
    assert "correctifs-2026 : non reconstruit ici. plus là." in capsys.readouterr().out
    assert set(tried) == {one.id for one in catalogue.read().resources if one.recipe}
    assert campus("rebuild", "correctifs") == 1
