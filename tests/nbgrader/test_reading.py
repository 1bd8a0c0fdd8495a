"""Files as they arrive: other encodings, other formats, damaged."""

import json

import nbformat
import pytest

from autograder.grading.errors import GradingError
from autograder.grading.reading import read_notebook
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
