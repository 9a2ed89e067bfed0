"""The sentence for every refusal of this app."""

from holdfast.programmes.messages import archiving, plan, starting

MESSAGES = {**archiving.MESSAGES, **plan.MESSAGES, **starting.MESSAGES}
