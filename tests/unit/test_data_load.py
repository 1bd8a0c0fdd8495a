"""What a notebook gets from `load`."""

import shutil
import subprocess
import sys

import pandas
import pytest

from autograder import paths
from autograder.data import catalogue
from autograder.data.errors import DataError, UnknownDatasetError
from autograder.data.load import load


def test_newest_vintage_is_the_default():
    assert load("communes").equals(load("communes", 2026))
    assert len(load("communes")) == 37_590
    assert len(load("communes", 2019)) == 38_026


def test_a_vintage_may_be_given_as_text():
    assert load("epci", "2019").equals(load("epci", 2019))


def test_codes_keep_their_zeros_and_letters():
    communes = load("communes")
    assert communes["code"].iloc[0] == "01001"
    assert set(communes.loc[communes["nom"] == "Ajaccio", "departement"]) == {"2A"}
    for column in ("code", "departement", "region", "epci", "codes_postaux", "rattachement"):
        assert communes[column].dtype == "str"


def test_whole_numbers_are_int_unless_some_are_missing():
    assert load("epci")["population_municipale"].dtype == "int64"
    assert load("communes")["population"].dtype == "float64"


def test_zero_is_not_missing():
    population = load("communes").set_index("nom")["population"]
    assert population["Bezonvaux"] == 0
    assert population.loc[["Archipel des Kerguelen"]].isna().all()


def test_columns_are_those_of_the_schema():
    schema = catalogue.read().find("communes").schema
    assert list(load("communes").columns) == [field.name for field in schema.fields]


def test_unknown_name_suggests_the_nearest():
    with pytest.raises(UnknownDatasetError, match=r"« comunes ».*Vouliez-vous dire « communes »"):
        load("comunes")


def test_unknown_vintage_lists_those_that_exist():
    with pytest.raises(UnknownDatasetError, match=r"millésime 2020 .* : 2026, 2019\."):
        load("communes", 2020)


def test_missing_extract_says_how_to_rebuild(tmp_path, monkeypatch):
    folder = tmp_path / "datasets"
    shutil.copytree(paths.datasets(), folder)
    (folder / "epci-2026.csv").unlink()
    monkeypatch.setenv("CAMPUS_DATASETS", str(folder))
    with pytest.raises(DataError, match="campus data rebuild epci-2026 --write"):
        load("epci")


def test_parquet_is_read_as_pandas_reads_it():
    file = catalogue.read().find("elus").file
    pandas.testing.assert_frame_equal(load("elus"), pandas.read_parquet(file))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists the threads of a process there")
@pytest.mark.parametrize("name", [resource.id for resource in catalogue.read().resources])
def test_reading_leaves_no_thread(name):
    """A process with threads cannot be forked: each copy of a module would read its data again."""
    code = """
import os, sys
from autograder.data import catalogue
from autograder.data.load import read
before = set(os.listdir("/proc/self/task"))
read(next(one for one in catalogue.read().resources if one.id == sys.argv[1]))
print(sorted(set(os.listdir("/proc/self/task")) - before))
"""
    command = [sys.executable, "-c", code, name]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "[]\n"
