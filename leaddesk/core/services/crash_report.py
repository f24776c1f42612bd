# SPDX-License-Identifier: MIT
"""Reports of mistakes of ours: types and places in the code, never messages, values or leads."""

from datetime import datetime
from pathlib import Path, PurePath

import leaddesk


def report_text(error: BaseException, now: datetime, *also: str) -> str:
    """Return the report; `also` names further parts of the program and their versions."""
    import platform
    import traceback

    versions = (f"Python {platform.python_version()}", *also, platform.system())
    lines = [
        f"leaddesk {leaddesk.__version__}",
        f"at {now.isoformat(timespec='seconds')}",
        ", ".join(versions),
    ]
    link: BaseException | None = error
    while link is not None:
        lines += ["", f"{type(link).__module__}.{type(link).__qualname__}"]
        lines += [
            f"  {'/'.join(PurePath(frame.filename).parts[-3:])}:{frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(link.__traceback__)
        ]
        link = link.__cause__ or link.__context__
    return "\n".join(lines) + "\n"


def write_report(profile: Path, text: str, now: datetime) -> Path | None:
    """Put a report into a profile; return where it is, None where it cannot be written."""
    path = profile / f"crash-{now:%Y%m%d-%H%M%S}.txt"
    try:
        profile.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError:
        return None
    return path
