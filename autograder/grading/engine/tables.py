"""numpy's and pandas' values: raw bytes for numbers, dates and columns of texts, trees for objects.

The checker reads hostile bytes. So no library that reads a rich format (Arrow files, npy) is used: the size, the type and
the shape are checked here, then the bytes are taken as they are.
"""

import math
import re
from collections.abc import Callable
from typing import Any

import numpy
import pandas
import pyarrow

from autograder.grading.engine.tree import TreeReader, TreeWriter

MAX_ITEMS = 5_000_000
MAX_COLUMNS = 10_000

DTYPE = re.compile(r"[<>|=]?(?:[biufcSU]\d{1,7}|[mM]8(?:\[\d{0,6}[A-Za-zμ]{1,7}\])?)")
RAW = "biufcmMSU"
"""Kinds of numpy types whose bytes are the whole value."""
MASKED = re.compile(r"U?Int(8|16|32|64)|Float(32|64)|boolean")
ZONE = re.compile(r"[A-Za-z0-9_+\-/:]{1,60}")
UNITS = ("s", "ms", "us", "ns")
LAST_CHARACTER = 0x10FFFF

KNOWN = (
    numpy.ndarray,
    numpy.generic,
    pandas.Series,
    pandas.DataFrame,
    pandas.Index,
    pandas.Timestamp,
    pandas.Timedelta,
    pandas.api.extensions.ExtensionArray,
    type(pandas.NA),
    type(pandas.NaT),
)


class Malformed(ValueError):
    """Bytes that do not make a table."""


def is_known(value: Any) -> bool:
    """Tell whether a value has one of the types of numpy and pandas that cross."""
    return isinstance(value, KNOWN)


def encode(writer: TreeWriter, value: Any, depth: int) -> list[Any]:
    """Return the tree of a known value."""
    if value is pandas.NA:
        return ["na"]
    if value is pandas.NaT:
        return ["nat"]
    if isinstance(value, pandas.Timestamp):
        return ["timestamp", value.isoformat(), str(value.tz) if value.tz else None, value.unit]
    if isinstance(value, pandas.Timedelta):
        return ["interval", int(value.to_numpy().astype("int64")), value.unit]
    if isinstance(value, numpy.generic):
        return ["scalar", _array(writer, numpy.asarray(value), depth)]
    if isinstance(value, numpy.ndarray):
        return _array(writer, value, depth)
    if isinstance(value, pandas.Index):
        return _index(writer, value, depth)
    if isinstance(value, pandas.Series):
        return [
            "series",
            _column(writer, value, depth),
            _index(writer, value.index, depth),
            writer.tree(value.name, depth + 1),
        ]
    if isinstance(value, pandas.DataFrame):
        columns = [_column(writer, value.iloc[:, index], depth) for index in range(value.shape[1])]
        return ["frame", columns, _index(writer, value.columns, depth), _index(writer, value.index, depth)]
    return ["extension", _column(writer, pandas.Series(value), depth)]


def _array(writer: TreeWriter, array: numpy.ndarray[Any, Any], depth: int) -> list[Any]:
    dtype = array.dtype
    if isinstance(array, numpy.ma.MaskedArray) or dtype.kind not in RAW + "O":
        return ["object", type(array).__name__]
    if dtype.kind == "O":
        return ["objects", list(array.shape), writer.trees(numpy.asarray(array).ravel(), depth)]
    writer.afford(array.nbytes)  # before a copy is made
    return ["array", dtype.str, list(array.shape), writer.part(array.tobytes())]


def _column(writer: TreeWriter, values: Any, depth: int) -> list[Any]:
    """Return the tree of a Series' or an Index' values, without labels."""
    dtype = values.dtype
    if isinstance(dtype, pandas.StringDtype):
        return _texts(writer, values.array, depth)
    if isinstance(dtype, pandas.CategoricalDtype):
        codes = _array(writer, numpy.asarray(values.array.codes), depth)
        return ["category", codes, _column(writer, dtype.categories, depth), bool(dtype.ordered)]
    if isinstance(dtype, pandas.DatetimeTZDtype):
        numbers = numpy.asarray(values.array.asi8)
        return ["instants", _array(writer, numbers, depth), dtype.unit, str(dtype.tz)]
    if MASKED.fullmatch(str(dtype)) and not isinstance(dtype, numpy.dtype):
        missing = numpy.asarray(values.isna())
        numbers = values.array.to_numpy(dtype.numpy_dtype, na_value=dtype.numpy_dtype.type(0))
        return ["masked", str(dtype), _array(writer, numbers, depth), _array(writer, missing, depth)]
    if isinstance(dtype, numpy.dtype):
        return _array(writer, numpy.asarray(values), depth)
    return ["objects", [len(values)], writer.trees(values, depth)]


def _texts(writer: TreeWriter, texts: Any, depth: int) -> list[Any]:
    """Return the tree of a column of texts: where each text ends, the bytes of all the texts, which texts are missing."""
    column = pyarrow.array(texts, pyarrow.large_string())
    if isinstance(column, pyarrow.ChunkedArray):
        column = column.combine_chunks()
    _, ends, data = column.buffers()
    bounds = (
        numpy.frombuffer(ends, "i8", len(column) + 1, column.offset * 8) if ends else numpy.zeros(1, "i8")
    )
    writer.afford(int(bounds[-1] - bounds[0]))
    written = memoryview(data)[bounds[0] : bounds[-1]] if data else b""
    missing = numpy.asarray(column.is_null())
    return [
        "texts",
        str(texts.dtype) == "str",
        _array(writer, bounds - bounds[0], depth),
        writer.part(bytes(written)),
        _array(writer, missing, depth),
    ]


def _index(writer: TreeWriter, index: Any, depth: int) -> list[Any]:
    if isinstance(index, pandas.MultiIndex):
        levels = [_column(writer, index.get_level_values(level), depth) for level in range(index.nlevels)]
        return ["levels", levels, writer.trees(index.names, depth)]
    name = writer.tree(index.name, depth + 1)
    if isinstance(index, pandas.RangeIndex):
        return ["numbered", index.start, index.stop, index.step, name]
    return ["index", _column(writer, index, depth), name]


def _to_array(reader: TreeReader, dtype: str, shape: list[int], part: int) -> Any:
    if not DTYPE.fullmatch(dtype):
        raise Malformed
    kind = numpy.dtype(dtype)
    data = reader.part(part)
    size = math.prod(_shape(shape))
    if size * kind.itemsize != len(data):
        raise Malformed
    if not data:
        return numpy.zeros(shape, kind)
    if kind.kind == "U" and numpy.frombuffer(data, kind.byteorder + "u4").max() > LAST_CHARACTER:
        raise Malformed
    if kind.kind == "b":  # any other byte than 0 and 1 would be neither true nor false
        return numpy.frombuffer(data, "u1").reshape(shape) != 0
    return numpy.frombuffer(data, kind).reshape(shape).copy()


def _shape(shape: list[int]) -> list[int]:
    if len(shape) > 32 or any(type(size) is not int or not 0 <= size <= MAX_ITEMS for size in shape):
        raise Malformed
    return shape


def _to_objects(reader: TreeReader, shape: list[int], trees: list[Any]) -> Any:
    array = numpy.empty(len(trees), dtype=object)
    for index, tree in enumerate(trees):
        array[index] = reader.value(tree)
    return array.reshape(_shape(shape))


def _to_texts(reader: TreeReader, is_default: bool, bounds: Any, part: int, missing: Any) -> Any:
    """Return a column of texts. Arrow does not check bytes and bounds: they are all checked here first."""
    ends, data, absent = reader.value(bounds), reader.part(part), reader.value(missing)
    size = len(absent)
    if ends.dtype != "i8" or absent.dtype != bool or ends.shape != (size + 1,) or absent.shape != (size,):
        raise Malformed
    if ends[0] != 0 or ends[-1] != len(data) or (numpy.diff(ends) < 0).any():
        raise Malformed
    data.decode()
    inside = ends[(ends > 0) & (ends < len(data))]
    if (numpy.frombuffer(data, "u1")[inside] & 0xC0 == 0x80).any():  # in the middle of a character
        raise Malformed
    present = pyarrow.py_buffer(numpy.packbits(~absent, bitorder="little"))
    column = pyarrow.LargeStringArray.from_buffers(
        size, pyarrow.py_buffer(ends), pyarrow.py_buffer(data), present
    )
    kind = pandas.StringDtype("pyarrow", na_value=numpy.nan if is_default else pandas.NA)
    return pandas.array(column, dtype=kind)


def _to_category(reader: TreeReader, codes: Any, categories: Any, ordered: bool) -> Any:
    labels = _label(reader.value(categories), None)
    return pandas.Categorical.from_codes(reader.value(codes), labels, ordered=bool(ordered))


def _to_instants(reader: TreeReader, numbers: Any, unit: str, zone: str) -> Any:
    if unit not in UNITS or not ZONE.fullmatch(zone):
        raise Malformed
    moments = pandas.DatetimeIndex(reader.value(numbers).astype("int64").view(f"M8[{unit}]"))
    return moments.tz_localize("UTC").tz_convert(zone).array


def _to_masked(reader: TreeReader, dtype: Any, numbers: Any, missing: Any) -> Any:
    if not MASKED.fullmatch(dtype):
        raise Malformed
    column = pandas.Series(reader.value(numbers)).astype(dtype)
    return column.mask(reader.value(missing).astype(bool)).array


def _to_series(reader: TreeReader, column: Any, index: Any, name: Any) -> Any:
    return _labelled(reader.value(column), reader.value(index), reader.value(name))


def _labelled(column: Any, index: Any, name: Any) -> Any:
    return pandas.Series(column, index=index, name=name, dtype=object if column.dtype == object else None)


def _to_frame(reader: TreeReader, columns: list[Any], names: Any, index: Any) -> Any:
    rows, titles = reader.value(index), reader.value(names)
    if (
        len(columns) > MAX_COLUMNS
        or not isinstance(rows, pandas.Index)
        or not isinstance(titles, pandas.Index)
    ):
        raise Malformed
    series = {index: _labelled(reader.value(tree), rows, None) for index, tree in enumerate(columns)}
    frame = pandas.DataFrame(series, index=rows)
    frame.columns = titles
    return frame


def _to_index(reader: TreeReader, column: Any, name: Any) -> Any:
    return _label(reader.value(column), reader.value(name))


def _label(column: Any, name: Any) -> Any:
    return pandas.Index(
        column, dtype=object if column.dtype == object else None, name=name, tupleize_cols=False
    )


def _to_levels(reader: TreeReader, levels: list[Any], names: list[Any]) -> Any:
    return pandas.MultiIndex.from_arrays(reader.values(levels), names=reader.values(names))


def _to_numbered(reader: TreeReader, start: int, stop: int, step: int, name: Any) -> Any:
    if max(abs(start), abs(stop)) > MAX_ITEMS:
        raise Malformed
    return pandas.RangeIndex(start, stop, step, name=reader.value(name))


def _to_timestamp(_: TreeReader, text: str, zone: str | None, unit: Any) -> Any:
    if unit not in UNITS or (zone is not None and not ZONE.fullmatch(zone)):
        raise Malformed
    moment = pandas.Timestamp(text).as_unit(unit)
    return moment.tz_convert(zone) if zone else moment


def _to_interval(_: TreeReader, number: int, unit: Any) -> Any:
    if unit not in UNITS:
        raise Malformed
    return pandas.Timedelta(numpy.timedelta64(number, unit))


DECODERS: dict[str, Callable[..., Any]] = {
    "na": lambda _: pandas.NA,
    "nat": lambda _: pandas.NaT,
    "timestamp": _to_timestamp,
    "interval": _to_interval,
    "scalar": lambda reader, tree: reader.value(tree)[()],
    "array": _to_array,
    "objects": _to_objects,
    "texts": _to_texts,
    "category": _to_category,
    "instants": _to_instants,
    "masked": _to_masked,
    "series": _to_series,
    "frame": _to_frame,
    "index": _to_index,
    "levels": _to_levels,
    "numbered": _to_numbered,
    "extension": lambda reader, tree: pandas.Series(reader.value(tree)).array,
}
