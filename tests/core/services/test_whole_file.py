# SPDX-License-Identifier: MIT
import subprocess
import sys

import pytest

from leaddesk.core.services.whole_file import whole_file

FULL_DISK = """
import resource, sys
from pathlib import Path
from leaddesk.core.errors import KnownError
from leaddesk.core.services.whole_file import whole_file

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
