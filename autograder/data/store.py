"""Write extracts and the catalogue: whole, or not at all."""

import hashlib
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pandas
import pyarrow
import pyarrow.parquet
from pandas import DataFrame

from autograder import files

Entry = dict[str, Any]
PARQUET = ".parquet"


def write_extract(table: DataFrame, file: Path) -> None:
    """Write a table as the extracts are: CSV in UTF-8, commas, a line feed at each end of line; or Parquet.

    A Parquet file says which version of pyarrow wrote it: its bytes are the same with the pinned version only.
    """
    if file.suffix == PARQUET:
        bare = pyarrow.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(None)
        pyarrow.parquet.write_table(bare, file, compression="zstd")
    else:
        table.to_csv(file, index=False, encoding="utf-8", lineterminator="\n")


def read_parquet(file: Path) -> DataFrame:
    """Return a Parquet extract, as pandas reads it, without leaving a thread behind: a process that has one cannot be forked.

    Each copy of a module would then read the file again, instead of starting where it is already read.
    """
    with pyarrow.parquet.ParquetFile(file, pre_buffer=False) as parquet:
        return parquet.read(use_threads=False).to_pandas(use_threads=False)


def read_as_text(file: Path) -> DataFrame:
    """Return an extract with all its cells as text, as its CSV has or would have them."""
    if file.suffix == PARQUET:
        text = StringIO(read_parquet(file).to_csv(index=False))
        return pandas.read_csv(text, dtype="str", keep_default_na=False)
    return pandas.read_csv(file, dtype="str", keep_default_na=False)


def sha256(file: Path) -> str:
    """Return the fingerprint of a file, in hexadecimal."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def measures(file: Path, rows: int) -> Entry:
    """Return what the catalogue says of an extract's content."""
    return {"bytes": file.stat().st_size, "hash": f"sha256:{sha256(file)}", "rows": rows}


def save(extract: Path, target: Path, catalogue: Path, change: Callable[[list[Entry]], None]) -> None:
    """Put an extract in place, and change the catalogue's entries accordingly.

    The catalogue, written last, is what makes the extract count: were it not written, the
    extract would be put back as it was.
    """
    package = json.loads(catalogue.read_text(encoding="utf-8"))
    change(package["resources"])
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    before = target.read_bytes() if target.exists() else None
    files.write(target, extract.read_bytes(), lasting=True)
    try:
        files.write(catalogue, text, lasting=True)
    except OSError:
        if before is None:
            target.unlink()
        else:
            files.write(target, before, lasting=True)
        raise
