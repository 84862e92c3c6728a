"""Parameters that other sites add to links: they say where a reader came from and nothing of a view, so nobody is told of them."""

from __future__ import annotations

_BEGINNINGS = ("utm_", "mtm_", "pk_", "hsa_")
"""Campaigns, as Google Analytics, Matomo and HubSpot name them."""
_NAMES = frozenset(
    {
        "_ga",
        "_gl",
        "_hsenc",
        "_hsmi",
        "dclid",
        "fbclid",
        "gad_source",
        "gbraid",
        "gclid",
        "igsh",
        "igshid",
        "li_fat_id",
        "mc_cid",
        "mc_eid",
        "mkt_tok",
        "msclkid",
        "ref_src",
        "ttclid",
        "twclid",
        "wbraid",
        "yclid",
    }
)


def is_tracking(name: str) -> bool:
    """Whether a parameter of an address is one of those, in any case of letters."""
    name = name.casefold()
    return name in _NAMES or name.startswith(_BEGINNINGS)
