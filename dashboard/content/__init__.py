"""Pages of text: sources, method, accessibility, what has changed, and refusals; their templates and examples."""
