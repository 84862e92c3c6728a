"""View -> files. One format is one ``Format`` in a module of its own; ``registry`` lists them all."""
