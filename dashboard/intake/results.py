"""What an engine has worked out, small, in memory."""

from __future__ import annotations

from typing import Any

import narwhals as nw

_POLARS = nw.Implementation.POLARS
_SPARK = (nw.Implementation.PYSPARK, nw.Implementation.PYSPARK_CONNECT)


def held(frame: nw.LazyFrame[Any] | nw.DataFrame[Any]) -> nw.DataFrame[Any]:
    """The rows of a small result as a data frame in memory."""
    if isinstance(frame, nw.DataFrame):
        return frame
    if frame.implementation is _POLARS:
        return frame.collect()
    # Spark does without pandas, of which it knows no newer one, and DuckDB without pyarrow, which nothing else needs.
    return frame.collect("pyarrow" if frame.implementation in _SPARK else "pandas")


def rows(frame: nw.LazyFrame[Any] | nw.DataFrame[Any]) -> list[tuple[Any, ...]]:
    """The rows of a small result; blanks as None."""
    return [
        tuple(None if value is None or value != value else value for value in row)
        for row in held(frame).rows()
    ]
