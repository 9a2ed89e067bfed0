"""The sentences of this app: refusals, what can be wrong with a pack, and names of its parts."""

from django.utils.translation import gettext_lazy as _

from holdfast.refusals import Message

MESSAGES = {
    "curriculum.pack_has_problems": Message(
        what=_("The pack in “%(folder)s” has problems (%(count)d), so none of it was loaded. The first: %(first)s"),
        next=_("Run “holdfast pack check” on its folder to see them all, correct them and load it again."),
    ),
    "curriculum.version_has_other_content": Message(
        what=_("Version %(version)s of the pack “%(key)s” is loaded already, with different content."),
        next=_("Give the changed pack a new version in pack.toml. Programmes that run now keep the version they have."),
    ),
}

PROBLEMS = {
    "meant": Message(what=_("A word is nearly known."), next=_("Did you mean “%(near)s”?")),
    # The folder and its files
    "not_a_folder": Message(
        what=_("There is no folder here."), next=_("Give the folder that holds pack.toml and sections/.")
    ),
    "no_sections": Message(
        what=_("The pack has no sections."),
        next=_("Make a folder “sections” with a file for each, such as sections/01-why.toml."),
    ),
    "not_a_section_name": Message(
        what=_("%(name)s is not the name of a section file."),
        next=_("Name it with two digits, a hyphen and small letters, such as 04-drivers.toml, or move it elsewhere."),
    ),
    "too_many_files": Message(
        what=_("The folder “%(name)s” holds more than %(most)d files."),
        next=_("Keep only the files in it that belong there."),
    ),
    "missing_file": Message(what=_("The file is not there."), next=_("Make a file %(name)s.")),
    "is_a_link": Message(
        what=_("“%(name)s” is a link to another place."), next=_("Copy what it leads to into the pack itself.")
    ),
    "not_a_file": Message(what=_("“%(name)s” is not an ordinary file."), next=_("Put an ordinary text file here.")),
    "not_readable": Message(what=_("It cannot be read: %(reason)s."), next=_("Check the rights of file and folder.")),
    "file_too_large": Message(
        what=_("The file is larger than %(kilobytes)d kB."), next=_("Shorten it; a section is read by people.")
    ),
    # The text of a file
    "not_utf8": Message(what=_("The file is not UTF-8 text."), next=_("Save it again as UTF-8.")),
    "line_too_long": Message(
        what=_("The line is longer than %(longest)d characters."),
        next=_('Break it into several lines between """ and """; they are joined again.'),
    ),
    "nested_too_deep": Message(what=_("Lists or tables are nested too deep."), next=_("Write the fields one by one.")),
    "not_toml": Message(
        what=_("The file is not valid TOML here: %(reason)s."),
        next=_("Look at this line and the one before it for a missing quote, bracket or equals sign."),
    ),
    "written_twice": Message(
        what=_("Something in this statement is written for the second time."),
        next=_("Keep one of the two. A further table of a list begins with two brackets, such as [[activities]]."),
    ),
    # Translations
    "not_a_translation_name": Message(
        what=_("%(name)s is not the name of a translation."),
        next=_("Name it with the code of its language, such as translations/es.po, or move it elsewhere."),
    ),
    "not_a_catalogue": Message(
        what=_("The file is not a gettext catalogue here."),
        next=_("Look at this line and the one before it for a missing quote or an unknown word at its beginning."),
    ),
    "stale_translation": Message(
        what=_("The pack no longer says %(value)s."),
        next=_("Run “holdfast pack strings” for this language: it sets aside what is gone and keeps the rest."),
    ),
    "wording_lost": Message(
        what=_("The translation of %(value)s leaves out %(wording)s."),
        next=_("Write %(wording)s where these words belong in your language."),
    ),
    # Fields
    "unknown_field": Message(what=_("There is no field %(value)s here."), next=_("Fields known here: %(known)s.")),
    "missing_field": Message(what=_("The field “%(field)s” is missing."), next=_("Add %(example)s.")),
    "wrong_type": Message(
        what=_("“%(field)s” is %(value)s, which is not of the right kind."), next=_("Write %(wanted)s.")
    ),
    "wrong_form": Message(what=_("“%(field)s” is %(value)s, which has the wrong form."), next=_("Write %(wanted)s.")),
    "unknown_word": Message(
        what=_("“%(field)s” is %(value)s, which is not known."), next=_("Choose one of: %(known)s.")
    ),
    "out_of_range": Message(
        what=_("“%(field)s” is %(value)s."), next=_("Write a whole number from %(low)d to %(high)d.")
    ),
    "empty_text": Message(what=_("“%(field)s” says nothing."), next=_("Write a text, or take the field away.")),
    "text_too_long": Message(
        what=_("“%(field)s” has %(length)d characters."), next=_("Shorten it to at most %(longest)d.")
    ),
    "control_character": Message(
        what=_("“%(field)s” holds a character that cannot be seen."), next=_("Take it out, or write the text again.")
    ),
    "too_few": Message(what=_("“%(field)s” has too few entries."), next=_("Write at least %(fewest)d.")),
    "too_many": Message(what=_("“%(field)s” has %(count)d entries."), next=_("Keep at most %(most)d.")),
    # How the parts fit each other
    "repeated": Message(
        what=_("The %(field)s %(value)s is used twice."), next=_("Give one of the two another %(field)s.")
    ),
    "number_is_not_in_name": Message(
        what=_("The number is %(number)d, but the file name begins with %(in_name)s."),
        next=_("Make the two the same."),
    ),
    "component_missing": Message(
        what=_("The component %(key)s is missing."),
        next=_('Add [[components]] with key = "%(key)s" and at least one suggestion; each section has all seven.'),
    ),
    "no_such_consideration": Message(
        what=_("No consideration of this section has the id %(value)s."), next=_("Use one of: %(known)s.")
    ),
    "nothing_in_plan": Message(
        what=_("No activity of this section is in the plan."), next=_("Take in_plan = false away from at least one.")
    ),
    "plan_too_long": Message(
        what=_("The activities in the plan take %(minutes)d minutes together."),
        next=_("Set in_plan = false for some, so that a session takes at most %(longest)d minutes."),
    ),
    "gather_without_columns": Message(
        what=_("An activity of the kind “gather” needs columns to write into."),
        next=_("Add [[activities.columns]] below it, one to four."),
    ),
    "gather_is_written": Message(
        what=_("In an activity of the kind “gather” people write, so it cannot be “spoken”."),
        next=_('Use mode = "unnamed", "named" or "scribe", or the kind “talk”.'),
    ),
    "talk_is_spoken": Message(
        what=_("In an activity of the kind “talk” people speak."),
        next=_('Use mode = "spoken" without other modes, or the kind “gather”.'),
    ),
    "columns_without_gather": Message(
        what=_("An activity of the kind “%(kind)s” has no columns."),
        next=_("Take the columns away, or use the kind “gather”."),
    ),
    "no_such_model": Message(what=_("No model in pack.toml has the key %(value)s."), next=_("Use one of: %(known)s.")),
    "visual_without_model": Message(
        what=_("A visual with the layout “%(layout)s” draws the parts of a model."),
        next=_('Add model = "…" with the key of a model in pack.toml, or use the layout “lines”.'),
    ),
    "lines_without_layout": Message(
        what=_("A visual with the layout “%(layout)s” has no lines of its own."),
        next=_("Take the lines away, or use the layout “lines”."),
    ),
    "layout_without_lines": Message(
        what=_("A visual with the layout “lines” needs them."), next=_('Add lines = ["…", "…", "…"], three to eight.')
    ),
    "compass_has_four": Message(
        what=_("A compass has four directions, but the model %(value)s has %(count)d parts."),
        next=_("Use a model with four parts, or another layout."),
    ),
    "no_such_wording": Message(
        what=_("“%(field)s” names the wording %(value)s, which pack.toml does not define."),
        next=_("Use one of: %(known)s. Or take the curly brackets away."),
    ),
    "wording_in_wording": Message(
        what=_("“%(field)s” is a wording, and names a wording itself."), next=_("Write the words out.")
    ),
    "short_is_not_shorter": Message(
        what=_("The short make is not shorter than the activity."), next=_("Give it fewer than %(minutes)d minutes.")
    ),
    "long_is_not_longer": Message(
        what=_("The long make is not longer than the activity."), next=_("Give it more than %(minutes)d minutes.")
    ),
}
