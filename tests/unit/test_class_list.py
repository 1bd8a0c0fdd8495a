"""A class list is read whatever exported it; what is wrong in it is told by line, all at once."""

import pytest

from autograder.followup.learner import Learner
from autograder.followup.learners.class_list import problems
from autograder.followup.learners.spreadsheet import rows
from autograder.grading.errors import GradingError

ZOE = Learner("zoe", "Lefèvre", "Zoé", "zoe@ville.fr")


def learners(text: str | bytes) -> list[Learner]:
    return [row.learner for row in rows(text.encode() if isinstance(text, str) else text)]


def wrong(text: str, *known: str) -> str:
    return "\n".join(problems(rows(text.encode()), known))


@pytest.mark.parametrize("delimiter", [";", ","])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_encodings_and_ends_of_lines_are_found(delimiter: str, encoding: str, end: str) -> None:
    lines = [
        ["Identifiant", "Nom", "Prénom", "Courriel"],
        ["zoe", "Lefèvre", "Zoé", "zoe@ville.fr"],
        [""] * 4,
    ]
    assert learners(end.join(map(delimiter.join, lines)).encode(encoding)) == [ZOE]


@pytest.mark.parametrize(
    "headings",
    [
        "identifiant,nom,prénom,courriel",
        "IDENTIFIANT , Nom de famille,Prénoms,Adresse électronique",
        "username,lastname,firstname,email",  # Moodle, to add accounts
        "Nom d’utilisateur,Nom de famille,Prénom,Adresse de courriel",  # Moodle's participants
        "Username,Last name,First name,Email address",
        "Numéro d’identification,Nom,Prénom,Adresse e-mail",
        '"ID number","Surname","First name","E-mail"',
        "id,last_name,first_name,email",  # nbgrader
    ],
)
def test_usual_headings_are_known(headings: str) -> None:
    assert learners(f"{headings}\nzoe,Lefèvre,Zoé,zoe@ville.fr") == [ZOE]


def test_other_columns_are_left_and_the_surest_identifier_is_taken() -> None:
    text = "Prénom;ID number;Groupe;identifiant;Nom\nZoé;;A;zoe;Lefèvre"
    assert learners(text) == [Learner("zoe", "Lefèvre", "Zoé")]


def test_the_delimiter_is_that_of_the_headings_not_the_most_frequent() -> None:
    text = "identifiant;nom\nzoe;Lefèvre, Martin, Petit, et compagnie"
    assert learners(text) == [Learner("zoe", "Lefèvre, Martin, Petit, et compagnie")]


def test_hostile_names_stay_on_one_line_and_lose_what_is_not_seen() -> None:
    text = 'identifiant;nom;prénom\nzoe;"=1+1;""A""\nB";\u202eéoZ\u200b'
    assert learners(text) == [Learner("zoe", '=1+1;"A" B', "éoZ")]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "vide"),
        (b"\xef\xbb\xbf\n", "vide"),
        (b"PK\x03\x04\x00\x00", "classeur"),
        ("identifiant;nom".encode("utf-16"), "classeur"),
        (b"identifiant;nom\nzo\x81;x", "Windows-1252"),
        (b"Nom;Courriel\nA;a@x.fr", "« Nom », « Courriel »"),
        (b"zoe\nada", "« identifiant »"),
        (b"id;nom;nom\nzoe;A;B", "deux colonnes « nom »"),
        (b'id;nom\nada;A\nzoe;"B', "ligne 3"),
        (b'id;nom\nzoe;"B"C', "guillemets"),
    ],
)
def test_what_is_no_list_is_explained(data: bytes, told: str) -> None:
    with pytest.raises(GradingError, match=told):
        rows(data)


def test_all_lines_that_are_wrong_are_told_at_once() -> None:
    said = wrong(
        "identifiant;nom;courriel\n"
        "ada;A;a@x.fr\n"
        ";B;\n"
        '"deux\nlignes";C;\n'
        "e/ve;D;\n"
        ".cache;E;\n"
        "Ada;F;\n"
        "bob;G;pas une adresse\n"
        f"{'x' * 65};H;\n"
        "carl;I;;J\n"
        "\u202eleon;K;\n"
        f"dora;{'L' * 129};\n"
    )
    assert said.splitlines() == [
        "  ligne 3 : identifiant vide.",
        "  ligne 6 : cet identifiant contient un signe qui ne va pas dans un nom de dossier : /. Retirez-le.",
        "  ligne 7 : un identifiant ne commence pas par un point.",
        "  ligne 8 : « Ada » est déjà à la ligne 2.",
        "  ligne 9 : « pas une adresse » n’est pas une adresse de courriel : corrigez-la, ou videz la case.",
        "  ligne 10 : cet identifiant est trop long : 64 caractères au plus.",
        "  ligne 11 : plus de cases que de titres. Si un texte contient le séparateur, mettez ce texte entre guillemets.",
        "  ligne 12 : cet identifiant contient un signe qui ne va pas dans un nom de dossier : caractère invisible. Retirez-le.",
        "  ligne 13 : un nom ou un courriel dépasse 128 caractères.",
    ]


def test_who_looks_like_someone_known_is_told_and_who_is_known_is_not() -> None:
    assert "« Ada » ressemble à « ada »" in wrong("identifiant\nAda", "ada")
    assert wrong("identifiant\nada\nbob", "ada", "bob") == ""


def test_a_list_of_headings_alone_is_told() -> None:
    assert "aucune personne" in wrong("identifiant;nom\n;\n")


@pytest.mark.parametrize(
    "address", ["=1+1@x.fr", "+33@x.fr", "a b@x.fr", "a@", "@x", "a@b@c", "a;b@x.fr", 'a"@x.fr']
)
def test_an_address_that_moodle_or_a_spreadsheet_would_misread_is_refused(address: str) -> None:
    quoted = address.replace('"', '""')
    assert "n’est pas une adresse" in wrong(f'identifiant;courriel\nzoe;"{quoted}"')
