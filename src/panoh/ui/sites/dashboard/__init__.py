"""The dashboard of everyone or of one site."""
