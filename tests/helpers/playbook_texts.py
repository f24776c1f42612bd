# SPDX-License-Identifier: MIT
"""Playbook files without a mistake, and readers that offer them beside those shipped."""

from leaddesk import resources

SMALL = """\
schema = 1
id = "small"
version = 2
[decision]
pass_at = 70
nurture_at = 40
minimum_coverage = 50
[[criteria]]
id = "need"
[[criteria.questions]]
id = "problem"
kind = "choice"
ask = "What goes wrong?"
options = [
  { id = "much", label = "Much", points = 10 },
  { id = "some", label = "Some", points = 5 },
  { id = "none", label = "Nothing", points = 0 },
]
"""

FULL = (
    SMALL
    + """\
[[criteria]]
id = "money"
title = "Money"
about = "About money"
required = true
minimum = 5
  [[criteria.questions]]
  id = "sum"
  kind = "money"
  ask = "How much, {{ lead.first_name | default('if I may ask') }}?"
  listen_for = "A range"
  fact = "MONEY"
  from = "lead.revenue"
  stale_after_days = 90
  bands = [
    { at_least = -5 },
    { at_least = 20000, label = "20k", points = 12, level = 3 },
  ]
  [[criteria.questions]]
  id = "pains"
  kind = "choices"
  ask = "Which of these?"
  at_most = 12
  options = [
    { id = "slow", label = "Slow", points = 8 },
    { id = "dear", label = "Dear", points = 8, effect = "hold", reason = "too_dear" },
  ]
[[criteria]]
id = "fit"
scored = false
  [[criteria.questions]]
  id = "field"
  kind = "choice"
  from = "lead.industry"
  options = [
    { id = "ours", label = "Ours", points = 1, matches = ["manu*", "food"] },
    { id = "not", label = "Not", effect = "disqualify", reason = "no_need", matches = ["*"] },
    { id = "unsaid", label = "Would not say", open = true },
  ]
  [[criteria.questions]]
  id = "agreed"
  kind = "yes_no"
  ask = "Agreed?"
  options = [
    { id = "yes", label = "Yes" },
    { id = "no", label = "No", points = -3 },
  ]
  [[criteria.questions]]
  id = "words"
  kind = "text"
  ask = "In your words?"
[engagement]
half_life_days = 30
webinar = { points = 20, at_most = 40 }
[engagement.demo]
points = 60
strong = true
[grades]
fit = { criterion = "fit", a = 80, b = 60, c = 40 }
engagement = [50, 20, 5]
mql_at = 30
[[script]]
id = "hello"
phase = "opening"
verbatim = "Hello, {{ rep.name }} speaking for {{ company.name }}"
must_say = true
[[script]]
id = "ask"
title = "Ask"
phase = "discovery"
say = "You said {{ answer.problem }}"
questions = ["problem", "sum", "pains", "agreed", "words"]
next = "bye"
[[script.branch]]
when = { problem = ["none"], sum = [20000] }
to = "bye"
[[script]]
id = "bye"
phase = "close"
[[objections]]
id = "price"
title = "Too dear"
listen_for = ["dear"]
say = "Compared with what?"
then = "sum"
[[nurture]]
id = "later"
when = { reasons = ["too_dear"], weakest = ["money"] }
date_question = "words"
steps = [ { after_days = 0, kind = "email", template = "Hello {{ lead.name }}" } ]
[[routing]]
when = { country = ["US", "CA"], score_at_least = 80 }
to = ["a@example.com"]
[[reasons]]
id = "too_dear"
label = "Too dear"
kinds = ["nurture"]
[[reasons]]
id = "no_need"
label = "No need"
kinds = ["terminal", "suppress"]
[handoff]
checklist = ["next step agreed"]
view = "meddic"
"""
)
"""SMALL, and every table and key there is."""

SHORT = """\
schema = 1
id = "short"
version = 1
title = "Short call"

[decision]
pass_at = 70
nurture_at = 40
minimum_coverage = 50

[[criteria]]
id = "pain"
title = "Pain"

  [[criteria.questions]]
  id = "hurts"
  fact = "NEED"
  ask = "What hurts?"
  kind = "choice"
  options = [
    { id = "much", label = "Much", points = 10, level = 3 },
    { id = "little", label = "Little", points = 5, level = 2 },
    { id = "nothing", label = "Nothing", points = 0, level = 0 },
  ]

[[script]]
id = "ask"
title = "Ask"
phase = "discovery"
questions = ["hurts"]

[[reasons]]
id = "not_now"
label = "Not now"
kinds = ["nurture"]
"""
"""A playbook of a team's own: one question, about what the shipped ones ask as well."""

KINDS = """
schema = 1
id = "kinds"
version = 3
title = "Every kind"
framework = "KINDS"
[decision]
pass_at = 70
nurture_at = 40
minimum_coverage = 50

[[criteria]]
id = "authority"
title = "Authority"
required = true
  [[criteria.questions]]
  id = "signer"
  kind = "choice"
  ask = "Who signs, {{ lead.first_name }}?"
  listen_for = "A name."
  options = [
    { id = "alone", label = "Signs alone", points = 20 },
    { id = "together", label = "Signs with somebody", points = 10 },
    { id = "unsaid", label = "Would not say", open = true },
  ]
  [[criteria.questions]]
  id = "agreed"
  kind = "yes_no"
  ask = "Agreed?"
  options = [
    { id = "yes", label = "Yes", points = 10 },
    { id = "no", label = "No", effect = "hold", reason = "not_now" },
  ]

[[criteria]]
id = "need"
title = "Need"
  [[criteria.questions]]
  id = "pains"
  fact = "NEED"
  stale_after_days = 30
  kind = "choices"
  ask = "What hurts?"
  options = [
    { id = "slow", label = "Slow", points = 5, level = 2 },
    { id = "dear", label = "Dear", points = 10, level = 3 },
    { id = "never", label = "Nothing we do", effect = "disqualify", reason = "no_need" },
  ]

[[criteria]]
id = "money"
title = "Money"
  [[criteria.questions]]
  id = "budget"
  fact = "MONEY"
  kind = "money"
  ask = "How much?"
  bands = [
    { at_least = 0, label = "little", points = 0, level = 0 },
    { at_least = 20000, label = "enough", points = 20, level = 3 },
  ]
  [[criteria.questions]]
  id = "words"
  kind = "text"
  ask = "In their own words?"

[engagement]
half_life_days = 14
white_paper = { points = 10, at_most = 20 }
demo_request = { points = 60, at_most = 100, strong = true }

[[script]]
id = "desk"
title = "Front desk"
phase = "gatekeeper"
say = "Could I speak to {{ lead.name }}?"

[[script]]
id = "beep"
title = "Voice mail"
phase = "voicemail"
verbatim = "This is a message for {{ lead.first_name }}."

[[script]]
id = "hello"
title = "Hello"
phase = "opening"
must_say = true
say = "Hello {{ lead.first_name }}"
verbatim = "Good day {{ lead.first_name }}, may I?"

[[script]]
id = "talk"
title = "Talk"
phase = "discovery"
questions = ["signer", "agreed"]

[[script]]
id = "more"
title = "More"
phase = "discovery"
questions = ["pains", "budget", "words"]

[[script]]
id = "bye"
title = "Goodbye"
phase = "close"
say = "Goodbye"

[[objections]]
id = "price"
title = "Too dear"
listen_for = ["dear", "cost", "money"]
say = "Compared with what, {{ lead.first_name }}?"
then = "budget"

[[nurture]]
id = "not-now"
when = { reasons = ["not_now"] }
revisit_after_days = 60
steps = [ { after_days = 60, kind = "call" } ]

[[reasons]]
id = "not_now"
label = "Not now"
kinds = ["nurture"]
[[reasons]]
id = "later"
label = "Later"
kinds = ["nurture"]
[[reasons]]
id = "no_need"
label = "No need"
kinds = ["terminal"]
"""
"""A question of every kind, in the order the script asks them."""

LENS = """
schema = 1
id = "lens"
version = 1
title = "Through a lens"
framework = "LENS"
use = "view"
[decision]
pass_at = 70
nurture_at = 40
minimum_coverage = 50

[[criteria]]
id = "pain"
title = "Pain"
  [[criteria.questions]]
  id = "pain"
  fact = "NEED"
  kind = "choice"
  ask = "Where does it hurt?"
  options = [
    { id = "much", label = "Much", points = 20, level = 3 },
    { id = "some", label = "Some", points = 10, level = 2 },
    { id = "none", label = "Nowhere", points = 0, level = 0 },
  ]

[[criteria]]
id = "means"
title = "Means"
  [[criteria.questions]]
  id = "means"
  fact = "MONEY"
  kind = "money"
  ask = "What can they spend?"
  bands = [
    { at_least = 0, label = "little", points = 0, level = 0 },
    { at_least = 20000, label = "enough", points = 20, level = 3 },
  ]
"""
"""A view of what KINDS asks."""


def kinds_texts(folder: str, suffix: str) -> dict[str, str]:
    """Read the data files of the program, with this playbook and a view of it besides."""
    return changed_kinds("", "")(folder, suffix)


def changed_kinds(old: str, new: str):
    """Return a reader of the same files, with one piece of the playbook put differently."""
    assert old in KINDS

    def texts(folder: str, suffix: str) -> dict[str, str]:
        found = dict(resources.texts(folder, suffix))
        if folder == "playbooks":
            found |= {"kinds-v3": KINDS.replace(old, new) if old else KINDS, "lens-v1": LENS}
        return found

    return texts
