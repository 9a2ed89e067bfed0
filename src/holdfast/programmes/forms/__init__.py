"""What is typed on the pages of programmes."""

from holdfast.programmes.forms.plan import (
    KIND_WORDS,
    ActivityForm,
    ClockInput,
    DayField,
    DayInput,
    GatheringForm,
    GroupField,
    LaterFateForm,
    LaterForm,
    OwnActivityForm,
    ProgrammeForm,
    WhenForm,
    WhyForm,
    as_it_is,
    try_to_save,
    when_now,
)

__all__ = [
    "KIND_WORDS",
    "ActivityForm",
    "ClockInput",
    "DayField",
    "DayInput",
    "GatheringForm",
    "GroupField",
    "LaterFateForm",
    "LaterForm",
    "OwnActivityForm",
    "ProgrammeForm",
    "WhenForm",
    "WhyForm",
    "as_it_is",
    "try_to_save",
    "when_now",
]
