"""Names of variables that stand for several: ``rw*`` is every column that begins with rw."""

from __future__ import annotations

import re
from collections.abc import Iterable


def matching(name: str, there: Iterable[str]) -> tuple[str, ...]:
    """The columns of a file that a name stands for, in their order there; a column of just that name is meant alone."""
    columns = tuple(there)
    if name in columns:
        return (name,)
    if "*" not in name:
        return ()
    pattern = re.compile(".*".join(map(re.escape, name.split("*"))))
    return tuple(column for column in columns if pattern.fullmatch(column))


def all_matching(names: Iterable[str], there: Iterable[str]) -> tuple[str, ...]:
    """The columns that any of some names stands for, each once, in the order of the names."""
    columns = tuple(there)
    return tuple(dict.fromkeys(each for name in names for each in matching(name, columns)))
