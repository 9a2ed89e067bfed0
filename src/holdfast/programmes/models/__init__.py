"""The tables of programmes: plans, and what surrounds them."""

from holdfast.programmes.models.attending import (
    Barrier,
    Coming,
)
from holdfast.programmes.models.calendar import (
    NoGo,
    Sitting,
)
from holdfast.programmes.models.components import (
    ComponentPlan,
    HelpWanted,
    Idea,
    Practice,
)
from holdfast.programmes.models.hanging import (
    Hanging,
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
    "Barrier",
    "CircleAgreement",
    "Coming",
    "Commitment",
    "CommunicateLater",
    "ComponentPlan",
    "Gap",
    "Gathering",
    "HandOver",
    "Hanging",
    "HelpWanted",
    "Idea",
    "LeaderPart",
    "LeaderTakesPart",
    "Mode",
    "NoGo",
    "PlanItem",
    "Pledge",
    "Practice",
    "Programme",
    "Readiness",
    "Setting",
    "Sitting",
    "StepMark",
    "TeamMake",
    "Values",
    "Why",
]
