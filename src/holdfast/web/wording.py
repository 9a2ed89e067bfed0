"""Finds the two sentences of a refusal by the first part of its code."""

from collections.abc import Mapping
from importlib import import_module

from holdfast.refusals import Message, Refused


def messages_of(app: str) -> Mapping[str, Message]:
    """Return MESSAGES of an app, for example those of `people`. Raises ModuleNotFoundError for an app without any."""
    found: Mapping[str, Message] = import_module(f"holdfast.{app}.messages").MESSAGES
    return found


def words_for(refused: Refused) -> tuple[str, str]:
    """Return what is so and what to do next, in the language of the moment. Raises KeyError for an unknown code."""
    message = messages_of(refused.code.partition(".")[0])[refused.code]
    return str(message.what) % refused.details, str(message.next) % refused.details
