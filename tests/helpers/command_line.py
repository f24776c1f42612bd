# SPDX-License-Identifier: MIT
"""leaddesk run as a process of its own, as a person or a script does."""

import json
import os
import subprocess
import sys
from pathlib import Path

DONE, WITH_PROBLEMS, REFUSED = 0, 1, 2
ROOT = Path(__file__).parents[2]
PROGRAM = (sys.executable, "-m", "leaddesk")


def leaddesk(*arguments: object, stdin: str = "", limit: int | None = None, **environment: str):
    """Run one command; `limit`: the most bytes a file may have."""

    def full_disk() -> None:
        import resource  # not on Windows

        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = subprocess.run(  # noqa: S603 - our own program
        [*PROGRAM, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
        env=os.environ | {"PYTHONUTF8": "1"} | environment,
        preexec_fn=full_disk if limit is not None else None,
    )
    assert "Traceback" not in done.stderr
    return done


def parsed(*arguments: object):
    """Run one command; return its status and what it says as JSON."""
    done = leaddesk(*arguments, "--json")
    return done.returncode, json.loads(done.stdout)


def refused(*arguments: object, **environment: str) -> str:
    """Run one command that has to be refused; return the one line it says."""
    done = leaddesk(*arguments, **environment)
    assert (done.returncode, done.stdout) == (REFUSED, ""), done
    (line,) = done.stderr.splitlines()
    return line
