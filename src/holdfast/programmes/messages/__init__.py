"""The sentence for every refusal of this app."""

from holdfast.programmes.messages import components, giving, plan, starting

MESSAGES = {**plan.MESSAGES, **starting.MESSAGES, **giving.MESSAGES, **components.MESSAGES}
