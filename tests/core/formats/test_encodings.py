# SPDX-License-Identifier: MIT
"""Finding the encoding: the real files, every Unicode form, and short texts in code pages."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from leaddesk.core.formats.encodings import find_encoding

FILES = Path(__file__).parents[2] / "data" / "derived_encodings"
EXPECTED = json.loads((FILES / "expected.json").read_text(encoding="utf-8"))

HEADER = "First Name,Last Name,Email,Country\r\n"


def found(content: bytes) -> str:
    return find_encoding(BytesIO(content))


@pytest.mark.parametrize("case", EXPECTED, ids=lambda case: case["file"])
def test_the_text_of_every_file_is_found(case):
    content = (FILES / case["file"]).read_bytes()
    truth = content[len(bytes.fromhex(case["bom"])) :].decode(case["encoding"])
    assert content.decode(found(content)).removeprefix("\ufeff") == truth


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-8"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("name", ["Jürgen,Größl", "Łódź,Żółć", "山田,太郎", "Āboliņa,Ķēniņš"])
def test_unicode_is_found_with_and_without_a_mark(codec, mark, name):
    rows = f"{name},a@x.example,DE\r\n" * 3
    assert found((mark + HEADER + rows).encode(codec)) == codec


@pytest.mark.parametrize(
    ("codec", "row"),
    [
        ("cp1252", "Jürgen,Größl,j@x.example,DE"),
        ("cp1252", "Adélaïde,Lemaître,a@x.example,FR"),
        ("cp1252", "Bjørn,Åsen,b@x.example,NO"),
        ("cp1250", "Łukasz,Wójcik,l@x.example,PL"),
        ("cp1250", "Jiří,Dvořák,j@x.example,CZ"),
        ("cp1251", "Иван,Петров,i@x.example,RU"),
        ("koi8_r", "Иван,Петров,i@x.example,RU"),
        ("cp1253", "Γιώργος,Παπαδόπουλος,g@x.example,GR"),
        ("cp1254", "Şule,Doğan,s@x.example,TR"),
        ("cp1257", "Jānis,Bērziņš,j@x.example,LV"),
        ("cp932", "健太,佐藤,k@x.example,JP"),
        ("gb18030", "伟,王,w@x.example,CN"),
        ("cp949", "민준,김,m@x.example,KR"),
        ("cp866", "Иван,Петров,i@x.example,RU"),
        ("cp850", "Jürgen,Größl,j@x.example,DE"),
    ],
)
def test_one_row_is_enough_where_its_letters_and_its_country_agree(codec, row):
    content = (HEADER + row + "\r\n").encode(codec)
    assert content.decode(found(content)) == content.decode(codec)


@pytest.mark.parametrize(
    ("name", "codec", "end"),
    [
        ("Tomás", "cp1252", "\r\n"),
        ("Jan Šejc", "cp1252", "\r\n"),
        ("Maria da Graça", "mac_roman", "\r"),
    ],
)
def test_old_systems_are_unlikely_but_for_the_line_ends_of_macs(name, codec, end):
    content = f"Name{end}{name}{end}".encode(codec)
    assert content.decode(found(content)) == content.decode(codec)


def test_a_few_broken_bytes_do_not_unmake_utf8():
    rows = [f"Zoë {n},Müller,z{n}@x.example,DE\r\n".encode() for n in range(50)]
    rows[20] = b"Zo\xeb,M\xfcller,z@x.example,DE\r\n"
    assert found(HEADER.encode() + b"".join(rows)) == "utf-8"


def test_what_tells_may_come_late():
    plain = "Ada,Weber,a@x.example,DE\r\n" * 20_000
    content = (HEADER + plain + "Jürgen,Größl,j@x.example,DE\r\n").encode("cp1252")
    assert found(content) == "cp1252"


@given(st.text(min_size=1))
def test_utf8_is_always_utf8(text):
    assume("\x00" not in text and "\x1b" not in text and not text.startswith("\ufeff"))
    assert found(text.encode("utf-8", "ignore")) == "utf-8"


@given(st.binary(max_size=300))
def test_whatever_the_bytes_some_encoding_is_named(content):
    stream = BytesIO(content)
    content.decode(find_encoding(stream), "replace")
    assert stream.tell() == 0


def test_a_stray_byte_does_not_rule_out_a_code_page():
    rows = "Jürgen,Köln\nZoë,Genève\nAda,Bäch\n".encode("cp1252") * 20
    assert found(b"Name,City\n" + rows + b"Bo\x81,Z\xfcrich\n") == "cp1252"


def test_letters_far_behind_a_long_part_in_ascii_are_found():
    content = b"Name,City\n" + b"Ada,Brno\n" * 30_000 + "Łukasz,Wójcik\n".encode("cp1250")
    assert found(content) == "cp1250"
