"""A survey of one's own becomes figures: codebook and microdata in, a checked data folder out. Needs the extra ``intake``."""
