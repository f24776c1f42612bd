# SPDX-License-Identifier: MIT
import errno
import os
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

from leaddesk.core.errors import KnownError
from leaddesk.core.services.whole_file import read_if_there, read_whole, whole_file, whole_files

FULL_DISK = """
import resource, sys
from pathlib import Path
from leaddesk.core.errors import KnownError
from leaddesk.core.services.whole_file import read_if_there, read_whole, whole_file, whole_files

path = Path(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, resource.RLIM_INFINITY))
try:
    with whole_file(path) as stream:
        stream.write("x" * 50_000)
except KnownError as error:
    print(error.what)
print(path.read_text(), sorted(found.name for found in path.parent.iterdir()))
"""


def test_nothing_is_seen_of_a_file_until_it_is_whole(tmp_path):
    path = tmp_path / "out.csv"
    path.write_text("older")
    with whole_file(path) as stream:
        stream.write("new\r\n")
        assert path.read_text() == "older"
    assert path.read_bytes() == b"new\r\n"


def test_an_error_leaves_the_older_file(tmp_path):
    path = tmp_path / "out.csv"
    path.write_text("older")

    def fail():
        with whole_file(path) as stream:
            stream.write("half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert path.read_text() == "older"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of file sizes")
def test_a_full_disk_is_told_and_leaves_the_older_file(tmp_path):
    path = tmp_path / "out.csv"
    path.write_text("older")
    found = subprocess.run(  # noqa: S603 - this Python, with the program above
        [sys.executable, "-c", FULL_DISK, str(path)], capture_output=True, text=True, check=True
    )
    sentence, rest = found.stdout.splitlines()
    assert "could not be written" in sentence
    assert rest == "older ['out.csv']"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_what_is_no_file_is_never_replaced(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (pipe, tmp_path, Path(), Path(tmp_path.anchor)):
        with pytest.raises(KnownError, match="it is no file"), whole_file(path):
            pass
    assert pipe.is_fifo()


def test_the_longest_name_a_file_can_have_will_do(tmp_path):
    path = tmp_path / ("x" * 251 + ".csv")
    with whole_file(path) as stream:
        stream.write("new")
    assert path.read_text() == "new"


def test_what_is_read_is_whole_and_its_bad_bytes_are_seen(tmp_path):
    path = tmp_path / "rules.toml"
    assert read_if_there(path) is None
    path.write_bytes("grün".encode() + b"\xff")
    assert read_whole(path) == read_if_there(path) == "grün\udcff"


def test_what_cannot_be_read_is_told(tmp_path):
    with pytest.raises(KnownError, match=r"gone cannot be read: .* Check the name"):
        read_whole(tmp_path / "gone")
    with pytest.raises(KnownError, match="cannot be read"):
        read_if_there(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(KnownError, match="cannot be read"):
        read_if_there(tmp_path / "file" / "in")


def test_of_several_files_all_appear_or_none(tmp_path):
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("older")

    def fail():
        with whole_files() as opened:
            opened(first).write("1")
            opened(second).write("2")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert (first.read_text(), list(tmp_path.iterdir())) == ("older", [first])
    with whole_files() as opened:
        opened(first).write("1")
        opened(second).write("2")
        assert first.read_text() == "older"
        assert not second.exists()
    assert (first.read_text(), second.read_text()) == ("1", "2")
    assert sorted(tmp_path.iterdir()) == [first, second]


@pytest.mark.parametrize("has_links", [True, False])
def test_what_belongs_to_the_files_fails_and_they_are_as_before(tmp_path, monkeypatch, has_links):
    if not has_links:

        def refuse(*_args, **_kwargs):
            raise OSError(errno.EPERM, "Operation not permitted")

        monkeypatch.setattr(os, "link", refuse)
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("older")
    seen = []

    def look():
        seen.append((first.read_text(), second.read_text()))

    def fail():
        look()
        raise ZeroDivisionError

    for then, error in ((fail, pytest.raises(ZeroDivisionError)), (look, nullcontext())):
        with error, whole_files(then) as opened:
            opened(first).write("1")
            opened(second).write("2")
        if then is fail:
            assert (first.read_text(), list(tmp_path.iterdir())) == ("older", [first])
    assert (first.read_text(), second.read_text()) == ("1", "2")
    assert sorted(tmp_path.iterdir()) == [first, second]
    assert seen == [("1", "2")] * 2


def test_a_name_that_was_taken_meanwhile_takes_the_others_back(tmp_path):
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("older")

    def write():
        with whole_files() as opened:
            opened(first).write("1")
            opened(second).write("2")
            second.mkdir()

    with pytest.raises(KnownError, match="could not be written"):
        write()
    assert (first.read_text(), sorted(tmp_path.iterdir())) == ("older", [first, second])
