"""What each fact weighs when two registrations are compared: natural logarithms of "how much likelier, if one person".

A weight is log(m / u): how often two registrations of one person stand so to each other (m), against how often two
people do by chance (u). Weights add up (Fellegi and Sunter 1969), and their sum is a log-odds: 0 means that of the
pairs with this sum about half are one person, in a register where one person in fifty came twice.

Where they come from. A first value of each was set by hand from what is known of such lists (a day of birth is met by
chance once in 20,000, a year once in 40; one date in ten is mistyped; and so on). Then they were fitted together, by
logistic regression held near those values, to pairs of four made-up registers of 100,000 people with two
different lists of names and two different kinds of noise, rounded, and made to fall where names lie farther apart.
Set by hand and not fitted, because made-up registers know nothing about it: place, phone, paper and household. Nothing
is made of when people arrived, of what they need, nor of who came alone. Whoever changes a weight runs the race
`duplicates_whole` before and after, on several registers.
"""

from __future__ import annotations

START = -10.0  # before anything is compared: of two who share a key, hardly ever both are one person

NAMES = {
    # level: given name, family name
    "not_told": (-1.5, -1.5),
    "spelled": (1.4, 2.0),
    "sounded": (1.2, 1.9),
    "near": (1.0, 1.3),
    "close": (1.0, 1.1),
    "slip": (0.8, 0.0),
    "loose": (-0.9, -2.2),
    "far": (-4.0, -2.4),
    "other": (-10.0, -4.6),  # of given names only where a paper is the same: else two given names are two people
}
RARE_GIVEN, RARE_FAMILY = 0.4, 0.35  # for each logarithm of "one in so many bears it", up to 'loose'
NAMESAKES = -0.5  # for each logarithm of one more than the others who bear the whole name
CROSSED = 0.6  # that two names are met crossed by chance is rarer still
MARRIED = 0.8  # of a woman's other family name

FATHER = {"not_told": 0.0, "same": 1.8, "other_form": 0.7, "near": 0.7, "loose": -0.5, "other": -4.5}
RARE_FATHER = 0.25

BIRTH = {
    "not_told": 0.0,
    # two days
    "same_day": 8.5,
    "swapped": 6.5,
    "slip": 5.5,  # 1, 10, 365 or 366 days: one digit
    "rare_slip": 3.0,  # 2, 20, 30 or 31 days, or ten years
    "days_apart": -2.8,
    "years_apart": -4.0,
    # a year or a month beside a date or another year
    "same_year": 3.1,
    "year_apart": -0.5,
    "two_years_apart": -2.0,
    "dates_apart": -4.0,
    # two ages that were told: by how far apart they put the birth
    "same_age": 4.8,
    "age_1": 2.1,
    "age_2": 1.2,
    "age_3": 0.0,
    "ages_apart": -1.5,
    "child_same_age": 4.0,
    "child_age_1": 0.9,
    "child_age_2": -0.3,
    "child_age_3": -1.2,
    "child_ages_apart": -2.5,
    # an age beside a date
    "age_fits": 2.2,
    "age_off_1": 1.6,
    "age_off_2": 1.2,
    "age_off": -0.4,
    "child_age_fits": 1.6,
    "child_age_off_1": 0.7,
    "child_age_off_2": -0.9,
    "child_age_off": -3.0,
}

PLACE = {"not_told": 0.0, "same": 0.0, "part": 0.5, "other": -2.4}
RARE_PLACE = 0.7  # of the same place
PHONE = {"not_told": 0.0, "same": 3.5, "other": -0.8}  # families share a phone, and change it when they flee
PAPER = {"not_told": 0.0, "same": 6.0, "other": -2.0}  # one person has several papers

# Others of the household who stand in the other's household too, by name, sex and age. Whoever comes twice with a
# family mostly comes with the same one; one namesake of one's kin is met by chance in 25 households, two hardly ever.
HOUSEHOLD = {"not_told": 0.0, "one_list": -5.0, "nobody": -2.5, "one": 2.0, "several": 4.0}

POINTS = 20 / 3  # of a score for each unit of weight: one in twenty is 40, even odds 60, twenty to one 80
EVEN = 60.0
