"""The strata of a sample, stage by stage, as an engine has counted them in the whole of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.intake.estimates.grouping import Floats, Whole, numbered

UNITS, LOW, HIGH = "units", "low", "high"
"""Columns of what was counted in each stratum: its units, the least and the greatest size of its population."""


class BadDesign(ValueError):
    """Weights, strata, population sizes or replicate weights that no error can be computed from."""


@dataclass(frozen=True, slots=True)
class Strata:
    """The strata of one stage in the whole sample, sorted by code: those of a further stage are the units of the one before."""

    code: Whole
    """Strata by columns: the stratum of the first stage, then a unit of each stage before this one."""
    units: Floats
    """Units in the sample; respondents where the design has none."""
    sampled: Floats
    """Their share of the population, 0 where its size is not given."""
    earlier: Floats
    """Shares of the stages before, multiplied; 1 for the first."""

    def place(self, code: Sequence[Whole]) -> Whole:
        """Where in the arrays each of some strata is, given by the columns of their codes."""
        if len(code) == 1:
            return np.searchsorted(self.code[:, 0], code[0])
        columns = [np.concatenate(each) for each in zip(self.code.T, code, strict=True)]
        number, _ = numbered(columns)
        return number[len(self.code) :]

    def alone(self) -> NDArray[np.bool_]:
        """Which have one unit, and others in the population."""
        alone: NDArray[np.bool_] = (self.units == 1) & (self.sampled < 1)
        return alone

    def named(self, which: NDArray[np.bool_]) -> str:
        """Some of them in words: ``stratum 1, 2``, or ``stratum 1 unit 3``."""
        if self.code.shape[1] == 1:
            return f"stratum {', '.join(map(str, self.code[which, 0].tolist()))}"
        return ", ".join(_in_words(code) for code in self.code[which].tolist())


@dataclass(frozen=True, slots=True)
class Posts:
    """The post-strata of the whole sample, each part of them that one unit of the last stage has."""

    code: Whole
    """Parts by columns: stratum, a unit of each stage, post-stratum."""
    weight: Floats
    square: Floats
    """Sum of the squared weights."""


def stage(
    codes: Sequence[Whole], found: Mapping[str, NDArray[Any]], before: Strata | None = None
) -> Strata:
    """The strata of a stage from columns of their codes and of what was counted in each, in any order.

    ``found`` has `UNITS`, and `LOW` and `HIGH` where the design gives population sizes. Raises `BadDesign` where a stratum has two
    of them, or one below its units.
    """
    order = np.lexsort(tuple(reversed(codes)))
    code = np.stack(codes, axis=1)[order]
    counted = {name: values[order].astype(float) for name, values in found.items()}
    units = counted[UNITS]
    sampled = _sampled(code, counted) if HIGH in counted else np.zeros(len(code))
    earlier = np.ones(len(code))
    if before is not None:
        place = before.place([*code[:, :-1].T])
        earlier = before.earlier[place] * before.sampled[place]
    return Strata(code, units, sampled, earlier)


def _sampled(code: Whole, found: Mapping[str, Floats]) -> Floats:
    """The sampled share of each stratum."""
    low, high, units = found[LOW], found[HIGH], found[UNITS]
    mixed = ~(low == high)
    if mixed.any():
        raise BadDesign(f"{_in_words(code[mixed][0])} has more than one population size")
    short = high < units
    if short.any():
        raise BadDesign(
            f"{_in_words(code[short][0])} has {units[short][0]:.0f} units in the sample and {high[short][0]:g} in the population"
        )
    return units / high


def _in_words(code: Sequence[int]) -> str:
    stratum, *units = code
    return " ".join([f"stratum {stratum}", *(f"unit {unit}" for unit in units)])
