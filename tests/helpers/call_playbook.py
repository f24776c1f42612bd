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
  kind = "choices"
  ask = "What hurts?"
  options = [
    { id = "slow", label = "Slow", points = 5 },
    { id = "dear", label = "Dear", points = 10 },
    { id = "never", label = "Nothing we do", effect = "disqualify", reason = "no_need" },
  ]

[[criteria]]
id = "money"
title = "Money"
  [[criteria.questions]]
  id = "budget"
  kind = "money"
  ask = "How much?"
  bands = [
    { at_least = 0, label = "little", points = 0 },
    { at_least = 20000, label = "enough", points = 20 },
  ]
  [[criteria.questions]]
  id = "words"
  kind = "text"
  ask = "In their own words?"

[[script]]
id = "hello"
title = "Hello"
phase = "opening"
say = "Hello {{ lead.first_name }}"

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


def kinds_texts(folder: str, suffix: str) -> dict[str, str]:
    """Read the data files of the program, with this playbook alone."""
    from leaddesk import resources

    return {"kinds": KINDS} if folder == "playbooks" else dict(resources.texts(folder, suffix))
