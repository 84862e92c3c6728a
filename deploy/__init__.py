"""What is run around the site, and the list of the licences of what it is made of."""
