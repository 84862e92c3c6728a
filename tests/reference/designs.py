"""The designs of `shares.csv`, as shares.R has them: name -> columns of the sample."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.intake.types import Centre, Design, Method, Replicates, Stage
from tests.reference.sample import FAY, rows

TWO = (Stage("j", "n_i"),)
LONE = (Stage("one", "n_one"),)


def replicated(
    kind: str,
    method: Method,
    *,
    fay: float = 0,
    scale: float | None = None,
    rscales: tuple[float, ...] = (),
    centre: Centre = "mean",
    combined: bool = True,
) -> Design:
    """A design with the replicate weights of one kind."""
    columns = tuple(name for name in rows()[0] if name.startswith(f"{kind}_"))
    return Design(
        "w", replicates=Replicates(columns, method, fay, scale, rscales, centre, combined)
    )


DESIGNS: Mapping[str, Design] = {
    "random": Design("w"),
    "strata": Design("w", "h"),
    "strata_fpc": Design("w", "h", fpc="n_h"),
    "psus": Design("w", psu="i"),
    "nested": Design("w", "h", "i"),
    "nested_fpc": Design("w", "h", "i", "m_h"),
    "remove": Design("w", "lone", "i", lonely="remove"),
    "certainty": Design("w", "lone", "i", lonely="certainty"),
    "adjust": Design("w", "lone", "i", lonely="adjust"),
    "average": Design("w", "lone", "i", lonely="average"),
    "adjust_fpc": Design("w", "lone", "i", "m_lone", "adjust"),
    "average_fpc": Design("w", "lone", "i", "m_lone", "average"),
    "two_stages": Design("w", "h", "i", "m_h", further=TWO),
    "three_stages": Design("w", "h", "i", "m_h", "adjust", (*TWO, Stage("k", "n_j"))),
    "no_strata_stages": Design("w", None, "hi", "m", further=TWO),
    "remove_stages": Design("w", "lone", "i", "m_lone", "remove", LONE),
    "certainty_stages": Design("w", "lone", "i", "m_lone", "certainty", LONE),
    "adjust_stages": Design("w", "lone", "i", "m_lone", "adjust", LONE),
    "average_stages": Design("w", "lone", "i", "m_lone", "average", TWO),
    "post_random": Design("wp", poststratum="g"),
    "post_strata": Design("wp", "h", fpc="n_h", poststratum="g"),
    "post_nested": Design("wp", "h", "i", "m_h", poststratum="g"),
    "post_average": Design("wp", "lone", "i", lonely="average", poststratum="g"),
    "post_stages": Design("wp", "h", "i", "m_h", further=TWO, poststratum="g"),
    "jk1": replicated("jk1", "JK1"),
    "jk1_estimate": replicated(
        "jk1",
        "JK1",
        scale=0.8,
        rscales=tuple(1 - at / 100 for at in range(1, 11)),
        centre="estimate",
    ),
    "jkn": replicated("jkn", "JKn", combined=False),
    "brr": replicated("brr", "BRR"),
    "fay": replicated("fay", "Fay", fay=FAY),
    "bootstrap": replicated("boot", "bootstrap"),
    "sdr": replicated("sdr", "SDR", centre="estimate"),
}
