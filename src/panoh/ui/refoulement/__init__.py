"""The refoulement assessment: one question after another, with what is known filled in."""
