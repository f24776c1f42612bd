# SPDX-License-Identifier: MIT
"""A decision for a reason that says nothing by itself needs words; whose they are is kept."""

from dataclasses import replace

import pytest

from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.errors import KnownError
from leaddesk.core.services import calls, endings, lead_page
from leaddesk.core.services.endings import Choice
from tests.core.services.conftest import london
from tests.helpers.playbook_texts import SHORT
from tests.helpers.talks import put_own_playbook, start

OTHER = '[[reasons]]\nid = "other"\nlabel = "Something else"\nkinds = ["terminal"]\n'


def test_other_needs_words_and_words_and_whose_they_are_stay_with_the_decision(work):
    with work.store.begin() as unit:
        unit.leads.add([london("L1")])
    put_own_playbook(work, f"{SHORT}\n{OTHER}")
    work.playbook_id, work.active_playbook = "short", None
    call_id = start(work)
    choice = Choice(Verdict.DISQUALIFY, "other", "sure", said_by="prospect")
    with pytest.raises(KnownError, match="says nothing by itself"):
        endings.decide(work, call_id, choice)
    assert calls.open_call(work) is not None, "nothing was decided"
    with pytest.raises(KnownError, match="says nothing by itself"):
        endings.decide(work, call_id, replace(choice, reason_text="  "))
    decision, _ = endings.decide(work, call_id, replace(choice, reason_text=" They sell to us "))
    assert (decision.said_by, decision.reason_text) == ("prospect", "They sell to us")
    with work.store.read() as unit:
        assert unit.decisions.get(decision.decision_id) == decision
    told = [entry.text for entry in lead_page.page_of(work, "L1").timeline]
    assert any("Something else, “They sell to us” (they said so)" in text for text in told)
