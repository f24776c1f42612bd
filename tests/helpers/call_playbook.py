# SPDX-License-Identifier: MIT
"""A playbook with one question of every kind, in the order the script asks them."""

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


def kinds_texts(folder: str, suffix: str) -> dict[str, str]:
    """Read the data files of the program, with this playbook and a view of it besides."""
    return changed_kinds("", "")(folder, suffix)


def changed_kinds(old: str, new: str):
    """Return a reader of the same files, with one piece of the playbook put differently."""
    from leaddesk import resources

    assert old in KINDS

    def texts(folder: str, suffix: str) -> dict[str, str]:
        found = dict(resources.texts(folder, suffix))
        if folder == "playbooks":
            found |= {"kinds-v3": KINDS.replace(old, new) if old else KINDS, "lens-v1": LENS}
        return found

    return texts
