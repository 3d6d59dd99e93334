"""Registrations that may be one person, in a whole register and while somebody is being registered.

Nothing is ever joined by itself: what is found is asked about, and the answer is remembered (`decisions`).

    register, spellings   people as columns of numbers; each spelling and each sound of a name once
    blocking              which pairs are worth comparing
    sounds, nearness      how far names are apart
    evidence, households  how the facts of two people relate, as levels
    weights, scoring      what a level weighs, and the points that add up to a score
    telling, reasons      the same in words
    sweep                 all of it together; `between` for two people alone

All but `decisions`, `reasons` and `weights` load numpy, so import them where they are used and never at the start.
"""
