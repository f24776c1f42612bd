# SPDX-License-Identifier: MIT
"""Two playbook files without a mistake: a small one, and one that uses every table and key."""

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
