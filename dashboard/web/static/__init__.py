"""Files for the browser: ``build`` prepares them, ``serve`` hands them out."""
