# SPDX-License-Identifier: MIT
import pytest

from leaddesk.core.domain.handoff import HandoffState
from leaddesk.core.domain.stages import Stage, Status
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.errors import KnownError
from leaddesk.core.services import handoffs, import_facts, import_outcomes
from tests.core.services.conftest import london
from tests.helpers.talks import decide


@pytest.fixture
def given(work, clock):
    """Four leads, three of which were passed to sales."""
    with work.store.begin() as unit:
        unit.leads.add(
            [
                london(
                    f"L{n}", email=f"p{n}@x.example", phone_e164="", external_ids={"crm": str(n)}
                )
                for n in range(1, 5)
            ]
        )
    for n in (1, 2, 3):
        decide(work, f"L{n}", Verdict.PASS)
    clock.move(days=2)
    return work


def told(tmp_path, *rows, header="lead_id,Sales Outcome,Loss Reason,Amount,Currency,Close Date"):
    path = tmp_path / "answers.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def lead_state(work, lead_id):
    with work.store.read() as unit:
        return unit.leads.state(lead_id)


def test_answers_are_joined_to_the_pass_they_answer(given, tmp_path):
    path = told(
        tmp_path,
        "L1,Accepted,,,,",
        'L2,Closed Won,,"12,500",eur,2026-11-24',
        "L3,closed lost,Price,,,",
    )
    looked = import_outcomes.look(given, path)
    report, changes = import_outcomes.run(given, path)
    assert report == looked
    assert (report.rows, report.added, report.known, report.rejected) == (3, 3, 0, 0)
    assert changes.whole_list
    won = handoffs.of_lead(given, "L2")
    assert (won.state, won.amount, won.currency) == (HandoffState.WON, 12_500, "EUR")
    assert won.state_at.date().isoformat() == "2026-11-24"
    assert lead_state(given, "L1").status is Status.ACCEPTED
    assert lead_state(given, "L2").stage is Stage.CUSTOMER
    assert handoffs.of_lead(given, "L3").reason == "Price"


def test_what_cannot_be_joined_is_rejected_with_its_reason_and_the_rest_is_not(given, tmp_path):
    path = told(
        tmp_path,
        "L9,Accepted,,,,",
        "L4,Accepted,,,,",
        "L1,Maybe,,,,",
        "L1,,,,,",
        ",Accepted,,,,",
        "L1,Won,,lots,,",
        "L1,Won,,,,2031-01-01",
        "L1,Won,,,,someday",
        "L1,Won,,,,2026-11-01",
        "L2,Won,,,,",
        "L2,Accepted,,,,",
    )
    report, _ = import_outcomes.run(given, path)
    assert (report.rows, report.added, report.rejected) == (11, 1, 10)
    reasons = report.rejects_file.read_text(encoding="utf-8-sig").splitlines()[1:]
    wanted = [
        "no lead is 'L9'", "'L4' was not passed", "is nothing that sales can say",
        "does not say what", "no lead id", "is no amount", "is in the future", "is no date",
        "not before that day", "cannot follow",
    ]  # fmt: skip
    assert len(reasons) == len(wanted)
    for found, words in zip(reasons, wanted, strict=True):
        assert words in found
    assert lead_state(given, "L1").status is Status.PASSED


def test_the_same_file_again_changes_nothing(given, tmp_path):
    path = told(
        tmp_path, "L1,Accepted,,,,", "L1,Opportunity,,900,USD,", "L1,Won,,,,", "L3,Lost,x,,,"
    )
    first, _ = import_outcomes.run(given, path)
    assert (first.added, first.leads) == (4, 2)
    before = [handoffs.of_lead(given, lead_id) for lead_id in ("L1", "L3")]
    again, changes = import_outcomes.run(given, path)
    assert (again.added, again.known, again.rejected) == (0, 4, 0)
    assert not changes.whole_list
    assert [handoffs.of_lead(given, lead_id) for lead_id in ("L1", "L3")] == before


def test_an_answer_that_was_taken_back_comes_in_again(given, tmp_path):
    path = told(tmp_path, "L1,Accepted,,,,")
    import_outcomes.run(given, path)
    handoffs.undo_answer(given, handoffs.of_lead(given, "L1").handoff_id)
    assert import_outcomes.run(given, path)[0].added == 1


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("E-mail,Deal Stage", "P1@X.example,Closed Won"),
        ("external_id.crm,Sales Status", "1,Customer"),
        ("lead_id,Status,Reason", "L1,won,"),
        ("Email,Opportunity Stage,Region,Territory", "p1@x.example,Gewonnen,North,7"),
    ],
)
def test_who_it_is_about_is_found_by_what_the_file_has(given, tmp_path, header, row):
    path = told(tmp_path, row, header=header)
    assert import_outcomes.run(given, path)[0].added == 1
    assert handoffs.of_lead(given, "L1").state is HandoffState.WON


def test_a_hand_off_can_be_named_itself(given, tmp_path):
    handoff = handoffs.of_lead(given, "L2")
    path = told(tmp_path, f"{handoff.handoff_id},Accepted", header="handoff_id,Outcome")
    assert import_outcomes.run(given, path)[0].added == 1
    assert handoffs.of_lead(given, "L2").state is HandoffState.ACCEPTED


@pytest.mark.parametrize(
    "header", ["Name,Email,Status", "First Name,Company,Email,Stage,Phone", "Email,Company"]
)
def test_a_list_of_leads_is_not_taken_for_answers(given, tmp_path, header):
    path = told(tmp_path, ",".join(["p1@x.example"] * len(header.split(","))), header=header)
    assert import_outcomes.look(given, path) is None
    assert import_facts.look(given, path) is None
    with pytest.raises(KnownError, match="no list of what sales said"):
        import_outcomes.run(given, path)


def test_a_person_can_say_that_a_list_with_a_status_is_one_of_answers(given, tmp_path):
    path = told(tmp_path, "p1@x.example,Won,Fay", header="Email,Status,Seller")
    assert import_outcomes.look(given, path) is None
    assert import_outcomes.run(given, path, is_said=True)[0].added == 1


def test_a_look_writes_nothing(given, tmp_path):
    path = told(tmp_path, "L1,Accepted,,,,", "L9,Accepted,,,,")
    before = list(tmp_path.iterdir())
    with given.store.read() as unit:
        lines = list(unit.canonical_lines())
    import_facts.look(given, path)
    with given.store.read() as unit:
        assert list(unit.canonical_lines()) == lines
    assert list(tmp_path.iterdir()) == before


def test_either_file_of_facts_is_told_apart(given, tmp_path):
    answers = import_facts.look(given, told(tmp_path, "L1,Accepted,,,,"))
    assert import_facts.what_it_tells(answers) == "what sales said"
    assert import_facts.report_in_words(answers).startswith(
        "1 row: 1 new answer on 1 lead, 0 there"
    )
    report, _ = import_facts.run(given, answers)
    assert report.added == 1
