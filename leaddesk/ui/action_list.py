# SPDX-License-Identifier: MIT
"""Everything a person can do with a key, once: feeds buttons, tool tips and the F1 overview."""

from enum import StrEnum
from typing import Final, NamedTuple


class Where(StrEnum):
    """Where an action applies; the values are the headings of the overview."""

    EVERYWHERE = "Everywhere"
    QUEUE = "Queue"
    CALL = "Call"
    LEADS = "Leads"
    FOLLOW_UPS = "Follow-ups"
    IMPORT = "Import"
    EXPORT = "Export"
    HISTORY = "History of imports"
    DUPLICATES = "Duplicates"
    COMPANY = "Company"
    PANEL = "Messages and panels"


class ActionSpec(NamedTuple):
    """One action.

    Attributes:
        keys: Key sequences in Qt's portable form, the one that is shown first.
        tip: What it does, one sentence.
        shown: How the keys are shown where one name stands for several, for example "1-9".
    """

    id: str
    text: str
    keys: tuple[str, ...]
    where: Where
    tip: str
    shown: str = ""


ACTIONS: Final = (
    ActionSpec("view_call", "Call", ("Ctrl+1",), Where.EVERYWHERE, "Show the call."),
    ActionSpec("view_leads", "Leads", ("Ctrl+2",), Where.EVERYWHERE, "Show all leads."),
    ActionSpec("view_follow_ups", "Follow-ups", ("Ctrl+3",), Where.EVERYWHERE, "Show what is due."),
    ActionSpec(
        "import", "Import CSV", ("Ctrl+I",), Where.EVERYWHERE, "Bring in leads from a CSV file."
    ),
    ActionSpec("shortcuts", "Shortcuts", ("F1",), Where.EVERYWHERE, "Show every key."),
    ActionSpec(
        "theme",
        "Theme",
        ("Ctrl+Shift+L",),
        Where.EVERYWHERE,
        "Change between the system's colours, light and dark.",
    ),
    ActionSpec(
        "settings",
        "Settings",
        ("Ctrl+,",),
        Where.EVERYWHERE,
        "Your name, playbook, colours and more.",
    ),
    ActionSpec("dismiss", "Close", ("Esc",), Where.PANEL, "Close the message or the panel."),
    ActionSpec("quit", "Quit", ("Ctrl+Q",), Where.EVERYWHERE, "Close leaddesk; a call is kept."),
    ActionSpec("call_search", "Search", ("Ctrl+F",), Where.QUEUE, "Search the queue."),
    ActionSpec(
        "answer",
        "Answer",
        tuple("123456789"),
        Where.CALL,
        "Record the answer with that number.",
        shown="1-9",
    ),
    ActionSpec(
        "next",
        "Next question",
        ("Return", "Enter"),
        Where.CALL,
        "Start the call, then go to what is next.",
    ),
    ActionSpec("back", "Back", ("Alt+Left",), Where.CALL, "Go back one question."),
    ActionSpec("note", "Note", ("Ctrl+N",), Where.CALL, "Write down what they said."),
    ActionSpec("objection", "Objection", ("Ctrl+O",), Where.CALL, "Show what to answer to it."),
    ActionSpec("jump", "Go to", ("Ctrl+J",), Where.CALL, "Go to any question or step."),
    ActionSpec(
        "ask_best",
        "Ask what decides",
        ("Ctrl+Return", "Ctrl+Enter"),
        Where.CALL,
        "Go to the question that decides most.",
    ),
    ActionSpec(
        "hurry", "Two minutes", ("Ctrl+T",), Where.CALL, "Ask only what can still decide, or all."
    ),
    ActionSpec("would_not_say", "Would not say", ("Alt+W",), Where.CALL, "They would not say."),
    ActionSpec("does_not_know", "Does not know", ("Alt+K",), Where.CALL, "They do not know."),
    ActionSpec("evidence", "How sure", ("Alt+E",), Where.CALL, "Said, confirmed or only assumed."),
    ActionSpec("undo", "Undo", ("Ctrl+Z",), Where.CALL, "Take back the latest answer."),
    ActionSpec(
        "take_back",
        "Take back",
        ("Ctrl+Backspace",),
        Where.CALL,
        "Take back the answer to this question.",
    ),
    ActionSpec("front_desk", "Front desk", ("Ctrl+G",), Where.CALL, "What to say there."),
    ActionSpec("voicemail", "Voice mail", ("Ctrl+M",), Where.CALL, "What to say on it."),
    ActionSpec(
        "exact_words", "Word for word", ("Alt+V",), Where.CALL, "Exact words, or points to make."
    ),
    ActionSpec("ledger", "Score ledger", ("Ctrl+L",), Where.CALL, "How the score came about."),
    ActionSpec("read_as", "Read as", ("Ctrl+R",), Where.CALL, "Read it as MEDDIC and others do."),
    ActionSpec(
        "switch_playbook", "Playbook", ("Ctrl+B",), Where.CALL, "Go on with another playbook."
    ),
    ActionSpec("end_call", "Call ended", ("Ctrl+E",), Where.CALL, "Say how it ended."),
    ActionSpec(
        "do_not_call", "Never call again", ("Ctrl+D",), Where.CALL, "They asked not to be called."
    ),
    ActionSpec(
        "compact",
        "Small window",
        ("Ctrl+Shift+K",),
        Where.CALL,
        "Show the call in a small window over all others.",
    ),
    ActionSpec(
        "said_by",
        "Who said so",
        ("Alt+S",),
        Where.CALL,
        "Deciding: they gave the reason, or it is my impression.",
    ),
    ActionSpec(
        "own_words", "Own words", ("Alt+O",), Where.CALL, "Deciding: the reason in own words."
    ),
    ActionSpec("disqualify", "Disqualify", ("Alt+D",), Where.CALL, "Decide: not a fit."),
    ActionSpec("nurture", "Nurture", ("Alt+N",), Where.CALL, "Decide: keep warm for later."),
    ActionSpec("pass", "Pass to sales", ("Alt+P",), Where.CALL, "Decide: hand over to sales."),
    ActionSpec(
        "undo_decision",
        "Undo decision",
        ("Ctrl+Shift+Z",),
        Where.QUEUE,
        "Take back the last decision; its call goes on.",
    ),
    ActionSpec("take_next", "Take next", ("F2",), Where.QUEUE, "Take the next lead and call it."),
    ActionSpec(
        "quick_lead", "New lead", ("Ctrl+K",), Where.QUEUE, "Call a number nobody has entered yet."
    ),
    ActionSpec(
        "rehearse",
        "Rehearse",
        ("Ctrl+Shift+R",),
        Where.QUEUE,
        "Call a simulated prospect; nothing is written down.",
    ),
    ActionSpec("held_back", "Held back", ("Ctrl+H",), Where.QUEUE, "Who is not listed, and why."),
    ActionSpec(
        "activity",
        "Activity",
        ("Ctrl+Shift+A",),
        Where.QUEUE,
        "Write down that the lead did something.",
    ),
    ActionSpec("leads_search", "Search", ("Ctrl+F",), Where.LEADS, "Search the leads."),
    ActionSpec("lead_call", "Call", ("Return", "Enter"), Where.LEADS, "Call the chosen lead."),
    ActionSpec("leads_view_next", "Next view", ("Ctrl+Down",), Where.LEADS, "Show the next view."),
    ActionSpec(
        "leads_view_back", "View before", ("Ctrl+Up",), Where.LEADS, "Show the view before."
    ),
    ActionSpec(
        "leads_sort_next",
        "Sort by the next column",
        ("Alt+Right",),
        Where.LEADS,
        "Sort further right.",
    ),
    ActionSpec(
        "leads_sort_back",
        "Sort by the column before",
        ("Alt+Left",),
        Where.LEADS,
        "Sort further left.",
    ),
    ActionSpec(
        "leads_reverse", "Turn the order round", ("Alt+Down",), Where.LEADS, "Turn the order round."
    ),
    ActionSpec("lead_edit", "Edit", ("F2",), Where.LEADS, "Change the field that is chosen."),
    ActionSpec(
        "lead_handoff",
        "Hand-off",
        ("Ctrl+P",),
        Where.LEADS,
        "Copy or save what the receiver of a passed lead reads.",
    ),
    ActionSpec(
        "lead_answer",
        "Sales said\u2026",
        ("Ctrl+Shift+P",),
        Where.LEADS,
        "Write down what sales said of a lead, or give it to somebody else there.",
    ),
    ActionSpec("leads_undo", "Undo", ("Ctrl+Z",), Where.LEADS, "Take back the latest change."),
    ActionSpec("leads_filter", "Filter", ("Ctrl+L",), Where.LEADS, "Show only some leads."),
    ActionSpec("leads_columns", "Columns", ("Ctrl+K",), Where.LEADS, "Choose what is shown."),
    ActionSpec(
        "leads_save", "Save as segment", ("Ctrl+S",), Where.LEADS, "Keep this list as a segment."
    ),
    ActionSpec(
        "leads_rename",
        "Rename segment",
        ("Ctrl+Shift+S",),
        Where.LEADS,
        "Give the segment shown another name.",
    ),
    ActionSpec(
        "leads_forget",
        "Delete segment",
        ("Ctrl+Shift+D",),
        Where.LEADS,
        "Delete the segment shown.",
    ),
    ActionSpec("leads_tag", "Tag", ("Ctrl+T",), Where.LEADS, "Give the chosen leads a tag."),
    ActionSpec(
        "leads_untag", "Untag", ("Ctrl+Shift+T",), Where.LEADS, "Take a tag from the chosen leads."
    ),
    ActionSpec("leads_owner", "Owner", ("Ctrl+O",), Where.LEADS, "Give the chosen leads an owner."),
    ActionSpec(
        "leads_segment", "Segment", ("Ctrl+G",), Where.LEADS, "Put the chosen leads into a segment."
    ),
    ActionSpec("export", "Export", ("Ctrl+E",), Where.LEADS, "Write the leads shown to a CSV."),
    ActionSpec(
        "follow_act",
        "Do it",
        ("Return", "Enter"),
        Where.FOLLOW_UPS,
        "Do what the button of the line says.",
    ),
    ActionSpec(
        "follow_snooze",
        "Snooze",
        ("S",),
        Where.FOLLOW_UPS,
        "Let it come back in an hour, or the next working morning.",
    ),
    ActionSpec("follow_done", "Done", ("D",), Where.FOLLOW_UPS, "Say that it is done."),
    ActionSpec("follow_move", "Move", ("M",), Where.FOLLOW_UPS, "Move it to another time."),
    ActionSpec(
        "follow_mail", "E-mail", ("E",), Where.FOLLOW_UPS, "Begin its e-mail in the mail program."
    ),
    ActionSpec(
        "follow_calendar", "Calendar file", ("C",), Where.FOLLOW_UPS, "Write it to a calendar file."
    ),
    ActionSpec(
        "follow_calendar_all",
        "Calendar file of all",
        ("Ctrl+E",),
        Where.FOLLOW_UPS,
        "Write all that is shown to a calendar file.",
    ),
    ActionSpec("follow_undo", "Undo", ("Ctrl+Z",), Where.FOLLOW_UPS, "Take the last step back."),
    ActionSpec(
        "export_run", "Export", ("Return", "Enter"), Where.EXPORT, "Choose the place, then write."
    ),
    ActionSpec("export_for", "For", ("Alt+F",), Where.EXPORT, "Choose what the file is for."),
    ActionSpec(
        "export_safe",
        "Safe for spreadsheets",
        ("Alt+S",),
        Where.EXPORT,
        "Protect cells that a spreadsheet would change, or do not.",
    ),
    ActionSpec(
        "export_cancel", "Cancel", ("Esc",), Where.EXPORT, "Stop writing; else show the leads."
    ),
    ActionSpec(
        "import_run",
        "Import",
        ("Return", "Enter", "Ctrl+Return", "Ctrl+Enter"),
        Where.IMPORT,
        "Write the leads of the file; from its table of columns with Ctrl.",
    ),
    ActionSpec(
        "import_field", "Goes to", ("F2", "Space"), Where.IMPORT, "Choose where a column goes."
    ),
    ActionSpec(
        "import_policy",
        "On a match",
        ("Alt+P",),
        Where.IMPORT,
        "Choose what a match does to the field of a column.",
    ),
    ActionSpec(
        "import_preset",
        "Change",
        ("Alt+C",),
        Where.IMPORT,
        "Read it otherwise: system, encoding, separator, country.",
    ),
    ActionSpec(
        "import_forget", "Forget", ("Alt+F",), Where.IMPORT, "Forget what was chosen last time."
    ),
    ActionSpec("history", "History", ("Ctrl+Shift+H",), Where.LEADS, "Show imports, and undo one."),
    ActionSpec(
        "history_show", "Show leads", ("S",), Where.HISTORY, "Show the leads of the import."
    ),
    ActionSpec("history_undo", "Undo", ("U",), Where.HISTORY, "Take an import back; asks first."),
    ActionSpec(
        "history_confirm",
        "Undo the import",
        ("Return", "Enter"),
        Where.HISTORY,
        "Ask, then take the import back.",
    ),
    ActionSpec("history_leave", "Back", ("Esc",), Where.HISTORY, "Leave it; show the leads."),
    ActionSpec(
        "duplicates",
        "Duplicates",
        ("Ctrl+Shift+U",),
        Where.LEADS,
        "Go through leads that may be the same.",
    ),
    ActionSpec(
        "pair_merge", "Merge", ("M",), Where.DUPLICATES, "Merge the right lead into the left one."
    ),
    ActionSpec(
        "pair_part", "Not the same", ("N",), Where.DUPLICATES, "Do not show this pair again."
    ),
    ActionSpec("pair_skip", "Skip", ("S",), Where.DUPLICATES, "Leave this pair for another time."),
    ActionSpec("pair_swap", "Swap", ("X",), Where.DUPLICATES, "Let the other lead be kept."),
    ActionSpec(
        "pair_undo", "Undo", ("Ctrl+Z",), Where.DUPLICATES, "Take the last decision on a pair back."
    ),
    ActionSpec("pair_leave", "Back", ("Esc",), Where.DUPLICATES, "Show the leads."),
    ActionSpec(
        "company",
        "Company",
        ("Ctrl+Shift+C",),
        Where.EVERYWHERE,
        "Show everybody of the company of the lead.",
    ),
    ActionSpec(
        "company_call", "Call", ("Return", "Enter"), Where.COMPANY, "Call the chosen contact."
    ),
    ActionSpec(
        "company_close", "Close others", ("C",), Where.COMPANY, "Disqualify the others, uncalled."
    ),
    ActionSpec(
        "company_hold", "Hold others", ("H",), Where.COMPANY, "Let the others wait for 30 days."
    ),
    ActionSpec("company_undo", "Undo", ("Ctrl+Z",), Where.COMPANY, "Take closing or holding back."),
    ActionSpec("company_leave", "Back", ("Esc",), Where.COMPANY, "Show the leads."),
    ActionSpec("import_cancel", "Cancel", ("Esc",), Where.IMPORT, "Leave the file alone."),
)
