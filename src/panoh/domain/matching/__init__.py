"""Whether a registered person may be the one sought: a score with its parts in words, and what rules it out.

A hit is a lead, never proof: nothing is joined or told to anyone because of a score.

    sides                 what a request tells, and what is known of a person, as plain records
    keys                  under which keys each is looked for
    columns, commonness   both sides as columns of numbers; how common names are
    finding               who of a whole vault is worth comparing
    evidence              how the facts of two sides relate, as levels
    weights, scoring      what a level weighs, and the points that add up to a score
    telling               the same in words
    between               all of it together, for two records, for some, for everyone

All but `sides`, `keys` and `weights` load numpy, so import them where they are used and never at the start.
"""
