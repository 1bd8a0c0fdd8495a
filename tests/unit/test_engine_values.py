"""Values that cross from a learner's process to the checker's: exact, plain, bounded; never anything that runs."""

import collections
import datetime
import decimal
import fractions
import json
import math
import struct

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from autograder.checks import plots
from autograder.checks.kinds import KINDS
from autograder.grading.engine import placeholders, values
from autograder.grading.engine.values import Refused, decode, encode


def crossed(value):
    return decode(encode(value, keep=lambda function: 0), call=lambda number, args, kwargs: (args, kwargs))


def forged(tree, *parts):
    """Bytes that only a hostile process would write."""
    text = json.dumps([tree, [len(part) for part in parts]]).encode()
    return struct.pack("!I", len(text)) + text + b"".join(parts)


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        3,
        -(2**200),
        2.5,
        math.inf,
        "été \ud800",
        [1, [2, "a"], None],
        (1, (2,)),
        {1, 2},
        frozenset({"a"}),
        {"a": 1, 2: [3], (4, 5): {6}},
        b"\x00\xff",
        1 + 2j,
        range(3, 30, 3),
        decimal.Decimal("1.10"),
        fractions.Fraction(1, 3),
        datetime.date(2026, 1, 2),
        datetime.datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=datetime.UTC),
        datetime.time(1, 2),
        datetime.timedelta(days=-1, seconds=3),
        pd.Timestamp("2026-01-02 03:04", tz="Europe/Paris"),
        pd.Timedelta("1h"),
        pd.NA,
        pd.NaT,
        ...,
    ],
    ids=repr,
)
def test_plain_values_come_out_the_same_with_the_same_type(value):
    found = crossed(value)
    assert type(found) is type(value)
    assert found is value or found == value


def test_nan_and_nan_keys_are_kept():
    assert math.isnan(crossed(math.nan))
    assert [str(key) for key in crossed({math.nan: 1, "a": 2})] == ["nan", "a"]


@pytest.mark.parametrize(
    "array",
    [
        np.arange(6).reshape(2, 3),
        np.array([1.5, np.nan]),
        np.array([True, False]),
        np.array(["a", "été"]),
        np.array(["2026-01-01"], "M8[D]"),
        np.array([[1, "a"], [None, 2.5]], dtype=object),
        np.array([]),
        np.array(3),
        np.asfortranarray(np.arange(6).reshape(2, 3)),
    ],
    ids=repr,
)
def test_arrays(array):
    found = crossed(array)
    assert found.dtype == array.dtype
    assert found.shape == array.shape
    np.testing.assert_array_equal(found, array)


def test_numpy_scalars_keep_their_type():
    for scalar in (np.float64(2.5), np.int32(3), np.bool_(True), np.str_("a"), np.datetime64("2026-01-01")):
        assert type(crossed(scalar)) is type(scalar)
        assert crossed(scalar) == scalar


@pytest.mark.parametrize(
    "series",
    [
        pd.Series([1, 2], name="n"),
        pd.Series(["a", None, "é"]),
        pd.Series(["a", None], dtype="string"),
        pd.Series(["a", 1, None], dtype=object),
        pd.Series(["b", "a", "b"], dtype="category"),
        pd.Series(pd.to_datetime(["2026-01-01", None])),
        pd.Series(pd.to_datetime(["2026-01-01"]).tz_localize("Europe/Paris")),
        pd.Series([1, None], dtype="Int64"),
        pd.Series([True, None], dtype="boolean"),
        pd.Series([1.5], index=pd.MultiIndex.from_tuples([("a", 1)], names=["x", "y"])),
        pd.Series([1, 2], index=pd.Index(["a", "b"], name="lettre")),
        pd.cut(pd.Series([1, 2, 3]), [0, 1, 3], labels=["petit", "grand"]),
        pd.Series([], dtype=float),
    ],
    ids=lambda s: str(s.dtype),
)
def test_series(series):
    pd.testing.assert_series_equal(crossed(series), series)


@pytest.mark.parametrize("storage", ["python", "pyarrow"])
@pytest.mark.parametrize("missing", [np.nan, pd.NA])
def test_columns_of_texts(storage, missing):
    dtype = pd.StringDtype(storage, na_value=missing)
    texts = pd.Series(["é", None, "", "\x00", "🏛" * 3, "fin"], dtype=dtype)
    for series in (texts, texts[2:5], texts[texts.isna()], texts[:0], pd.concat([texts, texts[1:]])):
        found = crossed(series)
        assert found.index.equals(series.index)
        assert found.isna().tolist() == series.isna().tolist()
        assert found.dropna().tolist() == series.dropna().tolist()
        assert found.dtype.na_value is missing
        assert crossed(found).equals(found)


def test_a_forged_column_of_texts_may_only_be_sound():
    found = decode(forged_texts([0, 2, 2, 3], "éa".encode(), [0, 1, 0]))
    assert found[[True, False, True]].tolist() == ["é", "a"]
    assert found.isna().tolist() == [False, True, False]


def test_frames_with_twin_columns_and_named_rows():
    frame = pd.DataFrame([[1, "a", 2.5], [2, None, 3.5]], columns=["x", "x", "y"], index=["r", "s"])
    pd.testing.assert_frame_equal(crossed(frame), frame)
    pd.testing.assert_frame_equal(crossed(frame[[]]), frame[[]])


def test_what_pandas_gives_from_unique_crosses():
    for values_ in (pd.Series(["a", "b"]).unique(), pd.Series(["a"], dtype="category").unique()):
        assert list(crossed(values_)) == list(values_)


class Flatterer(float):
    """Equal to everything."""

    def __eq__(self, other):
        return True

    __hash__ = float.__hash__


class Text(str):
    def __eq__(self, other):
        return True

    __hash__ = str.__hash__


class Numbers(list):
    def __eq__(self, other):
        return True


def test_subclasses_arrive_as_the_plain_value_that_they_hold():
    for hostile, plain in ((Flatterer(1.5), 1.5), (Text("a"), "a"), (Numbers([1]), [1])):
        found = crossed(hostile)
        assert type(found) is type(plain)
        assert found == plain
        assert found != object()
    assert type(crossed(collections.Counter("aa"))) is dict
    assert crossed({"a": 1}.keys()) == ["a"]
    assert crossed(n * n for n in range(3)) == [0, 1, 4]


def test_an_unknown_object_keeps_only_the_name_of_its_type():
    class Modele:
        def __eq__(self, other):
            return True

    found = crossed(Modele())
    assert type(found).__name__ == "Modele"
    with pytest.raises(TypeError, match="Modele ne peut pas être transmis"):
        assert found == 3
    with pytest.raises(TypeError):
        assert found
    with pytest.raises(AttributeError, match="Modele ne peut pas être transmis"):
        assert found.score
    for taken in ("Series", "bool_", "float", "a b", "NAType"):
        assert type(placeholders.opaque(taken)).__name__ == "objet"


def test_a_function_becomes_a_call_for_its_owner():
    assert crossed(len)(1, a=2) == ((1,), {"a": 2})
    assert type(crossed(len)).__name__ == "builtin_function_or_method"
    assert type(crossed(lambda: 0)).__name__ == "function"


def test_a_chart_crosses_as_what_it_shows():
    axes = plt.subplots()[1]
    axes.bar(["a", "b"], [1, 2])
    axes.set_title("Titre")
    spec = {"kind": "chart", "requires": ["mark", "from_zero", "title", "xlabel", "values"]}
    for chart in (axes, axes.figure):
        assert isinstance(crossed(chart), plots.Axes | plots.Figure)
        assert KINDS["chart"].read(crossed(chart), spec) == KINDS["chart"].read(chart, spec)


def nested(depth):
    found = []
    for _ in range(depth):
        found = [found]
    return found


def cycle():
    found = {}
    found["moi"] = [found]
    return found


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (cycle, "contient elle-même"),
        (lambda: nested(1000), "trop de niveaux"),
        (lambda: [0] * (values.MAX_NODES + 1), "trop volumineuse"),
        (lambda: np.zeros(values.MAX_BYTES // 8 + 1), "trop volumineuse"),
        (lambda: "x" * (values.MAX_BYTES + 1), "trop volumineuse"),
        (lambda: 10**5000, "chiffres"),
        (lambda: iter_forever(), "trop volumineuse"),
    ],
)
def test_what_is_too_much_is_refused_in_french(make, reason):
    with pytest.raises(Refused, match=reason):
        encode(make())


def forged_texts(ends, data, missing):
    """A column of texts whose bounds and bytes may lie."""
    bounds = ["array", "<i8", [len(ends)], 0]
    absent = ["array", "|b1", [len(missing)], 2]
    return forged(
        ["texts", True, bounds, 1, absent], struct.pack(f"<{len(ends)}q", *ends), data, bytes(missing)
    )


def iter_forever():
    while True:
        yield 1


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\x00",
        b"\xff\xff\xff\xff{}",
        b"\x00\x00\x00\x03nul",
        forged(3)[:-1],
        forged({"a": 1}),
        forged(["inconnu"]),
        forged([["list"]]),
        forged(["dict", [[["list", []], 1]]]),
        forged(["set", [["list", []]]]),
        forged(["array", "|O", [1], 0], b"x" * 8),
        forged(["array", "<f8", [2], 0], b"x" * 8),
        forged(["array", "<f8", [2**62, 4], 0], b""),
        forged(["array", "<f8", [-1], 0], b""),
        forged(["array", "i4,i4", [1], 0], b"x" * 8),
        forged(["array", "<U1", [1], 0], b"\xff" * 4),
        forged(["array", "<f8", [1], 7], b"x" * 8),
        forged(["range", 0, 10**18, 1]),
        forged(["range", 0, 1, 0]),
        forged(["decimal", "1E+999999"]),
        forged(["decimal", "__import__"]),
        forged(["fraction", 1, 0]),
        forged(["datetime", "hier"]),
        forged(["numbered", 0, 10**18, 1, None]),
        forged_texts([0, 2], b"ab", [0, 0]),
        forged_texts([0, 1, 9], b"ab", [0, 0]),
        forged_texts([0, 2, 1], b"ab", [0, 0]),
        forged_texts([1, 1, 2], b"ab", [0, 0]),
        forged_texts([0, -(2**62), 2], b"ab", [0, 0]),
        forged_texts([0, 1, 2], "é".encode(), [0, 0]),
        forged_texts([0, 1, 2], b"\xff\xfe", [0, 0]),
        forged_texts([0, 2], b"\xed\xa0", [0]),
        forged(["texts", True, ["list", [0, 1]], 0, ["list", [False]]], b"a"),
        forged(["instants", ["array", "<i8", [1], 0], "ns", "../../etc/passwd"], b"x" * 8),
        forged(["masked", "Int64; import os", 1, 2]),
        forged(["category", ["array", "<i8", [1], 0], ["list", []], False], b"\x07" * 8),
        forged(["frame", [], ["list", []], ["list", []]]),
        forged(["figure", 3]),
        forged(["axes", 0, 1, "", "", "", "pie", []]),
        struct.pack("!I", 400_000) + b"[" * 400_000,
        struct.pack("!I", 5002) + b"[" + b"9" * 5000 + b"]",
    ],
)
def test_forged_bytes_are_refused_in_french(data):
    with pytest.raises(Refused, match="Votre réponse"):
        decode(data)


def test_a_forged_boolean_is_true_or_false():
    found = decode(forged(["array", "|b1", [2], 0], b"\x02\x00"))
    assert found.view("u1").tolist() == [1, 0]
