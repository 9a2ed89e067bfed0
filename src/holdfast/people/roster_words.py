"""What is said when a roster, or one of its lines, cannot be taken."""

from django.utils.translation import gettext_lazy as _

from holdfast.people.reading import Unreadable, Wrong
from holdfast.refusals import Words

UNREADABLE: dict[Unreadable, Words] = {
    Unreadable.EMPTY: _("There is no line in it. Choose a file, or paste the rows."),
    Unreadable.SPREADSHEET: _("This is the file of a spreadsheet program. Save it there as CSV, and choose that."),
    Unreadable.NOT_TEXT: _("This cannot be read as text. Save it as CSV with the encoding UTF-8."),
    Unreadable.NO_NAME_COLUMN: _("No column is called “name”. Write headings: name, email, site, group, role."),
    Unreadable.TOO_MANY: _("A roster holds at most %(most)s people. Take it in parts."),
}
WRONG: dict[Wrong, Words] = {
    Wrong.NO_NAME: _("No name stands in this line."),
    Wrong.TOO_LONG: _("One cell holds more than 120 characters."),
    Wrong.FORMULA: _("One cell begins like a formula (=, +, - or @) that a spreadsheet would run. Write words."),
    Wrong.NO_ADDRESS: _("This is not an e-mail address. Correct it, or leave the cell empty: a sign-in link will do."),
    Wrong.TWICE: _("The same stands in an earlier line; that one counts."),
    Wrong.NO_ROLE: _("The role is not one of participant, facilitator, leader. Give others on the person’s page."),
    Wrong.NO_GROUP: _("There is no group of this name at this site among those you look after. Add it first."),
    Wrong.SEVERAL_GROUPS: _("Several sites have a group of this name. Name the site too."),
    Wrong.GROUP_MISSING: _("Which group? Name one you look after."),
    Wrong.SEVERAL_PEOPLE: _("Several people have this name. Write the address, or change them on their pages."),
    Wrong.TAKEN: _("This address cannot be used here. Use another one, or leave the cell empty."),
    Wrong.HAS_LEFT: _("This person has left. Let them come back on their page, then look again."),
}
