"""The list of record classes: what the journal, the tables and the checks are generated from."""

from __future__ import annotations

from panoh.domain.assistance import Assistance, BasicNeed
from panoh.domain.border import BorderEvent, BorderPoint, BorderPointState, Movement
from panoh.domain.cases import Case, CaseAction, CaseOption, Export, LevelOverride, Note, Task, User
from panoh.domain.casework import (
    Approval,
    BestInterests,
    CareArrangement,
    FollowUp,
    PlanRow,
    QueueView,
    Referral,
    Service,
    Transfer,
)
from panoh.domain.consent import Consent
from panoh.domain.description import Description
from panoh.domain.erasing import Erasure, Removal
from panoh.domain.family import KinLink
from panoh.domain.household import Household, HouseholdMove, Site
from panoh.domain.incidents import Incident, IncidentPerson, IncidentReport
from panoh.domain.leads import Lead, LeadNote, Publication
from panoh.domain.merging import DuplicateDecision, Merge
from panoh.domain.needs import SpecificNeed
from panoh.domain.papers import Attachment, Card, PaperEvidence, PaperStep
from panoh.domain.person import IdentityDocument, Person, PersonName, PersonPhone, Unanswered
from panoh.domain.refoulement import RefoulementAssessment
from panoh.domain.reunification import Reunification
from panoh.domain.sealing import Sealed, SealKey
from panoh.domain.shield import Shield
from panoh.domain.tracing import MatchDecision, TracingAction, TracingRequest
from panoh.domain.triage.settings import RuleSetting
from panoh.domain.verification import Verification, VerificationQuestion

Record = (
    Person
    | PersonName
    | IdentityDocument
    | Unanswered
    | Household
    | Site
    | SpecificNeed
    | RefoulementAssessment
    | Consent
    | Case
    | CaseOption
    | CaseAction
    | Note
    | Task
    | LevelOverride
    | Export
    | User
    | TracingRequest
    | MatchDecision
    | TracingAction
    | Verification
    | VerificationQuestion
    | Reunification
    | PersonPhone
    | HouseholdMove
    | KinLink
    | PaperEvidence
    | PaperStep
    | Attachment
    | Card
    | BorderPoint
    | BorderPointState
    | BorderEvent
    | Movement
    | DuplicateDecision
    | Merge
    | Sealed
    | SealKey
    | Removal
    | Erasure
    | PlanRow
    | Service
    | Referral
    | FollowUp
    | CareArrangement
    | BestInterests
    | Transfer
    | Approval
    | QueueView
    | Incident
    | IncidentPerson
    | IncidentReport
    | BasicNeed
    | Assistance
    | Shield
    | RuleSetting
    | Description
    | Lead
    | LeadNote
    | Publication
)

RECORDS: tuple[type[Record], ...] = (
    Site,
    Household,
    Person,
    PersonName,
    IdentityDocument,
    Unanswered,
    SpecificNeed,
    RefoulementAssessment,
    Consent,
    User,
    Case,
    CaseOption,
    CaseAction,
    Note,
    Task,
    LevelOverride,
    Export,
    TracingRequest,
    MatchDecision,
    Approval,
    TracingAction,
    Verification,
    VerificationQuestion,
    Reunification,
    PersonPhone,
    HouseholdMove,
    KinLink,
    PaperEvidence,
    PaperStep,
    Attachment,
    Card,
    BorderPoint,
    BorderPointState,
    BorderEvent,
    Movement,
    DuplicateDecision,
    Merge,
    Sealed,
    SealKey,
    Removal,
    Erasure,
    PlanRow,
    Service,
    Referral,
    FollowUp,
    CareArrangement,
    BestInterests,
    Transfer,
    QueueView,
    Incident,
    IncidentPerson,
    IncidentReport,
    BasicNeed,
    Assistance,
    Shield,
    RuleSetting,
    Description,
    Lead,
    LeadNote,
    Publication,
)
