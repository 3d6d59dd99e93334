"""Today: what is due, who waits for an owner, and a few numbers."""
