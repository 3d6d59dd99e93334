"""The needs codes that rules read, by what they mean for triage. PX-... are Panoh's own local codes.

Old lists also hold headings (SC, SV ...) and retired codes without a successor; they count as the graver of their kind.
"""

from __future__ import annotations

# Children. SC-CH: the child who heads a household has no responsible adult either.
UNACCOMPANIED = frozenset({"SC-UC", "SC-CH", "SC"})
SEPARATED = frozenset({"SC-SC", "SC-FC", "SC-NC"})
ONLY_FOR_CHILDREN = ("SC", "CR")  # whoever carries such a code while the age is unknown counts as a child

# Violence suffered.
TORTURE = frozenset({"TR-PI", "TR-HO", "TR-WV", "TR", "LP-TA", "LP-TO"})
SEXUAL_VIOLENCE = frozenset({"SV-VA", "SV-VF", "SV-VO", "SV-SS", "SV"})  # acts with a day: clinical care has a window
OTHER_GENDER_VIOLENCE = frozenset({"SV-GM", "SV-HP", "SV-HK", "SV-FM"})
SURVIVOR = TORTURE | SEXUAL_VIOLENCE | OTHER_GENDER_VIOLENCE
DISTRESS, NEW_THREAT = "PX-DT", "PX-TH"

# States.
REFOULEMENT = frozenset({"LP-RR", "LP-RD"})
IN_HIDING = "LP-IH"
DETAINED = frozenset({"LP-DA", "LP-DO", "LP-DT"})
NO_PAPERS = "LP-ND"
TRACING = "FU-TR"
TRAFFICKING, PRESSURE_TO_RETURN = "PX-TS", "PX-PP"

# Health.
LIFE_THREATENING, OTHER_WOUND = "PX-WL", "PX-WO"
WOUND = frozenset({LIFE_THREATENING, OTHER_WOUND})
PREGNANCY_DANGER, GAVE_BIRTH = "PX-PG", "PX-BI"
DIFFICULT_PREGNANCY = "SM-DP"
PREGNANT = frozenset({"PX-PR", PREGNANCY_DANGER, DIFFICULT_PREGNANCY, "CR-TP"})
CRITICAL_CONDITION = "SM-CC"
ILLNESS = frozenset({"SM-MI", "SM-MN", "SM-DP", "SM-CI", "SM-CC", "SM-OT", "SM-AD", "SM"})
DISABILITY = frozenset(
    {"DS-BD", "DS-DF", "DS-PM", "DS-PS", "DS-MM", "DS-MS", "DS-SD", "DS"}
    | {"DS-LBM", "DS-UBM", "DS-V", "DS-H", "DS-C", "DS-EB", "DS-RC", "DS-SC"}
)
SEVERE_DISABILITY = frozenset({"DS-PS", "DS-MS"})
OLDER_ALONE, CANNOT_CARE = "ER-NF", "ER-FR"
OLDER = frozenset({OLDER_ALONE, CANNOT_CARE, "ER-MC"})
HOSPITAL_UNSAFE = "PX-HU"
LEFT_BEHIND = "PX-LB"
HOUSE_BURNT = "PX-HB"
SEVERE = "severe"  # vocab severity: a disability of any code that is severe counts as one of SEVERE_DISABILITY
FRAIL = WOUND | PREGNANT | DISABILITY  # needs that make bad shelter or being left behind a danger

# Signs of the refoulement assessment (vocab refoulement_signal) that a rule names.
AGENTS_SEEN = "unknown_men"  # like agents who asked for the person
HELD_FOR_A_STATE = "foreign_warrant"  # held, and asked for
CLAIM_REFUSED = "final_refusal"  # there was a claim
THREATENED_BY_POLICE = "police_threats"  # a threat that goes on
