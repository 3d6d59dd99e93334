"""Everything Qt. Calls services only; screens never import each other."""
