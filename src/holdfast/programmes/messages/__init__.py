"""The sentence for every refusal of this app."""

from holdfast.programmes.messages import companion, plan, starting

MESSAGES = {**plan.MESSAGES, **starting.MESSAGES, **companion.MESSAGES}
