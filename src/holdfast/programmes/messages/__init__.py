"""The sentence for every refusal of this app."""

from holdfast.programmes.messages import archiving, attending, making, plan, starting

MESSAGES = {**archiving.MESSAGES, **attending.MESSAGES, **making.MESSAGES, **plan.MESSAGES, **starting.MESSAGES}
