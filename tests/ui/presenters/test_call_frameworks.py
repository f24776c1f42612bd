# SPDX-License-Identifier: MIT
"""A call and its frameworks: another playbook in mid-call, and the call read as a view sees it."""

from leaddesk.core.domain.events import EventKind
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.services import calls, playbooks
from leaddesk.ui.presenters.call_screens import Phase
from tests.helpers.rep import INGRID, Hand
from tests.helpers.talks import SHORT, put_own_playbook


def test_a_call_is_read_as_another_framework_sees_it(hand):
    hand.call().press("> > > 2 >")
    hand.presenter.edit_note("hours every day")
    hand.menu.read_as()
    assert "LENS" in hand.offered
    hand.press(hand.offered["LENS"])
    assert hand.panel.title == "Read as LENS"
    assert [(row.text, row.right) for row in hand.panel.rows if row.strong] == [
        ("Pain", "3 of 3"),
        ("Means", "open"),
    ]
    texts = [row.text for row in hand.panel.rows if not row.strong]
    assert texts == ["hours every day", "What can they spend?"]


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


def test_no_key_is_an_answer_while_the_playbook_is_changed(hand):
    hand.call().press(">").menu.switch_playbook()
    key = hand.offered["BANT discovery call"]
    hand.desk.hold()
    hand.press(f"{key} 1")
    hand.menu.decide(Verdict.PASS)
    hand.desk.release()
    assert (hand.desk.errors, hand.view.times("show_error")) == ([], 0)
    assert hand.on_disk() == {}
    assert hand.said == "Now: BANT discovery call."
    assert (hand.panel, hand.presenter.phase) == (None, Phase.IN_CALL)
    hand.press("1")
    assert len(hand.on_disk()) == 1


def test_a_playbook_that_is_gone_leaves_the_call_with_its_own(hand):
    hand.call().press(">").menu.switch_playbook()
    key = hand.offered["BANT discovery call"]
    texts = hand.desk.work.texts
    hand.desk.work.texts = lambda folder, suffix: {
        name: text for name, text in texts(folder, suffix).items() if name != "bant-v1"
    }
    hand.press(key)
    assert "not offered any more" in str(hand.error)
    assert (hand.panel, hand.presenter.phase) == (None, Phase.IN_CALL)
    hand.press("1")
    assert hand.on_disk() == {"signer": ("alone", "")}


def test_where_everything_is_known_another_playbook_goes_on_with_its_close(hand):
    close = '[[script]]\nid = "so-long"\ntitle = "So long"\nphase = "close"\nsay = "Bye"\n'
    put_own_playbook(hand.desk.work, SHORT + close)
    hand.call().press("> > > 2 >").menu.switch_playbook()
    hand.press(hand.offered["Short call"])
    assert hand.stop.stop_id == "so-long"


def test_a_view_knows_what_was_said_to_another_playbook_of_the_call(hand):
    hand.call().press("> 1").menu.switch_playbook()
    hand.press(hand.offered["SPICED discovery call"])
    hand.presenter.talk.go_to("difference")
    hand.press("1").menu.switch_playbook()
    hand.press(hand.offered["BANT discovery call"])
    hand.menu.read_as()
    hand.press(hand.offered["MEDDIC"])
    known = {row.text: row.right for row in hand.panel.rows if row.strong}
    assert known["Metrics"] == "3 of 3"
    hand.presenter.close_panel()
    hand.hang_up("h >").later(days=7).call().menu.read_as()
    hand.press(hand.offered["MEDDIC"])
    assert {row.text: row.right for row in hand.panel.rows if row.strong} == known


def test_what_a_view_would_ask_is_said_with_the_name(hand):
    texts = hand.desk.work.texts
    hand.desk.work.texts = lambda folder, suffix: {
        name: text.replace("What can they", "What can {{ lead.first_name }}")
        for name, text in texts(folder, suffix).items()
    }
    hand.call().menu.read_as()
    hand.press(hand.offered["LENS"])
    assert "What can Ingrid spend?" in [row.text for row in hand.panel.rows]
