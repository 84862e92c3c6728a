"""What is measured of the site, and beside what."""
