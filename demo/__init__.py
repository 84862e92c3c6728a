"""A made-up barometer that shows what an import does: `make demo`."""
