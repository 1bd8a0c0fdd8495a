"""Files as they arrive: other encodings, other formats, damaged."""

import json
import tracemalloc
import warnings

import nbformat
import pytest

from autograder.grading.errors import GradingError
from autograder.grading.reading import MAX_CELLS, MAX_FILE, MAX_OUTPUT_PARTS, read_notebook, without_outputs
from tests.nbgrader.cells import notebook, own, sources

TEXT = nbformat.writes(notebook(own("ville = 'Évreux'")))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    assert sources(read_notebook(TEXT.encode(encoding))) == ["ville = 'Évreux'"]


def test_format_3() -> None:
    cell = {"cell_type": "code", "language": "python", "input": ["a = 1"], "outputs": [], "metadata": {}}
    old = {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {},
        "worksheets": [{"cells": [cell], "metadata": {}}],
    }
    assert sources(read_notebook(json.dumps(old).encode())) == ["a = 1"]


def test_missing_keys_are_filled_in() -> None:
    nb = read_notebook(b'{"metadata": 1, "cells": [{"cell_type": "code", "source": 2}]}')
    assert sources(nb) == [""]


@pytest.mark.parametrize(
    "raw",
    [
        TEXT.encode()[:-20],
        b"",
        b"[]",
        b'{"cells": 3}',
        b'{"cells": [3]}',
        b"\xff\xfe\x00",
        b'{"nbformat": 4}',
    ],
)
def test_an_unreadable_file_is_explained_in_french(raw: bytes) -> None:
    with pytest.raises(GradingError, match="Le carnet n’est pas lisible"):
        read_notebook(raw)


def test_half_of_a_character_does_not_stop_the_reading() -> None:
    assert sources(read_notebook(b'{"cells": [{"cell_type": "code", "source": "a = \'\\ud800\'"}]}')) == [
        "a = '?'"
    ]


def test_duplicated_ids_are_read_without_a_word() -> None:
    cell = '{"cell_type": "code", "id": "a", "source": "1"}'
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert sources(
            read_notebook(f'{{"nbformat": 4, "nbformat_minor": 5, "cells": [{cell}, {cell}]}}'.encode())
        )


def test_outputs_are_cut_out_before_anything_is_read() -> None:
    """Also a text that looks like outputs in an answer, and outputs that never end."""
    whole = (
        b'{"cells": [{"source": "\\"outputs\\": [1]", "outputs": ["]\\"", [{"x": []}]], "outputs": [[]]}]}'
    )
    assert (
        without_outputs(whole)
        == b'{"cells": [{"source": "\\"outputs\\": [1]", "outputs": [], "outputs": []}]}'
    )
    assert without_outputs(b'{"outputs": [[]') == b'{"outputs": [[]'


def heavy(metadata: str = "", cells: str = "") -> bytes:
    return f'{{"metadata": {{"x": [{metadata}0]}}, "cells": [{cells}{{"cell_type": "raw"}}]}}'.encode()


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b" " * (MAX_FILE + 1), "trop gros pour être lu : plus de 64 Mo"),
        (heavy("[], " * 4_000_000), "trop gros pour être lu : plus de 10 Mo sans ses affichages"),
        (heavy("[], " * 200_000), "trop de valeurs"),
        (heavy("[" * 200 + "]" * 200 + ","), "trop imbriquées"),
        (heavy(cells='{"cell_type":"raw"},' * MAX_CELLS), f"plus de {MAX_CELLS} cellules"),
        (b'{"cells": [{"outputs": [' + b"[" * (MAX_OUTPUT_PARTS + 1), "trop d’affichages"),
    ],
)
def test_a_notebook_that_would_cost_much_memory_is_not_read(raw: bytes, told: str) -> None:
    with pytest.raises(GradingError, match=told):
        read_notebook(raw)


def test_memory_stays_in_proportion_to_the_notebook() -> None:
    """The worst that is accepted, and large outputs: reading takes less than 200 MB."""
    attached = ",".join(f'"{number}": {{"a": "b"}}' for number in range(90_000))
    worst = heavy(cells=f'{{"cell_type": "markdown", "attachments": {{{attached}}}}},')
    outputs = heavy(cells='{"cell_type": "code", "outputs": [{"text": "' + "x" * 50_000_000 + '"}]},')
    for raw in (worst, outputs):
        tracemalloc.start()
        read_notebook(raw)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 200_000_000
