"""Everything about one tracing request beside its candidates: what was told, consent, what was done, where it stands."""
