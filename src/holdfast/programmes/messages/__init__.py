"""The sentence for every refusal of this app."""

from holdfast.programmes.messages import (
    archiving,
    asides,
    attending,
    check_ins,
    companion,
    components,
    giving,
    making,
    plan,
    starting,
)

MESSAGES = {
    **archiving.MESSAGES,
    **asides.MESSAGES,
    **attending.MESSAGES,
    **check_ins.MESSAGES,
    **companion.MESSAGES,
    **components.MESSAGES,
    **giving.MESSAGES,
    **making.MESSAGES,
    **plan.MESSAGES,
    **starting.MESSAGES,
}
