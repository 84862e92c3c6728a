"""Official tables by address: which reader asks which server."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dashboard.intake import cubes, pxweb, statbank
from dashboard.intake.client import Client, Limits
from dashboard.intake.cubes import Cube, Read


def read(
    kind: str,
    address: str,
    *,
    name: str,
    select: Mapping[str, Sequence[str]] | None = None,
    named: str = "",
    progress: Callable[[Sequence[Any]], Any] = iter,
    limits: Limits | None = None,
) -> Read:
    """The table at an address of ``kind`` ``pxweb``, ``statbank`` or ``jsonstat``, and what it was read from.

    ``name`` is that of the codebook, ``select`` leaves these codes of these variables, ``named`` is the dataset of a JSON-stat
    collection; ``progress`` is given the parts that a large table is asked for in. Raises Refused with what is wrong, one line each.
    """
    client = Client(limits)
    cube = _cube(client, kind, address, name, select or {}, named, progress)
    return Read(cube, tuple(client.answers))


def _cube(
    client: Client,
    kind: str,
    address: str,
    name: str,
    select: Mapping[str, Sequence[str]],
    named: str,
    progress: Callable[[Sequence[Any]], Any],
) -> Cube:
    if kind == "pxweb":
        return pxweb.read(client, address, select, name, progress)
    if kind == "statbank":
        return statbank.read(client, address, select, name)
    return cubes.jsonstat(client.json(address), named=named, name=address)
