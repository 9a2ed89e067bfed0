"""The sentence for every refusal of this app."""

from holdfast.programmes.messages import archiving, attending, companion, components, giving, making, plan, starting

MESSAGES = {
    **archiving.MESSAGES,
    **attending.MESSAGES,
    **companion.MESSAGES,
    **components.MESSAGES,
    **giving.MESSAGES,
    **making.MESSAGES,
    **plan.MESSAGES,
    **starting.MESSAGES,
}
