"""The files that « Aujourd’hui » offers to open again are those that the commands write."""

from autograder.followup.marks import cli as marks
from autograder.followup.report import bilan, report, suivi
from autograder.today.outputs import NAMES


def test_every_page_and_sheet_that_is_written_is_offered() -> None:
    sheets = {*marks.NAMES.values(), marks.NAMES["csv-fr"].replace(".csv", f"{marks.DETAIL}.csv")}
    pages = {suivi.PAGE, bilan.PAGE, bilan.INTERNAL_PAGE}
    written = {f"{report.FOLDER}/{one}" for one in pages} | {f"{marks.FOLDER}/{one}" for one in sheets}
    assert NAMES.keys() == written
