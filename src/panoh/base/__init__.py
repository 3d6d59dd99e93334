"""Standard library and platformdirs only: what every other layer may use."""
