# SPDX-License-Identifier: MIT
"""Letters are compared as people write them who do not have them."""

import pytest

from leaddesk.core.domain.company_names import company_key
from leaddesk.core.domain.letters import without_accents
from leaddesk.core.domain.traits import plain


@pytest.mark.parametrize(
    ("there", "typed"),
    [
        ("Guðmundsson", "Gudmundsson"),
        ("Þór", "Thor"),
        ("Bjærg", "Bjaerg"),
        ("Sørensen", "Sorensen"),
        ("Łoś", "Los"),
        ("Đorđe", "Dorde"),
        ("Cœur", "Coeur"),
        ("Größl", "Grossl"),
    ],
)
def test_a_name_is_the_same_in_persons_and_in_companies(there, typed):
    assert plain(there) == plain(typed)
    assert company_key(f"{there} AB") == company_key(typed)


def test_accents_go_and_everything_else_stays():
    assert without_accents("Ségolène Ångström, 2½") == "Segolene Angstrom, 21⁄2"  # noqa: RUF001 - as NFKD has it
