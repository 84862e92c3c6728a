"""The component tree: what stands where, and nothing of what it means."""
