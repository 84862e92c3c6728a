"""Official tables by address: which reader asks which server."""

from __future__ import annotations

from dashboard.intake import cubes
from dashboard.intake.codebook import From
from dashboard.intake.cubes import Cube, Read
from dashboard.intake.outcome import Progress
from dashboard.intake.web import pxweb, statbank
from dashboard.intake.web.client import Client, Limits


def read(origin: From, name: str, progress: Progress = iter, limits: Limits | None = None) -> Read:
    """The table at the address of a codebook of this name, and what it was read from.

    ``progress`` is given the parts that a large table is asked for in. Raises Refused with what is wrong, one line each.
    """
    client = Client(limits)
    return Read(_cube(client, origin, name, progress), tuple(client.answers))


def _cube(client: Client, origin: From, name: str, progress: Progress) -> Cube:
    if origin.kind == "pxweb":
        return pxweb.read(client, origin, name, progress)
    if origin.kind == "statbank":
        return statbank.read(client, origin, name)
    document = client.json(origin.address)
    return cubes.jsonstat(document, named=origin.named, name=origin.address)
