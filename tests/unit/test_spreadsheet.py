"""Cells of the marks, read as LibreOffice reads them with French settings: numbers are numbers, texts are texts."""

import csv
import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from autograder.followup.spreadsheet import commas, french, number, semicolons, table_csv, text

NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}([\u202f\u00a0 ]\d{3})+)(,\d*)?([eE][+-]?\d+)?( ?[%€])?")
DATE = re.compile(
    r"\d{1,4}[/.-]\d{1,2}([/.-]\d{1,4})?|\d{1,2}:\d{2}.*|\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?"
    r"|(\d{1,2}(er)? )?(janvier|févr?\.?|mars|avril|mai|juin|juil\w*\.?|août|sept\w*\.?)( \d{2,4})?",
    re.IGNORECASE,
)


def kind(cell: str) -> str:
    """What a cell of a file becomes in LibreOffice with French settings."""
    if cell[:1] in "=+-@" and cell and not NUMBER.fullmatch(cell):
        return "formula"
    if cell.casefold() in ("vrai", "faux", "true", "false"):
        return "logical"
    if NUMBER.fullmatch(cell):
        return "number"
    return "date" if DATE.fullmatch(cell) and any(sign.isdigit() for sign in cell) else "text"


@pytest.mark.parametrize(
    ("value", "written"),
    [(22.5, "22,5"), (20, "20"), (0, "0"), (-0.0, "0"), (2 / 3, "0,6667"), (1234.5, "1234,5")],
)
def test_a_number_stays_a_number(value: float, written: str) -> None:
    assert french(value) == written
    assert kind(written) == "number"
    assert number(value) == written.replace(",", ".")


HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://x";"y")',
    "+33 1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    "＝1+1",
    "\u202e=1+1",
    "22,5",
    "22.5",
    "007",
    "1e5",
    "3-4",
    "12/05",
    "2026-07-01",
    "2026-07-01 14:30",
    "14:30",
    "12 %",
    "(12)",
    "1er mars",
    "12 mai 2026",
    "mars 2026",
    "VRAI",
    "12345678901234567",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_text_that_a_spreadsheet_would_change_stays_a_text(value: str) -> None:
    assert text(value).startswith("'")
    assert kind(text(value)) == "text"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("Zoé", "Zoé"),
        ("O’Brien", "O’Brien"),
        ("Mai", "Mai"),
        ("jean.mars2", "jean.mars2"),
        ("2026123", "2026123"),
        ("a@x.fr", "a@x.fr"),
        ("deux\nlignes", "deux lignes"),
        ("", ""),
    ],
)
def test_other_texts_are_as_they_are(value: str, written: str) -> None:
    assert text(value) == written


def test_the_files_have_the_ends_of_lines_and_the_marks_that_programs_expect() -> None:
    rows = [["nom", "points"], ['A; "B"', "1,5"]]
    assert semicolons(rows) == '\ufeffnom;points\r\n"A; ""B""";1,5\r\n'.encode()
    assert commas(rows) == b'nom,points\r\n"A; ""B""","1,5"\r\n'


def test_libreoffice_agrees(tmp_path: Path) -> None:
    """The same cells in LibreOffice with French settings, where it is installed."""
    soffice = shutil.which("soffice")
    if not soffice:
        pytest.skip("LibreOffice is not installed")
    numbers = [french(one) for one in (22.5, 20, 0, 2 / 3, 1234.5)]
    path = tmp_path / "cells.csv"
    path.write_bytes(
        semicolons([["cellule"], *([one] for one in numbers), *([text(one)] for one in HOSTILE)])
    )
    french_csv = "Text - txt - csv (StarCalc):59,34,76,1,,1036,false,true"
    subprocess.run(
        [
            soffice,
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            f"--infilter={french_csv}",
            "--convert-to",
            "ods",
            "--outdir",
            str(tmp_path),
            str(path),
        ],
        check=True,
    )
    content = zipfile.ZipFile(tmp_path / "cells.ods").read("content.xml").decode()
    kinds = re.findall(r'office:value-type="(\w+)"', content)
    assert kinds == ["string", *["float"] * len(numbers), *["string"] * len(HOSTILE)]
    assert "table:formula" not in content


def test_the_reader_of_this_file_knows_what_would_go_wrong() -> None:
    read = next(csv.reader(io.StringIO("22.5;22,5;=1+1;22.5.2026;12/05;VRAI"), delimiter=";"))
    assert [kind(one) for one in read] == ["date", "number", "formula", "date", "date", "logical"]


def test_a_table_of_values_keeps_numbers_as_numbers_and_texts_as_texts() -> None:
    rows = [["=cmd()", -0.25], ["+33", 3], ["x", None], ["-1", True], ["a;b", 1e-7]]
    assert table_csv(["nom", "part"], rows).decode() == (
        "\ufeffnom;part\r\n'=cmd();-0,25\r\n'+33;3\r\nx;\r\n'-1;oui\r\n\"a;b\";0\r\n"
    )
