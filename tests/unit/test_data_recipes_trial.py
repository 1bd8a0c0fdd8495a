"""The recipe of the randomised trial, on small files: what it averages, what it refuses."""

from pathlib import Path

import pandas
import pytest

from autograder.data.errors import DataError
from autograder.data.recipes import nsw


def stata(file: Path, **columns: list[float]) -> Path:
    pandas.DataFrame(columns).to_stata(file, write_index=False)
    return file


def test_people_become_averages_by_group_and_year(tmp_path):
    trial = stata(
        tmp_path / "trial.dta",
        treat=[1.0, 1.0, 0.0, 0.0],
        re74=[0.0, 10.0, 4.0, 4.0],
        re75=[2.0, 4.0, 0.0, 0.0],
        re78=[30.0, 50.0, 20.0, 10.0],
    )
    population = stata(tmp_path / "population.dta", treat=[0.0], re74=[7.0], re75=[8.0], re78=[9.0])
    table = nsw.groups({"trial": trial, "population": population}).set_index(["groupe", "annee"])
    assert len(table) == 9
    assert table.loc[("programme", 1978)].to_dict() == {
        "personnes": 2.0,
        "revenu_moyen": 40.0,
        "ecart_type": 14.14,
        "sans_revenu": 0.0,
    }
    assert table.loc[("programme", 1974), "sans_revenu"] == 1
    assert table.loc[("temoins", 1978), "revenu_moyen"] == 15
    assert table["revenu_moyen"].loc["population"].to_list() == [7, 8, 9]


def test_another_file_is_refused(tmp_path):
    other = stata(tmp_path / "other.dta", treat=[1.0])
    with pytest.raises(DataError, match=r"other\.dta"):
        nsw.groups({"trial": other, "population": other})
