"""The workbench for lost papers."""
