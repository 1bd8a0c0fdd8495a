"""`campus data check` passes on what we ship, and catches what it should."""

import json

import pandas
import pytest

from autograder import paths
from autograder.data import catalogue, check, load, personal, schema, store
from autograder.data.errors import DataError


def report(folder):
    return check.check_resource(catalogue.read(folder).resolve("epci-2026"))


def replace(folder, old, new):
    file = folder / "epci-2026.csv"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_what_is_in_order_is_found_so(datasets):
    """The whole catalogue is looked at once, by `campus data check` in `make check`."""
    known = catalogue.read(datasets)
    assert check.check_catalogue(known) == []
    found = report(datasets)
    assert found.errors == []
    assert (found.sha256_ok, found.schema_ok, found.rows) == (True, True, known.resources[0].rows)


def test_modified_value_changes_the_fingerprint(datasets):
    replace(datasets, "Faucigny", "faucigny")
    found = report(datasets)
    assert (found.sha256_ok, found.schema_ok) == (False, True)
    assert "empreinte" in found.errors[0]


def test_code_that_lost_a_digit_breaks_the_schema(datasets):
    replace(datasets, "200000172", "20000172")
    found = report(datasets)
    assert not found.schema_ok
    assert any("ligne 2, colonne « code »" in error and "« 20000172 »" in error for error in found.errors)


def test_repeated_key_breaks_the_schema(datasets):
    replace(datasets, "200000438", "200000172")
    assert any("la clé de cette ligne existe déjà" in error for error in report(datasets).errors)


def test_missing_file(datasets):
    (datasets / "epci-2026.csv").unlink()
    found = report(datasets)
    assert (found.sha256_ok, found.schema_ok) == (False, False)
    assert "manque" in found.errors[0]


def test_wrong_number_of_rows_and_empty_note(datasets):
    file = datasets / catalogue.FILE_NAME
    package = json.loads(file.read_text(encoding="utf-8"))
    package["resources"][0].update(rows=3, personal_data=" ")
    file.write_text(json.dumps(package), encoding="utf-8")
    errors = " ".join(report(datasets).errors)
    assert "1255 lignes" in errors
    assert "personal_data" in errors


def test_extracts_have_a_maximum_weight(datasets, monkeypatch):
    monkeypatch.setattr(check, "MAX_BYTES", 1_000)
    assert any("1000" in error for error in check.check_catalogue(catalogue.read(datasets)))


def test_catalogue_must_be_a_data_package(datasets):
    file = datasets / catalogue.FILE_NAME
    package = json.loads(file.read_text(encoding="utf-8"))
    package["resources"][0]["name"] = 12
    file.write_text(json.dumps(package), encoding="utf-8")
    assert "Data Package" in schema.catalogue_errors(file)[0]


def test_without_frictionless_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "frictionless", None)
    with pytest.raises(DataError, match="make check"):
        schema.catalogue_errors(paths.datasets() / catalogue.FILE_NAME)


@pytest.mark.parametrize(
    ("column", "value", "sign"),
    [
        ("contact", "prenom.nom@exemple.fr", "adresses électroniques"),
        ("contact", "01 23 45 67 89", "numéros de téléphone"),
        ("contact", "+33612345678", "numéros de téléphone"),
        ("maire", "Mme Durand", "noms de personnes"),
        ("date_naissance", "1980-05-17", "dates de naissance complètes"),
        ("prenom", "x", "d’après son nom"),
        ("nom_de_famille", "x", "d’après son nom"),
        ("courriel", "prenom.nom", "d’après son nom"),
        ("elu", "DE LA TOUR Jean-Marie", "noms et prénoms"),
    ],
)
def test_signs_of_personal_data(column, value, sign):
    table = pandas.DataFrame({"code": ["01001"], column: [value]})
    for reviewed in [(), (column,)]:  # a review does not excuse a person's contact, name or birth date
        found = personal.signs(table, reviewed)
        assert any(f"« {column} »" in message and sign in message for message in found)


@pytest.mark.parametrize(("column", "value"), [("domicile", "12 bis rue des Lilas"), ("adresse", "Le Bourg")])
def test_addresses_enter_only_once_reviewed(column, value):
    table = pandas.DataFrame({column: [value]})
    assert "adresses postales" in personal.signs(table, ())[0]
    assert personal.signs(table, (column,)) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("nom", "Ambérieu-en-Bugey"),
        ("codes_postaux", "01400 01500"),
        ("siren", "200000172"),
        ("annee_naissance", "1980"),
        ("date_publication", "2026-03-09"),
        ("courriel", "***@orange.fr"),
    ],
)
def test_what_is_not_personal(column, value):
    assert personal.signs(pandas.DataFrame({column: [value]}), ()) == []


def test_a_few_names_of_companies_do_not_make_a_column_of_persons():
    table = pandas.DataFrame({"service": ["AT Internet", "Matomo", "Piano Analytics"]})
    assert personal.signs(table, ()) == []


def plant(folder, suffix, column, value):
    """Add a column to epci-2026, to its schema and to its passport, as a contributor in good faith would."""
    file = folder / catalogue.FILE_NAME
    package = json.loads(file.read_text(encoding="utf-8"))
    entry = package["resources"][0]
    schema_file = folder / entry["schema"]
    fields = json.loads(schema_file.read_text(encoding="utf-8"))
    fields["fields"].append({"name": column, "type": "string"})
    schema_file.write_text(json.dumps(fields), encoding="utf-8")
    table = load.read(catalogue.read(folder).resolve("epci-2026")).assign(**{column: value})
    entry["path"] = f"epci-2026.{suffix}"
    store.write_extract(table, folder / entry["path"])
    entry.update(store.measures(folder / entry["path"], len(table)))
    file.write_text(json.dumps(package), encoding="utf-8")


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
@pytest.mark.parametrize(
    ("column", "value", "sign"),
    [
        ("referent", "jean.dupont@mairie-exemple.fr", "adresses électroniques"),
        ("referent", "06 12 34 56 78", "numéros de téléphone"),
        ("referent", "DUPONT Jean", "noms et prénoms"),
        ("naissance", "1980-05-17", "dates de naissance complètes"),
        ("domicile", "3 rue des Lilas, 01000 Exemple", "adresses postales"),
    ],
)
def test_planted_personal_column_is_found(datasets, suffix, column, value, sign):
    plant(datasets, suffix, column, value)
    found = report(datasets)
    assert (found.sha256_ok, found.schema_ok) == (True, True)
    assert [sign in error for error in found.errors] == [True]


def test_parquet_that_breaks_its_schema(datasets):
    plant(datasets, "parquet", "referent", "")
    file = datasets / "epci-2026.parquet"
    store.write_extract(load.read(catalogue.read(datasets).resolve("epci-2026")).replace({"CC": "cc"}), file)
    found = report(datasets)
    assert not found.schema_ok
    assert any("colonne « type »" in error and "« cc »" in error for error in found.errors)


def test_licence_without_its_text(datasets):
    file = datasets / catalogue.FILE_NAME
    package = json.loads(file.read_text(encoding="utf-8"))
    package["resources"][0]["licenses"][0]["name"] = "tous-droits-reserves"
    file.write_text(json.dumps(package), encoding="utf-8")
    assert "LICENCES/tous-droits-reserves.txt" in check.check_catalogue(catalogue.read(datasets))[0]


def test_sha256_of_a_known_content(tmp_path):
    (tmp_path / "abc").write_bytes(b"abc")
    assert store.sha256(tmp_path / "abc").startswith("ba7816bf8f01cfea414140de5dae2223")


def test_a_file_with_semicolons_is_said_so(datasets):
    file = datasets / "epci-2026.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")
    assert any("le séparateur n’est pas la virgule" in error for error in report(datasets).errors)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda schema: schema.pop("primaryKey"), "la clé « primaryKey » manque"),
        (lambda schema: schema["fields"][0].pop("type"), "colonne n° 1 : la clé « type » manque"),
        (lambda schema: schema["fields"].pop(), "le schéma annonce"),
        (lambda schema: schema["fields"][1].update(type="number"), "« load » ne peut pas lire ce fichier"),
    ],
)
def test_what_load_could_not_read_is_not_in_order(datasets, change, message):
    file = datasets / "schemas" / "epci.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    change(content)
    file.write_text(json.dumps(content), encoding="utf-8")
    assert message in "\n".join(report(datasets).errors)


def test_a_schema_tells_all_that_it_lacks_at_once(datasets):
    (datasets / "schemas" / "epci.json").write_text('{"fields": [{}]}', encoding="utf-8")
    assert len(report(datasets).errors) == 4  # name, type, primaryKey, missingValues


def test_what_is_left_to_write_is_said(datasets):
    file = datasets / catalogue.FILE_NAME
    package = json.loads(file.read_text(encoding="utf-8"))
    package["resources"][0]["producer"] = "À écrire"
    file.write_text(json.dumps(package), encoding="utf-8")
    assert "« producer » reste à écrire, dans « datapackage.json »." in report(datasets).errors
