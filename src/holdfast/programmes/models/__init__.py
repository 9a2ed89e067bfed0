"""The tables of programmes: plans, and what surrounds them."""

from holdfast.programmes.models.archiving import Archiving
from holdfast.programmes.models.asides import Aside
from holdfast.programmes.models.attending import (
    Barrier,
    Coming,
)
from holdfast.programmes.models.calendar import (
    DatesAddress,
    NoGo,
    Sitting,
)
from holdfast.programmes.models.check_ins import CheckIn
from holdfast.programmes.models.companion import BriefingMark, LeaderWord
from holdfast.programmes.models.components import (
    ComponentPlan,
    HelpWanted,
    Idea,
    Practice,
)
from holdfast.programmes.models.hanging import (
    Hanging,
)
from holdfast.programmes.models.leadership import Relief, StepAtHome
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
from holdfast.programmes.models.touch_bases import Agreed, TouchBase

__all__ = [
    "WHOLE_PROGRAMME",
    "Agreed",
    "Archiving",
    "Aside",
    "Barrier",
    "BriefingMark",
    "CheckIn",
    "CircleAgreement",
    "Coming",
    "Commitment",
    "CommunicateLater",
    "ComponentPlan",
    "DatesAddress",
    "Gap",
    "Gathering",
    "HandOver",
    "Hanging",
    "HelpWanted",
    "Idea",
    "LeaderPart",
    "LeaderTakesPart",
    "LeaderWord",
    "Mode",
    "NoGo",
    "PlanItem",
    "Pledge",
    "Practice",
    "Programme",
    "Readiness",
    "Relief",
    "Setting",
    "Sitting",
    "StepAtHome",
    "StepMark",
    "TeamMake",
    "TouchBase",
    "Values",
    "Why",
]
