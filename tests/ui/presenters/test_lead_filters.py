# SPDX-License-Identifier: MIT
import pytest

from leaddesk.core.domain.lead_query import OPS, Condition, Op, kind_of
from leaddesk.ui.presenters.lead_filters import (
    FIELD_CHOICES,
    condition,
    hint,
    op_choices,
    value_choices,
)


@pytest.mark.parametrize(
    ("field", "op", "typed", "values"),
    [
        ("company", Op.CONTAINS, " GmbH ", ("GmbH",)),
        ("company", Op.ANY_OF, "a; b;;", ("a", "b")),
        ("employees", Op.BETWEEN, "50 and 250", ("50", "250")),
        ("employees", Op.BETWEEN, "50..250", ("50", "250")),
        ("created_at", Op.BETWEEN, "2026-03-01 and 2026-03-31", ("2026-03-01", "2026-03-31")),
        ("email", Op.EMPTY, "left over", ()),
    ],
)
def test_what_was_typed_becomes_a_condition(field, op, typed, values):
    assert condition(field, op, typed) == (Condition(field, op, values), "")


@pytest.mark.parametrize(
    ("field", "op", "typed"),
    [("company", Op.IS, " "), ("employees", Op.BETWEEN, "50"), ("created_at", Op.BEFORE, "soon")],
)
def test_what_cannot_be_answered_is_told(field, op, typed):
    made, problem = condition(field, op, typed)
    assert made is None
    assert problem.endswith((".", "compare with."))


def test_imports_are_chosen_by_what_they_are_called():
    imports = (("B1", "fair.csv, 2 Oct 11:02"), ("B2", "fair.csv, 3 Oct 09:00"))
    for op in (Op.IS, Op.IS_NOT):
        assert value_choices("batch_id", op, imports) == imports
        assert condition("batch_id", op, "B2") == (Condition("batch_id", op, ("B2",)), "")
    assert value_choices("batch_id", Op.EMPTY, imports) == ()


def test_every_question_can_be_put_and_says_what_to_type():
    for field, name in FIELD_CHOICES:
        assert name
        assert [op for op, _ in op_choices(field)] == list(OPS[kind_of(field)])
        for op, words in op_choices(field):
            assert words
            assert bool(hint(field, op)) == (op not in {Op.EMPTY, Op.NOT_EMPTY})
            for value, _ in value_choices(field, op):
                assert condition(field, op, value)[0] is not None
