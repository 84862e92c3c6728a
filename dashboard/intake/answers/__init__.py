"""Files of answers, read by any engine, checked against their codebook, and coded as it says."""
