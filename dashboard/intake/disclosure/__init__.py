"""Figures that could tell of too few are withheld, and what is printed is attacked to see that they stay so."""

from dashboard.intake.disclosure.withholding import Key, Unprotectable, withheld

__all__ = ["Key", "Unprotectable", "withheld"]
