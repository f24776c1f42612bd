# SPDX-License-Identifier: MIT
import subprocess
import sys

import pytest

from leaddesk.core.errors import KnownError
from leaddesk.core.store.instance_lock import InstanceLock

HOLD = """
import sys
from pathlib import Path
from leaddesk.core.store.instance_lock import InstanceLock
lock = InstanceLock.take(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path):
    process = subprocess.Popen(  # noqa: S603 - this Python, with the program above
        [sys.executable, "-c", HOLD, str(tmp_path / "leaddesk.lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


@pytest.mark.usefixtures("holder")
def test_a_lock_another_process_holds_is_told(tmp_path):
    with pytest.raises(KnownError) as caught:
        InstanceLock.take(tmp_path / "leaddesk.lock")
    assert "open with this profile already" in caught.value.what
    assert "commands that only read work" in caught.value.todo


def test_the_lock_of_a_killed_process_is_free(tmp_path, holder):
    holder.kill()
    holder.wait()
    InstanceLock.take(tmp_path / "leaddesk.lock").release()


def test_a_released_lock_can_be_taken_again(tmp_path):
    lock = InstanceLock.take(tmp_path / "leaddesk.lock")
    with pytest.raises(KnownError):
        InstanceLock.take(tmp_path / "leaddesk.lock")
    lock.release()
    lock.release()
    InstanceLock.take(tmp_path / "leaddesk.lock").release()


def test_a_folder_that_is_gone_is_told(tmp_path):
    with pytest.raises(KnownError, match="cannot be used"):
        InstanceLock.take(tmp_path / "gone" / "leaddesk.lock")
