# SPDX-License-Identifier: MIT
"""Going on with another playbook in the middle of a call."""

from leaddesk.core.domain.events import EventKind
from leaddesk.core.services import calls, playbooks
from tests.helpers.rep import INGRID, Hand


def test_another_playbook_keeps_what_was_said(hand):
    hand.call().press("> > > 2 > >").type("30000").press(">")
    hand.later(minutes=2).menu.switch_playbook()
    marked = [choice.label for choice in hand.panel.choices if choice.chosen]
    assert marked == ["Every kind"]
    hand.press(hand.offered["BANT discovery call"])
    assert hand.said == "Now: BANT discovery call."
    talk = hand.presenter.talk
    assert talk.live.playbook.id == "bant"
    assert talk.timer.talked_s == 120, "it is the same call"
    talk.go_to("problem")
    assert hand.chosen == ["Specific problem with a figure on it"]
    talk.go_to("amount")
    assert hand.stop.value == "30,000"
    assert hand.assessment.playbook == "BANT v1"
    again = Hand(hand.desk)
    again.presenter.resume(lambda: None)
    assert again.presenter.talk.live.playbook.id == "bant"


def test_a_broken_playbook_is_named_where_another_is_chosen(hand):
    folder = hand.desk.work.profile / playbooks.OWN_FOLDER
    folder.mkdir()
    (folder / "mine-v1.toml").write_text("schema = 1", encoding="utf-8")
    hand.call().menu.switch_playbook()
    assert 'The playbook "mine-v1" has ' in hand.panel.sentence
    assert "BANT discovery call" in hand.offered


def test_back_to_the_first_playbook_everything_is_there(hand):
    hand.call().press("> 1 > > 2 >").menu.switch_playbook()
    hand.press(hand.offered["BANT discovery call"])
    hand.presenter.talk.go_to("funding")
    hand.press("1").menu.switch_playbook()
    hand.press(hand.offered["Every kind"])
    hand.presenter.talk.go_to("signer")
    assert hand.chosen == ["Signs alone"]
    hand.presenter.talk.go_to("pains")
    assert hand.chosen == ["Dear"]


def test_the_same_playbook_again_changes_nothing(hand):
    hand.call().press("> 1").menu.switch_playbook()
    hand.press(hand.offered["Every kind"])
    assert (hand.panel, hand.stop.stop_id) == (None, "signer")
    assert hand.events(EventKind.SWITCHED) == []


def test_a_playbook_is_changed_once_what_was_said_is_on_disk(hand):
    hand.call().press(">").menu.switch_playbook()
    key = hand.offered["BANT discovery call"]
    hand.presenter.close_panel()
    hand.desk.hold()
    hand.press("1").menu.switch_playbook()
    hand.desk.release()
    hand.press(key)
    session = calls.open_call(hand.desk.work)
    assert session.call.playbook_id == "bant"
    with hand.desk.work.store.read() as unit:
        said = unit.calls.facts_of_lead(INGRID)
    assert [fact.value for fact in said] == ["alone"]


def test_only_playbooks_for_calls_are_offered(hand):
    hand.call().menu.switch_playbook()
    offered = {book.title for book in playbooks.offered(hand.desk.work)}
    assert set(hand.offered) == offered
    assert "Through a lens" not in offered
