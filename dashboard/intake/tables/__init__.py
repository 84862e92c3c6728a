"""A table of official figures becomes rows of a data folder, as the codebook of the table says."""
