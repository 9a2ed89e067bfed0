"""`holdfast rehearse`: a room full of simulated phones, from the command line."""

import argparse
import asyncio
import sys
from collections.abc import Sequence

from django.utils.translation import gettext as _

from holdfast.gatherings.rehearsal import Phone, Refusal, Script, rehearse
from holdfast.gatherings.rehearsal.samples import sample_texts
from holdfast.gatherings.rehearsal.tempers import TEMPERS

PATIENCE = 6
"""How often the progress is asked, every half second, before it doubts the address."""


def rehearse_command(args: argparse.Namespace) -> int:
    """Run a rehearsal until the room ends or Ctrl-C, then say what happened; 0 when everything was saved."""
    if not (1 <= args.phones <= 1000 and 0 <= args.notes <= 100 and args.seconds >= 0):
        sys.stderr.write(_("Choose 1 to 1000 phones and 0 to 100 notes for each.") + "\n")
        return 2
    script = Script(
        url=args.url,
        code="".join(letter for letter in args.code.upper() if letter.isalpha()),
        notes_each=args.notes,
        seconds=args.seconds,
        texts=sample_texts(args.setting),
        leave=args.leave,
        temper=TEMPERS[args.temper],
    )
    try:
        summary = asyncio.run(
            rehearse(script, phones=args.phones, seed=args.seed, leader=args.leader, tell=Progress(args.url))
        )
    except Refusal as refusal:
        said = refusal.answer.json()
        reason = " ".join(str(said[part]) for part in ("what", "next") if part in said)
        sys.stderr.write((reason or _("The room did not let the phones in (%s).") % refusal.answer.status) + "\n")
        return 1
    except KeyboardInterrupt:
        return 130
    sys.stdout.writelines(f"{sentence}\n" for sentence in summary.sentences())
    return 0 if summary.all_well else 1


class Progress:
    """Says something when something has changed, and only then."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.said = ""
        self.asked = 0

    def __call__(self, crowd: Sequence[Phone]) -> None:
        sentence = self.sentence(crowd)
        if sentence != self.said:
            self.said = sentence
            sys.stdout.write(sentence + "\n")
            sys.stdout.flush()

    def sentence(self, crowd: Sequence[Phone]) -> str:
        """Tell where the room is now."""
        joined = sum(phone.joined for phone in crowd)
        self.asked += 1
        if not joined and self.asked > PATIENCE:
            return _("No phone is in yet. Does Holdfast run at %s? Another address is given with --url.") % self.url
        if joined < len(crowd):
            return _("%(joined)s of %(phones)s phones have joined.") % {"joined": joined, "phones": len(crowd)}
        if not any(phone.begun for phone in crowd):
            return _("All phones are in. They write and choose as soon as you let them; Ctrl-C ends the rehearsal.")
        written = sum(len(phone.notes) for phone in crowd)
        saved = sum(note.saved > 0 for phone in crowd for note in phone.notes)
        notes = _("%(written)s notes written, %(saved)s saved.") % {"written": written, "saved": saved}
        placed = sum(len(ballot.choices) for phone in crowd for ballot in phone.ballots)
        doubts = sum(len(phone.doubts) for phone in crowd)
        if not (placed or doubts):
            return notes
        return notes + " " + _("%(placed)s choices made, %(doubts)s doubts.") % {"placed": placed, "doubts": doubts}
