"""Sums of a sample become shares, with the standard errors and intervals of its design."""
