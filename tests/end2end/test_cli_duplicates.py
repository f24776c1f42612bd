# SPDX-License-Identifier: MIT
"""Duplicates on the command line: found, merged, taken back, said to be none."""

from tests.helpers.command_line import DONE, leaddesk, parsed, refused

LEADS = """First Name,Last Name,Company,City,Email
Dora,Egli,Egli Ltd,Brno,d.egli@gmail.com
Dora,Eggli,Egli Limited,,degli+fair@googlemail.com
Bo,Cole,Cole AG,Kiel,bo@cole.example
"""


def test_a_pair_is_found_merged_taken_back_and_told_apart(tmp_path):
    source = tmp_path / "leads.csv"
    source.write_text(LEADS)
    assert parsed("import", source)[1]["imported"] == 3
    status, found = parsed("duplicates")
    (pair,) = found["pairs"]
    assert (status, pair["score"]) == (DONE, 100)
    assert pair["reasons"] == ["same e-mail", "name alike 96", "same company"]
    kept, gone = (lead["lead_id"] for lead in pair["leads"])
    told = leaddesk("duplicates").stdout
    assert "Dora Eggli  Egli Limited" in told
    assert "100 of 100: same e-mail" in told

    status, merged = parsed("merge", kept, gone, "--take", "last_name")
    assert (status, merged["lead"]["last_name"], merged["lead"]["city"]) == (DONE, "Eggli", "Brno")
    assert parsed("leads")[1]["count"] == 2
    assert parsed("lead", gone)[1]["lead"]["lead_id"] == kept
    assert parsed("import", source)[1]["skipped"] == 3
    assert parsed("verify")[1]["integrity"] == "ok"

    status, back = parsed("undo-merge", merged["merge"])
    assert (status, back["lead"]["lead_id"]) == (DONE, gone)
    assert "taken back already" in refused("undo-merge", merged["merge"])
    assert parsed("leads")[1]["count"] == 3

    assert parsed("not-the-same", kept, gone)[0] == DONE
    assert parsed("duplicates")[1] == {"pairs": []}
    assert "marked as not the same" in refused("merge", kept, gone)
    assert parsed("not-the-same", gone, kept, "--undo")[0] == DONE
    assert "Nobody had said" in refused("not-the-same", kept, gone, "--undo")
    assert len(parsed("duplicates")[1]["pairs"]) == 1


def test_what_cannot_be_is_refused():
    assert "cannot be chosen" in refused("merge", "L1", "L2", "--take", "stage")
    assert "not in this profile" in refused("merge", "L1", "L2")
    assert parsed("duplicates")[1] == {"pairs": []}
