"""Scenes of what befalls a site that is up: load, lost workers, slow clients, a full disk, new data. ``python -m benchmarks.soak``."""
