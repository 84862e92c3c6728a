"""Reads ``[design]`` of a codebook: how the sample was drawn, or the replicate weights that stand for it."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.intake.codebook import Sample
from dashboard.intake.faults import quoted
from dashboard.intake.sections import Section
from dashboard.intake.types import CENTRES, LONELY, METHODS, Centre, Method, Replicates

_METHODS: Mapping[str, Method] = {method: method for method in METHODS}
_CENTRES: Mapping[str, Centre] = {centre: centre for centre in CENTRES}
_OWN_SCALE = {"BRR": "1/R", "Fay": "1/(R (1 - fay)^2)", "SDR": "4/R"}
"""Methods whose scale is fixed, R being the number of replicates."""
_INSTEAD = ("stratum", "psu", "fpc", "poststratum", "lonely")
"""What replicate weights stand for."""


def sample(section: Section) -> Sample:
    """What ``[design]`` says, but for ``interval`` and ``confidence``."""
    replicates = _replicates(section)
    if replicates:
        for key in _INSTEAD:
            if key in section:
                section.fault(key, "given", "either this or replicates")
    found = Sample(
        weight=section.text("weight", required=False),
        stratum=section.names("stratum"),
        psu=section.names("psu"),
        fpc=section.names("fpc"),
        lonely=section.choice("lonely", LONELY, "fail"),
        poststratum=section.names("poststratum"),
        replicates=replicates,
        unit=section.text("unit", required=False),
    )
    _stages(section, found)
    if not found.weight and (found.replicates or found.poststratum):
        of = "replicates" if found.replicates else "poststratum"
        section.fault("weight", "missing", f"the weight that {of} belongs to")
    return found


def _stages(section: Section, found: Sample) -> None:
    """One population size a stage, or none."""
    for key in ("psu", "fpc"):
        names = getattr(found, key)
        if len(set(names)) < len(names):
            section.fault(key, quoted(", ".join(names)), "each variable once")
    stages = max(len(found.psu), 1)
    if found.fpc and len(found.fpc) != stages:
        one = "one variable" if stages == 1 else f"{stages} variables"
        expected = f"{one}, the size of the population at each stage of psu"
        section.fault("fpc", quoted(", ".join(found.fpc)), expected)


def _replicates(section: Section) -> Replicates | None:
    inner = section.inner("replicates", '{ columns = "rw*", method = "JK1" }')
    if inner is None:
        return None
    columns = inner.names("columns", required=True)
    method = _METHODS[inner.choice("method", METHODS)]
    found = Replicates(
        columns=columns,
        method=method,
        fay=_fay(inner, method),
        scale=_scale(inner, method),
        rscales=inner.numbers("rscales", "numbers of 0 or above, one a column"),
        centre=_CENTRES[inner.choice("centre", CENTRES, "mean")],
        combined=inner.flag("combined", default=True),
    )
    _rscales(inner, found)
    inner.rest()
    return found


def _fay(inner: Section, method: str) -> float:
    if method == "Fay":
        return inner.number("fay", "a number from 0 up to 1, 1 left out", 0, 1) or 0.0
    inner.known("fay")
    if "fay" in inner:
        inner.fault("fay", "given", f"none, as method is {method}")
    return 0.0


def _scale(inner: Section, method: str) -> float | None:
    if "scale" not in inner:
        inner.known("scale")
        return None
    found = inner.number("scale", "a number above 0", 0)
    if method in _OWN_SCALE:
        inner.fault("scale", "given", f"none, as that of {method} is {_OWN_SCALE[method]}")
    elif found == 0:
        inner.fault("scale", "0", "a number above 0")
    return found


def _rscales(inner: Section, found: Replicates) -> None:
    if found.method == "SDR" and found.rscales:
        inner.fault("rscales", "given", "none, as method is SDR")
    elif found.method == "JKn" and found.combined and "rscales" not in inner:
        expected = "the factor (n - 1)/n of each column, or combined = false where columns are factors of the weight"
        inner.fault("rscales", "missing", expected)
    repeated = len(set(found.columns)) < len(found.columns)
    if repeated:
        inner.fault("columns", quoted(", ".join(found.columns)), "each column once")
