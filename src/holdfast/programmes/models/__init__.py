"""The tables of programmes: plans, and what surrounds them."""

from holdfast.programmes.models.plan import (
    CommunicateLater,
    Gathering,
    Mode,
    PlanItem,
    Programme,
    Setting,
    Why,
)

__all__ = [
    "CommunicateLater",
    "Gathering",
    "Mode",
    "PlanItem",
    "Programme",
    "Setting",
    "Why",
]
