"""Answers of other programs that tests compare with, and what makes them anew."""
