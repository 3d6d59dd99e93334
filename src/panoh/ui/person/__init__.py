"""The record of one person."""
