"""Innovation barometers of the Nordic countries and the Netherlands, side by side."""

__version__ = "0.1.0"
