"""The sentence for every refusal of this app."""

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
