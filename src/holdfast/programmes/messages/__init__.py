"""The sentence for every refusal of this app."""

from holdfast.programmes.messages import attending, components, giving, making, plan, starting

MESSAGES = {
    **attending.MESSAGES,
    **components.MESSAGES,
    **giving.MESSAGES,
    **making.MESSAGES,
    **plan.MESSAGES,
    **starting.MESSAGES,
}
