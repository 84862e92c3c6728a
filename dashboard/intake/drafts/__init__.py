"""A codebook to be finished by hand, of what a file of answers or a DDI codebook says of its variables."""
