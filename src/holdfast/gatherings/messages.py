"""The sentence for every refusal of the room."""

from django.utils.translation import gettext_lazy as _

from holdfast.gatherings.flow.messages import MESSAGES as OF_THE_FLOW
from holdfast.gatherings.hands.messages import MESSAGES as OF_HANDS
from holdfast.gatherings.paper_messages import PAPER_MESSAGES
from holdfast.gatherings.parking.messages import MESSAGES as OF_THE_PARKING
from holdfast.gatherings.sitting_messages import SITTING_MESSAGES
from holdfast.gatherings.slip_messages import SLIP_MESSAGES
from holdfast.refusals import Message

MESSAGES = {
    **OF_THE_FLOW,
    **OF_HANDS,
    **OF_THE_PARKING,
    **PAPER_MESSAGES,
    **SLIP_MESSAGES,
    **SITTING_MESSAGES,
    "gatherings.was_held": Message(
        what=_("A real room was opened for this session, so it cannot be practised any more."),
        next=_("Practise with a session that is still ahead; what people really said is never mixed with practice."),
    ),
    "gatherings.too_many_practices": Message(
        what=_("%(most)s practice runs are going on at the moment, as many as this server holds."),
        next=_("Wait until somebody ends theirs, then press Practise again. Nothing was opened."),
    ),
    "gatherings.no_phones_here": Message(
        what=_("This server cannot start simulated phones."),
        next=_("Ask whoever looks after it to start them with “holdfast rehearse”, or try it in the demo."),
    ),
    "gatherings.practice_numbers": Message(
        what=_("A practice run has %(least)s to %(most)s phones and one kind of group."),
        next=_("Choose both and press Practise again. Nothing was opened."),
    ),
    "gatherings.not_practice": Message(
        what=_("This is a real room, and what was said in it is not wiped."),
        next=_("End the session instead, when it is over."),
    ),
    "gatherings.practice_not_wiped": Message(
        what=_("The practice run is over, but it could not be wiped completely just now."),
        next=_(
            "Press the button again. It is wiped at the latest when the real room is opened or the server restarts."
        ),
    ),
    "gatherings.no_such_seat": Message(
        what=_("These seats cannot be read: a circle has 1 to %(most)s of them, counted clockwise from 1."),
        next=_("Count the chairs once more, the leader’s too, and type whole numbers."),
    ),
    "gatherings.circle_cannot_hold": Message(
        what=_("Fewer than two others sit in this circle, so the leader would be the first or the last."),
        next=_("Let the leader listen to this question, or wait until somebody else has come."),
    ),
    "gatherings.leaders_sit_badly": Message(
        what=_(
            "The two leaders sit so that one of them would be the first or the last, or the senior before the junior."
        ),
        next=_("Ask one of them to move, so that two others sit side by side between them. Then type the seats again."),
    ),
    "gatherings.stands_on_a_list": Message(
        what=_("What this step made is handed over, or stands on one of the group’s lists."),
        next=_("It stays. Change the list instead, with the group."),
    ),
    "gatherings.unreadable": Message(
        what=_("This could not be read."), next=_("Reload the page and send it again; what you wrote is still here.")
    ),
    "gatherings.ticket_not_valid": Message(
        what=_("This page no longer belongs to the room."), next=_("Type the code from the wall to come in again.")
    ),
    "gatherings.no_such_room": Message(
        what=_("No session has this code."), next=_("Look at the six letters on the wall and type them again.")
    ),
    "gatherings.room_ended": Message(
        what=_("This session is over."), next=_("Nothing more can be sent. Text you still see is only on this device.")
    ),
    "gatherings.not_writing_now": Message(
        what=_("Nothing is being collected just now."),
        next=_("Your text stays on this device. Copy it, or bring it to the next activity."),
    ),
    "gatherings.not_your_note": Message(
        what=_("This note was written on another device."), next=_("Write a new note instead.")
    ),
    "gatherings.too_large": Message(what=_("This is too much at once."), next=_("Send a shorter text.")),
    "gatherings.nothing_written": Message(what=_("There is no text yet."), next=_("Write a few words, then add them.")),
    "gatherings.text_too_long": Message(
        what=_("A note holds %(most)s characters; yours has %(has)s."), next=_("Shorten it, or make two notes of it.")
    ),
    "gatherings.no_such_column": Message(
        what=_("This activity has no such column."), next=_("Choose one of the columns and add the note again.")
    ),
    "gatherings.too_many_notes": Message(
        what=_("This device has written as many notes as one can."), next=_("Edit or withdraw one of them.")
    ),
    "gatherings.slow_down": Message(
        what=_("Too many codes are being tried."), next=_("Wait a few seconds, then try again.")
    ),
    "gatherings.box_closed": Message(
        what=_("This question is closed; nothing more goes into it."),
        next=_("Nobody has seen what you just wrote. You can copy it, or say it aloud."),
    ),
    "gatherings.no_reply_written": Message(
        what=_("There is no text yet."), next=_("Write a few words, then send them.")
    ),
    "gatherings.replies_slow_down": Message(
        what=_("Very many replies are coming in at this moment."),
        next=_("What you wrote is still in its box. Wait a minute, then send it again."),
    ),
    "gatherings.reply_not_saved": Message(
        what=_("Your reply could not be saved just now."),
        next=_("It is still in its box on this page. Leave the page open and send it again in a minute."),
    ),
    "gatherings.cannot_save_now": Message(
        what=_("Your note could not be saved just now."),
        next=_("It stays on this device and is sent again by itself. Leave this page open."),
    ),
    "gatherings.something_broke": Message(
        what=_("Something went wrong on our side."), next=_("Your text stays on this device. Try again in a moment.")
    ),
    "gatherings.session_cancelled": Message(
        what=_("This session is cancelled."),
        next=_("On its plan you can let it take place after all, or give it another date."),
    ),
    "gatherings.room_already_open": Message(
        what=_("This session is already open."), next=_("Go to its room; you can take over there.")
    ),
    "gatherings.round_has_moved_on": Message(
        what=_("This activity has already moved on."), next=_("Look at where it is now, then decide again.")
    ),
    "gatherings.round_still_open": Message(
        what=_("An activity is still open."), next=_("Close it first; then end the session.")
    ),
    "gatherings.few_people": Message(
        what=_("Only %(people)s people are in the room; from %(smallest)s on, a note has others to hide among."),
        next=_("Wait for more, hold this activity as a talk, or confirm that everyone here knows and agrees."),
    ),
    "gatherings.voices_stay_closed": Message(
        what=_("The notes could not be opened or saved."),
        next=_("Look at the disk and the key folder of the server; nothing that was saved is lost. Then try again."),
    ),
    "gatherings.question_words": Message(
        what=_("A question to an unknown author has 1 to %(most)s characters."),
        next=_("Ask for one thing, in a few words. What you typed is still here."),
    ),
    "gatherings.note_not_shown": Message(
        what=_("This note is not on the screens any more: it was changed, taken back or held."),
        next=_("Look at the notes again. Nobody was asked."),
    ),
    "gatherings.asked_before": Message(
        what=_("The author of this note has been asked already, once."),
        next=_("Wait for an answer, and do not press for one: no answer is an answer too."),
    ),
    "gatherings.questions_enough": Message(
        what=_("%(most)s questions have been asked in this activity, as many as it takes."),
        next=_("Talk about the notes together instead."),
    ),
    "gatherings.not_asked_now": Message(
        what=_("This question is over."),
        next=_("Your answer is only on this device. You can copy it, or say it aloud."),
    ),
    "gatherings.answer_too_long": Message(
        what=_("An answer holds %(most)s characters; yours has %(has)s."), next=_("Shorten it, then send it again.")
    ),
    "gatherings.answered_already": Message(
        what=_("This question has its answer from your note already."),
        next=_("What you add now is only on this device. You can say it aloud, or write a note."),
    ),
    "gatherings.not_about_your_note": Message(
        what=_("The question is not about the note as it stands now on this device."),
        next=_("Your answer was not sent. You can write it as a note of its own."),
    ),
    "gatherings.muted": Message(
        what=_("A note from this phone is held, and nothing more from it is taken in this activity."),
        next=_("Nobody knows whose phone this is. Your text stays here; the next activity is open to you again."),
    ),
    "gatherings.offer_too_long": Message(
        what=_("What is offered holds %(most)s characters."),
        next=_("Write with whom one can talk, and where, in one line. Nothing else was changed."),
    ),
    "gatherings.not_in_the_plan": Message(
        what=_("This activity is no longer in the plan."), next=_("Choose another one from the plan on this page.")
    ),
    "gatherings.no_plan": Message(
        what=_("This session has no activities yet."), next=_("Add an activity to its plan first.")
    ),
    "gatherings.not_on_the_list": Message(
        what=_("This is not an item of this activity, or not a choice it has."),
        next=_("Look at the list again; it may have changed. Your other choices are kept."),
    ),
    "gatherings.leaders_do_not_choose": Message(
        what=_("What staff wrote is sorted and doubted by staff only; leaders look on."),
        next=_("Note for yourself what you want to communicate later."),
    ),
    "gatherings.leaders_do_not_weigh": Message(
        what=_("What matters most here is for staff to say; leaders look on."),
        next=_("Note for yourself what you want to communicate later."),
    ),
    "gatherings.leaders_answer_by_name": Message(
        what=_("Leaders answer a proposal by name, after the group has answered."),
        next=_("Wait for the group’s answers on the wall, then say yours aloud."),
    ),
    "gatherings.over_the_budget": Message(
        what=_("More was given than the %(most)s each person has here."),
        next=_("Take one back, then give it to another."),
    ),
    "gatherings.nothing_to_weigh": Message(
        what=_("There are too few items to choose among."), next=_("Choose among all of them, or go on.")
    ),
    "gatherings.too_many_for_pairs": Message(
        what=_("%(has)s items are too many to compare in pairs; %(most)s is the most."),
        next=_("Give dots first and take a few forward; then compare those."),
    ),
    "gatherings.too_few_stories": Message(
        what=_("Fewer than three people have a story that can be handed round; its author could be told."),
        next=_("Let them write on, or close this activity and tell stories aloud in threes."),
    ),
    "gatherings.leaders_do_not_type": Message(
        what=_("What the group says is typed by staff, or by the facilitator."),
        next=_("Speak with the others, neither first nor last; somebody types what you say too."),
    ),
    "gatherings.name_too_long": Message(
        what=_("A name holds %(most)s characters here."), next=_("Type the name people call you by.")
    ),
    "gatherings.no_name_yet": Message(
        what=_("In this activity a name stands beside what is written."),
        next=_("Type the name you want to be called here, or say it aloud instead."),
    ),
    "gatherings.not_a_day": Message(
        what=_("This is not a day of the calendar."), next=_("Write it as year, month and day, or leave it open.")
    ),
    "gatherings.choose_two": Message(
        what=_("Fewer than two notes are chosen."),
        next=_("Choose two or more that say the same, then bring them together."),
    ),
    "gatherings.different_columns": Message(
        what=_("What drains and what restores stay apart."), next=_("Choose notes of one column.")
    ),
    "gatherings.nothing_to_take_apart": Message(
        what=_("This is a single note."), next=_("Only what was brought together can be taken apart.")
    ),
    "gatherings.driver_has_changed": Message(
        what=_("This item has changed at another desk."), next=_("Look at the list again, then decide.")
    ),
    "gatherings.is_handed_over": Message(
        what=_("This is with leadership already, in the words the group agreed to."),
        next=_("It stays as it is. What is new about it can be a note of its own."),
    ),
    "gatherings.is_on_a_list": Message(
        what=_("This stands on one of the group’s lists already, and everything stands in one place at a time."),
        next=_("Take it off that list first, with the group; then it can be placed anew."),
    ),
    "gatherings.all_have_a_place": Message(
        what=_("Everything has its place already, so there is nothing to sort."),
        next=_("If the group sees one differently now, take its place back first, on the page that hands over."),
    ),
    "gatherings.no_such_place": Message(
        what=_("Items go to ours, to leadership, or to what nobody here controls."), next=_("Choose one of the three.")
    ),
    "gatherings.nothing_to_sort": Message(
        what=_("There is nothing to sort yet."), next=_("Collect notes first and close that activity; then sort them.")
    ),
    "gatherings.nothing_to_agree": Message(
        what=_("No item waits for the group’s word."), next=_("Place an item with leadership first, or go on.")
    ),
    "gatherings.too_many_to_sort": Message(
        what=_("%(has)s items are too many to sort on a phone; %(most)s is the most."),
        next=_("Bring likes together first; about fifteen is good."),
    ),
    "gatherings.sheet_is_closed": Message(
        what=_("Signing in by oneself has ended for this session."),
        next=_("Tell your facilitator that you were there; they can still write it down."),
    ),
}
