"""The outbox: mails that wait to be sent, each once, addresses that want none, and reminders worked through."""

from django.db import models
from django.db.models import UniqueConstraint

from holdfast.keys import RandomKey
from holdfast.notifications.words import in_plain_words


class Mail(models.Model):
    """One mail to one address. key: what it is about and for whom, so that the same news is not sent twice.

    tries: how often sending was begun; it goes up before each attempt, together with next_try_at, so that an attempt
    cut off by a crash is simply made again later. After the last try it stays visible as failed. language: the one it
    is written in, for what is added when it is sent. zone: on whose clock its nights and weekends stay quiet, a second
    attempt included; empty for none.
    """

    id = RandomKey()
    key = models.CharField(max_length=120)
    address = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    language = models.CharField(max_length=10, blank=True)
    made_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    zone = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [UniqueConstraint(fields=["key", "address"], name="the_same_news_goes_to_an_address_once")]

    @property
    def in_plain_words(self) -> str:
        """Why it could not be sent so far."""
        return in_plain_words(self.last_error)


class Recipient(models.Model):
    """An address mails go to, and since when its owner wants none. Its key stands in the link that stops them."""

    id = RandomKey()
    address = models.EmailField(unique=True)
    stopped_at = models.DateTimeField(null=True, blank=True)


class Once(models.Model):
    """Something due that was worked through, whether or not it made a mail, so that nobody does it again."""

    id = RandomKey()
    key = models.CharField(max_length=120, unique=True)
    done_at = models.DateTimeField()
