"""The sentence for every refusal of this app."""

from holdfast.programmes.messages import making, plan, starting

MESSAGES = {**making.MESSAGES, **plan.MESSAGES, **starting.MESSAGES}
