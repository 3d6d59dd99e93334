"""Border points: their state by day, and who was noted there."""
