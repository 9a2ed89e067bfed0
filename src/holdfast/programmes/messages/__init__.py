"""The sentence for every refusal of this app."""

from holdfast.programmes.messages import attending, making, plan, starting

MESSAGES = {**attending.MESSAGES, **making.MESSAGES, **plan.MESSAGES, **starting.MESSAGES}
