"""Triage: who is in danger, why, and by when someone must act. Plain functions over frozen records.

Where things are: `gather` turns records into facts (`facts`), `predicates_*` hold the rules T01 to T22, one subject
a file, `rulebook` reads what resources/triage/rules.toml says about each of them, `assess` gives level, reasons and
due time, `wording` puts reasons into words for those who may read them.
"""
