"""What each fact weighs in points when a request is compared with somebody registered.

A point is a third of a unit of log-odds: what makes a pair twenty times likelier to be one person is worth nine points.
First values were set by hand from what is known of such lists, then moved towards a logistic regression over made-up
populations with two different lists of names and two kinds of noise, rounded, and made to fall where facts lie farther
apart; the most that a fact may weigh is fixed (35, 15, 15, 12, 8, 10, 5, and 20 that only add). Others were held out
to measure on. Set by hand alone, because made-up people know nothing of it: that named kin may be lost as well and so
hardly count against, what the inquirer's own household adds, the separation, papers, marks, clothes and languages.
Whoever changes a weight or a band runs the race `tracing` before and after, on several populations.
"""

from __future__ import annotations

NAME, PARENTS, BIRTH, PLACE, SEPARATION, SEX, PAPER, MARKS = 35, 15, 15, 12, 8, 10, 20, 5  # the most of each fact

GIVEN = {
    "not_told": 0.0,
    "spelled": 9.0,
    "sounded": 9.0,
    "near": 8.5,
    "close": 8.0,
    "slip": 7.0,
    "loose": 3.0,
    "far": 0.0,
    "other": 0.0,
}
FAMILY = {
    "not_told": 0.0,
    "spelled": 15.0,
    "sounded": 14.5,
    "near": 13.5,
    "close": 11.5,
    "slip": 8.0,
    "loose": 0.0,
    "far": -4.0,
    "other": -8.0,
}
RARE_GIVEN, RARE_FAMILY = 4.0, 7.0  # the most that a rare name adds
COMMON, RARE = 3.2, 7.2  # natural logarithms of "one in so many bears it" between which that grows
MARRIED = 5.0  # gives back of a woman's other family name
CROSSED = -2.0
OTHER_GIVEN = -40.0  # two given names are two people, a brother or a twin who shares all the rest; but for a paper

FATHER = {"not_told": 0.0, "same": 9.0, "other_form": 5.0, "near": 5.0, "loose": 0.0, "other": -9.0}
FATHER_THERE = 3.0  # a man of the father's name stands with the person
KIN_FOUND = (0.0, 8.0, 12.0, 15.0)
KIN_MISSING = (0.0, -2.0, -3.0, -4.0)  # beside others who are there
KIN_NONE = (0.0, -4.0, -5.0, -6.0)  # none of those named is there
KIN_BESIDE = (0.0, 4.0, 7.0, 9.0)
LEAST_PARENTS = -12.0

BIRTH_POINTS = {
    "not_told": 0.0,
    "same_day": 15.0, "swapped": 12.0, "day_within_1": 7.0, "day_within_2": 5.0, "day_within_4": 1.0, "day_within_10": -5.0, "day_beyond": -11.0,
    "year_fits": 9.0, "year_within_1": 6.0, "year_within_2": 3.0, "year_within_4": 0.0, "year_within_10": -5.0, "year_beyond": -11.0,
    "age_fits": 9.0, "age_within_1": 7.0, "age_within_2": 6.0, "age_within_4": 2.0, "age_within_10": -7.0, "age_beyond": -13.0,
    "child_fits": 8.0, "child_within_1": 5.0, "child_within_2": 2.0, "child_within_4": -3.0, "child_within_10": -10.0, "child_beyond": -15.0,
}  # fmt: skip

PLACE_POINTS = {
    "not_told": 0.0, "same": 5.0, "within": 5.0, "region": 2.0, "country": -7.0, "other": -9.0, "unlike": -8.0
}  # fmt: skip
RARE_PLACE = 1.4  # of the same place, for each logarithm of "one in so many comes from there"

SEPARATION_POINTS = {"not_told": 0.0, "days": 8.0, "weeks": 5.0, "later": 2.0, "before": 0.0}
PARTED_THERE = 2.0  # lost or last seen where the person comes from

SEX_POINTS = (0.0, 5.0, -10.0)  # not told, the same, another one that was only stated
RELATION_POINTS = (0.0, 5.0, -8.0)  # not judged, possible at this age, hardly possible

PHONE, ONE_PAPER = 14.0, 20.0  # the same: families share a phone

MARKS_POINTS = (0.0, 3.0, 0.0)  # not told by both, something in common, nothing in common
CLOTHES_POINTS = (0.0, 2.0, 0.0)
LANGUAGE_POINTS = (0.0, 1.0, -2.0)

BANDS = ((50, "strong"), (42, "probable"), (22, "possible"))  # at least so many points, whatever else was found
