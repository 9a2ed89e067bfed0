"""The tables of programmes: plans, and what surrounds them."""

from holdfast.programmes.models.archiving import Archiving
from holdfast.programmes.models.attending import (
    Barrier,
    Coming,
)
from holdfast.programmes.models.calendar import (
    NoGo,
    Sitting,
)
from holdfast.programmes.models.making import TeamMake
from holdfast.programmes.models.plan import (
    CommunicateLater,
    Gathering,
    Mode,
    PlanItem,
    Programme,
    Setting,
    Why,
)
from holdfast.programmes.models.starting import (
    WHOLE_PROGRAMME,
    CircleAgreement,
    Commitment,
    Gap,
    HandOver,
    LeaderPart,
    LeaderTakesPart,
    Pledge,
    Readiness,
    StepMark,
    Values,
)

__all__ = [
    "WHOLE_PROGRAMME",
    "Archiving",
    "Barrier",
    "CircleAgreement",
    "Coming",
    "Commitment",
    "CommunicateLater",
    "Gap",
    "Gathering",
    "HandOver",
    "LeaderPart",
    "LeaderTakesPart",
    "Mode",
    "NoGo",
    "PlanItem",
    "Pledge",
    "Programme",
    "Readiness",
    "Setting",
    "Sitting",
    "StepMark",
    "TeamMake",
    "Values",
    "Why",
]
