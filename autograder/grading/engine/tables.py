"""numpy's and pandas' values: raw bytes for numbers, dates and columns of texts, trees for objects.

No reader of a rich format stands between the bytes and the checker: a size, a known type and a shape are checked,
then the bytes are taken as they are.
"""

import math
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy
import pandas
import pyarrow

if TYPE_CHECKING:
    from autograder.grading.engine.values import Decoder, Encoder

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
    """Tell whether a value is one of numpy's or pandas' that cross."""
    return isinstance(value, KNOWN)


def encode(encoder: "Encoder", value: Any, depth: int) -> list[Any]:
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
        return ["scalar", _array(encoder, numpy.asarray(value), depth)]
    if isinstance(value, numpy.ndarray):
        return _array(encoder, value, depth)
    if isinstance(value, pandas.Index):
        return _index(encoder, value, depth)
    if isinstance(value, pandas.Series):
        return [
            "series",
            _column(encoder, value, depth),
            _index(encoder, value.index, depth),
            encoder.tree(value.name, depth + 1),
        ]
    if isinstance(value, pandas.DataFrame):
        columns = [_column(encoder, value.iloc[:, place], depth) for place in range(value.shape[1])]
        return ["frame", columns, _index(encoder, value.columns, depth), _index(encoder, value.index, depth)]
    return ["extension", _column(encoder, pandas.Series(value), depth)]


def _array(encoder: "Encoder", array: numpy.ndarray[Any, Any], depth: int) -> list[Any]:
    dtype = array.dtype
    if isinstance(array, numpy.ma.MaskedArray) or dtype.kind not in RAW + "O":
        return ["object", type(array).__name__]
    if dtype.kind == "O":
        return ["objects", list(array.shape), encoder.trees(numpy.asarray(array).ravel(), depth)]
    encoder.afford(array.nbytes)  # before a copy is made
    return ["array", dtype.str, list(array.shape), encoder.part(array.tobytes())]


def _column(encoder: "Encoder", values: Any, depth: int) -> list[Any]:
    """Return the tree of a Series' or an Index' values, without labels."""
    dtype = values.dtype
    if isinstance(dtype, pandas.StringDtype):
        return _texts(encoder, values.array, depth)
    if isinstance(dtype, pandas.CategoricalDtype):
        codes = _array(encoder, numpy.asarray(values.array.codes), depth)
        return ["category", codes, _column(encoder, dtype.categories, depth), bool(dtype.ordered)]
    if isinstance(dtype, pandas.DatetimeTZDtype):
        numbers = numpy.asarray(values.array.asi8)
        return ["instants", _array(encoder, numbers, depth), dtype.unit, str(dtype.tz)]
    if MASKED.fullmatch(str(dtype)) and not isinstance(dtype, numpy.dtype):
        missing = numpy.asarray(values.isna())
        numbers = values.array.to_numpy(dtype.numpy_dtype, na_value=dtype.numpy_dtype.type(0))
        return ["masked", str(dtype), _array(encoder, numbers, depth), _array(encoder, missing, depth)]
    if isinstance(dtype, numpy.dtype):
        return _array(encoder, numpy.asarray(values), depth)
    return ["objects", [len(values)], encoder.trees(values, depth)]


def _texts(encoder: "Encoder", texts: Any, depth: int) -> list[Any]:
    """Return the tree of a column of texts: where each ends, their bytes one after the other, which are missing."""
    column = pyarrow.array(texts, pyarrow.large_string())
    if isinstance(column, pyarrow.ChunkedArray):
        column = column.combine_chunks()
    _, ends, data = column.buffers()
    bounds = (
        numpy.frombuffer(ends, "i8", len(column) + 1, column.offset * 8) if ends else numpy.zeros(1, "i8")
    )
    encoder.afford(int(bounds[-1] - bounds[0]))
    written = memoryview(data)[bounds[0] : bounds[-1]] if data else b""
    missing = numpy.asarray(column.is_null())
    return [
        "texts",
        str(texts.dtype) == "str",
        _array(encoder, bounds - bounds[0], depth),
        encoder.part(bytes(written)),
        _array(encoder, missing, depth),
    ]


def _index(encoder: "Encoder", index: Any, depth: int) -> list[Any]:
    if isinstance(index, pandas.MultiIndex):
        levels = [_column(encoder, index.get_level_values(place), depth) for place in range(index.nlevels)]
        return ["levels", levels, encoder.trees(index.names, depth)]
    name = encoder.tree(index.name, depth + 1)
    if isinstance(index, pandas.RangeIndex):
        return ["numbered", index.start, index.stop, index.step, name]
    return ["index", _column(encoder, index, depth), name]


def _to_array(decoder: "Decoder", dtype: str, shape: list[int], place: int) -> Any:
    if not DTYPE.fullmatch(dtype):
        raise Malformed
    kind = numpy.dtype(dtype)
    data = decoder.part(place)
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


def _to_objects(decoder: "Decoder", shape: list[int], trees: list[Any]) -> Any:
    found = numpy.empty(len(trees), dtype=object)
    for place, tree in enumerate(trees):
        found[place] = decoder.value(tree)
    return found.reshape(_shape(shape))


def _to_texts(decoder: "Decoder", is_default: bool, bounds: Any, place: int, missing: Any) -> Any:
    """Return a column of texts, made only once each of its bytes and bounds is proven sound: Arrow believes them."""
    ends, data, absent = decoder.value(bounds), decoder.part(place), decoder.value(missing)
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


def _to_category(decoder: "Decoder", codes: Any, categories: Any, ordered: bool) -> Any:
    labels = _label(decoder.value(categories), None)
    return pandas.Categorical.from_codes(decoder.value(codes), labels, ordered=bool(ordered))


def _to_instants(decoder: "Decoder", numbers: Any, unit: str, zone: str) -> Any:
    if unit not in UNITS or not ZONE.fullmatch(zone):
        raise Malformed
    moments = pandas.DatetimeIndex(decoder.value(numbers).astype("int64").view(f"M8[{unit}]"))
    return moments.tz_localize("UTC").tz_convert(zone).array


def _to_masked(decoder: "Decoder", dtype: Any, numbers: Any, missing: Any) -> Any:
    if not MASKED.fullmatch(dtype):
        raise Malformed
    column = pandas.Series(decoder.value(numbers)).astype(dtype)
    return column.mask(decoder.value(missing).astype(bool)).array


def _to_series(decoder: "Decoder", column: Any, index: Any, name: Any) -> Any:
    return _labelled(decoder.value(column), decoder.value(index), decoder.value(name))


def _labelled(column: Any, index: Any, name: Any) -> Any:
    return pandas.Series(column, index=index, name=name, dtype=object if column.dtype == object else None)


def _to_frame(decoder: "Decoder", columns: list[Any], names: Any, index: Any) -> Any:
    rows, titles = decoder.value(index), decoder.value(names)
    if (
        len(columns) > MAX_COLUMNS
        or not isinstance(rows, pandas.Index)
        or not isinstance(titles, pandas.Index)
    ):
        raise Malformed
    series = {place: _labelled(decoder.value(tree), rows, None) for place, tree in enumerate(columns)}
    frame = pandas.DataFrame(series, index=rows)
    frame.columns = titles
    return frame


def _to_index(decoder: "Decoder", column: Any, name: Any) -> Any:
    return _label(decoder.value(column), decoder.value(name))


def _label(column: Any, name: Any) -> Any:
    return pandas.Index(
        column, dtype=object if column.dtype == object else None, name=name, tupleize_cols=False
    )


def _to_levels(decoder: "Decoder", levels: list[Any], names: list[Any]) -> Any:
    return pandas.MultiIndex.from_arrays(decoder.values(levels), names=decoder.values(names))


def _to_numbered(decoder: "Decoder", start: int, stop: int, step: int, name: Any) -> Any:
    if max(abs(start), abs(stop)) > MAX_ITEMS:
        raise Malformed
    return pandas.RangeIndex(start, stop, step, name=decoder.value(name))


def _to_timestamp(_: "Decoder", text: str, zone: str | None, unit: Any) -> Any:
    if unit not in UNITS or (zone is not None and not ZONE.fullmatch(zone)):
        raise Malformed
    found = pandas.Timestamp(text).as_unit(unit)
    return found.tz_convert(zone) if zone else found


def _to_interval(_: "Decoder", number: int, unit: Any) -> Any:
    if unit not in UNITS:
        raise Malformed
    return pandas.Timedelta(numpy.timedelta64(number, unit))


DECODERS: dict[str, Callable[..., Any]] = {
    "na": lambda _: pandas.NA,
    "nat": lambda _: pandas.NaT,
    "timestamp": _to_timestamp,
    "interval": _to_interval,
    "scalar": lambda decoder, tree: decoder.value(tree)[()],
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
    "extension": lambda decoder, tree: pandas.Series(decoder.value(tree)).array,
}
