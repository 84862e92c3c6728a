"""Old shapes of addresses.

A published address is a promise. When the shape of addresses changes, a small function that rewrites the old shape is
added to MIGRATIONS, with a test that holds an old address. No published shape has changed so far.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

Pairs = list[tuple[str, str]]
"""Parameters of a query in order, as (name, value)."""
Migration = Callable[[Pairs], Pairs]

MIGRATIONS: tuple[Migration, ...] = ()
"""In the order in which the shapes changed."""


def migrated(pairs: Pairs, migrations: Iterable[Migration] = MIGRATIONS) -> Pairs:
    """The parameters of an address in today's shape, whatever shape it was published in."""
    for migration in migrations:
        pairs = migration(pairs)
    return pairs
