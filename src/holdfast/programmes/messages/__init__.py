"""The sentence for every refusal of this app."""

from holdfast.programmes.messages import attending, companion, making, plan, starting

MESSAGES = {
    **attending.MESSAGES,
    **companion.MESSAGES,
    **making.MESSAGES,
    **plan.MESSAGES,
    **starting.MESSAGES,
}
