"""`campus data add`: a spreadsheet's CSV or a Parquet file becomes a dataset that loads, with its schema, entry and notice."""

import json
import shutil

import pandas
import pytest

from autograder import paths
from autograder.data import add, catalogue, check, load
from autograder.data.errors import DataError

FRENCH = "Code INSEE;Ville;Couverts;Prix;Bio\r\n01004;Ambérieu;1 240;3,80;vrai\r\n2A004;Ajaccio;980;4,15;faux\r\n13055;Marseille;;3,9;vrai\r\n"


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A repository with the catalogue, its schemas, the licences and the notices; without the extracts."""
    (tmp_path / "datasets").mkdir()
    shutil.copy(paths.datasets() / catalogue.FILE_NAME, tmp_path / "datasets")
    shutil.copytree(paths.datasets() / "schemas", tmp_path / "datasets" / "schemas")
    shutil.copytree(paths.home() / "LICENCES", tmp_path / "LICENCES")
    shutil.copy(paths.home() / "NOTICE.md", tmp_path)
    monkeypatch.setenv("CAMPUS_HOME", str(tmp_path))
    return tmp_path


def written(home, text=FRENCH, name="cantines-2026.csv", encoding="utf-8"):
    file = home / name
    file.write_bytes(text.encode(encoding))
    return file


def added(file, **options):
    return add.add(catalogue.read(), add.Order(file, "etalab-2.0", **options))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_french_spreadsheet_loads_with_codes_as_text_and_numbers_as_numbers(home, encoding):
    found = added(written(home, encoding=encoding))
    assert (found.id, found.rows, found.separator, found.key) == (
        "cantines-2026",
        3,
        "point-virgule",
        ["Code INSEE"],
    )
    table = load.load("cantines")
    assert table["Code INSEE"].tolist() == ["01004", "2A004", "13055"]
    assert table["Ville"].tolist() == ["Ambérieu", "Ajaccio", "Marseille"]
    assert table["Couverts"].tolist()[:2] == [1240, 980] and table["Couverts"].isna().sum() == 1
    assert table["Prix"].tolist() == [3.8, 4.15, 3.9]
    assert table["Bio"].tolist() == [True, False, True]


def _line(file, text):
    return next(n for n, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1) if text in line)


def test_its_entry_only_lacks_what_a_person_must_write(home):
    added(written(home))
    resource = catalogue.read().resolve("cantines-2026")
    assert check.check_resource(resource).errors == [
        "« title » reste à écrire, dans « datapackage.json ».",
        "« producer » reste à écrire, dans « datapackage.json ».",
        "« personal_data » reste à écrire, dans « datapackage.json ».",
        "« limits, n° 1 » reste à écrire, dans « datapackage.json ».",
        "Des colonnes restent à décrire, dans « schemas/cantines.json ».",
        f"La mention de ce jeu reste à écrire, dans « NOTICE.md », ligne {_line(home / 'NOTICE.md', '`cantines`')}.",
    ]
    assert "`cantines`" in (home / "NOTICE.md").read_text(encoding="utf-8")
    assert "Ces mentions ne veulent pas dire" in (home / "NOTICE.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("separator", [",", "\t", "|"])
def test_other_separators_are_seen(home, separator):
    text = "nom,valeur\na,1\nb,2\n".replace(",", separator)
    added(written(home, text))
    assert load.load("cantines")["valeur"].tolist() == [1, 2]


def test_a_parquet_file_is_kept_as_it_is(home):
    table = pandas.DataFrame({"code": ["01", "02"], "part": [0.5, 0.25]})
    table.to_parquet(home / "parts-2025.parquet")
    assert added(home / "parts-2025.parquet").fields == [("code", "string"), ("part", "number")]
    pandas.testing.assert_frame_equal(load.load("parts"), table, check_dtype=False)


def test_a_second_vintage_shares_the_schema(home):
    added(written(home))
    before = (home / "datasets" / "schemas" / "cantines.json").read_bytes()
    added(written(home, name="cantines-2027.csv"))
    assert (home / "datasets" / "schemas" / "cantines.json").read_bytes() == before
    with pytest.raises(DataError, match="avec d’autres colonnes"):
        added(written(home, "a;b\n1;2\n", "cantines-2028.csv"))


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("cantines.csv", FRENCH, "--vintage 2026"),
        ("2026.csv", FRENCH, "--name cantines"),
        ("cantines-2026.xlsx", FRENCH, "enregistrez-le en CSV"),
        ("cantines-2026.csv", "", "n’a pas de ligne"),
        ("cantines-2026.csv", "a;b\n", "n’a pas de ligne"),
        ("cantines-2026.csv", "a;b\n1;2\n1;2;3\n1;2\n1;2\n", "ligne 3 : 3 valeurs pour 2 colonnes"),
        ("cantines-2026.csv", "a;a\n1;2\n", "deux colonnes ont le même titre"),
        ("communes-2026.csv", FRENCH, "existe déjà"),
        ("agents-2026.csv", "code;courriel\n1;jo@exemple.test\n", "données personnelles"),
    ],
)
def test_what_may_not_enter_is_said_and_changes_nothing(home, name, text, message):
    file = written(home, text, name)
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    with pytest.raises(DataError, match=message):
        added(file)
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before


def test_a_licence_without_its_text_is_refused(home):
    with pytest.raises(DataError, match=r"Licence inconnue, « secrete »\. Connues : Apache"):
        add.add(catalogue.read(), add.Order(written(home), "secrete"))


def test_the_catalogue_stays_a_readable_json(home):
    added(written(home))
    package = json.loads((home / "datasets" / catalogue.FILE_NAME).read_text(encoding="utf-8"))
    assert package["resources"][-1]["hash"].startswith("sha256:")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Source : un ministère\nDate : 2026\n\nville;prix\nA;1\nB;2\nC;3\nD;4\n", "la première ligne n’est pas celle des titres"),
        ("ville;prix;prix\nA;1;2\n", "deux colonnes ont le même titre, « prix »"),
        ("ville;prix;\nA;1;\n", "la colonne 3 n’a pas de titre"),
        ("ville;prix\n\nA;1\nB\n", "ligne 4 : 1 valeur pour 2 colonnes"),
    ],
)  # fmt: skip
def test_a_table_that_is_not_one_is_refused_with_its_cause(home, text, message):
    with pytest.raises(DataError, match=message):
        added(written(home, text))


def test_a_file_in_utf_16_is_named_as_such(home):
    with pytest.raises(DataError, match="est en UTF-16"):
        added(written(home, encoding="utf-16"))


def test_a_folder_is_no_file(home):
    with pytest.raises(DataError, match="est un dossier"):
        added(home)


def test_a_column_of_words_is_one(home):
    text = "nom\nArgent\nBeaune; Dijon\nColmar\n"
    assert added(written(home, text)).fields == [("nom", "string")]


def test_what_an_author_should_know_of_a_column_of_text_is_told(home):
    rows = "".join(
        f"0{n};Ville {n};0{n}/03/2026;2026-03-0{n};{n},5 %;{'n.d.' if n == 3 else n}\n" for n in range(1, 8)
    )
    found = added(written(home, f"Code;Ville;Relevé;Jour;Part;Prix\n{rows}"))
    assert dict(found.fields) == dict.fromkeys(("Code", "Ville", "Relevé", "Jour", "Part", "Prix"), "string")
    assert "Ville" not in found.notes
    for column, note in {
        "Code": "garde ses zéros",
        "Relevé": "une date, gardée telle quelle",
        "Jour": "une date",
        "Part": "un nombre avec son unité",
        "Prix": "1 fois autre chose, par exemple « n.d. »",
    }.items():
        assert note in found.notes[column]


def test_a_licence_is_known_in_capitals_or_not_and_the_nearest_is_offered(home):
    order = add.Order(written(home), "cc-by-4.0")
    assert add.add(catalogue.read(), order).id == "cantines-2026"
    assert catalogue.read().resolve("cantines-2026").licence.name == "CC-BY-4.0"
    with pytest.raises(DataError, match="vouliez-vous dire « etalab-2"):
        add.add(catalogue.read(), add.Order(written(home, name="ecoles-2026.csv"), "etalab"))
