"""The engines that sums are made with: name -> a frame of theirs from a pandas data frame of numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import duckdb
import pandas as pd
import polars as pl

ENGINES: Mapping[str, Callable[[pd.DataFrame], Any]] = {
    "pandas": lambda frame: frame,
    "polars": lambda frame: pl.DataFrame({name: frame[name].to_numpy() for name in frame}),
    "polars, lazy": lambda frame: pl.LazyFrame({name: frame[name].to_numpy() for name in frame}),
    "DuckDB": duckdb.from_df,
}
