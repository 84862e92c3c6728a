"""Addresses of which something cannot be used, and addresses that no figure fits."""

from __future__ import annotations

BAD = (
    "theme=nonsense&country=&country=DK&view=bars~dots&sector=all&sector=state&hello=world&edition=latest~dk-2015",
    f"theme={'x' * 5000}",
    "release=1999.1&more=drivers~nonsense",
)
"""Addresses of which something cannot be used, in every way there is."""
EMPTY = (
    "theme=effects&country=SE&edition=dk-2015",
    "theme=effects&country=none",
    "theme=none",
    "country=IS&only=comparable&theme=diffusion",
    "theme=effects&country=SE",
    "country=NL&view=scale",
    "split=size&country=IS",
    "theme=drivers&concept=driver_users&country=IS&level=central",
)
"""Addresses that no figure fits."""
