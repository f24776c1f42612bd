# SPDX-License-Identifier: MIT
"""The door: arguments first, then the window or the command line, each imported only then."""

import io
import os
import sys
from dataclasses import dataclass
from pathlib import Path

PROFILE_VARIABLE = "LEADDESK_PROFILE"


@dataclass(frozen=True, slots=True)
class WindowArguments:
    """What to open: a profile (None: the usual one), the demo, or a check of the program itself."""

    profile: Path | None = None
    demo: bool = False
    self_test: bool = False


def window_arguments(arguments: list[str]) -> WindowArguments | None:
    """Return what the arguments ask of the window; None when they are for the command line."""
    profile = os.environ.get(PROFILE_VARIABLE, "")
    flags = set()
    rest = list(arguments)
    while rest:
        argument = rest.pop(0)
        if argument in {"--demo", "--self-test"}:
            flags.add(argument)
        elif argument.startswith("--profile="):
            profile = argument.removeprefix("--profile=")
        elif argument == "--profile" and rest:
            profile = rest.pop(0)
        else:
            return None
    return WindowArguments(
        Path(profile) if profile else None, "--demo" in flags, "--self-test" in flags
    )


def main() -> int:
    """Run leaddesk and return its exit status: 0 done, 1 done with problems, 2 refused."""
    if getattr(sys, "frozen", False) and "--multiprocessing-fork" in sys.argv:
        from multiprocessing import freeze_support

        freeze_support()  # this is the second process of an import; it never comes back
    _speak_utf8()
    _use_our_time_zones()
    try:
        return _run()
    except KeyboardInterrupt:  # while something is still being imported
        sys.stderr.write("Stopped.\n")
        return 2


def _run() -> int:
    arguments = window_arguments(sys.argv[1:])
    if arguments is None:
        from leaddesk import cli

        return cli.main(sys.argv[1:])
    if arguments.demo or arguments.self_test:
        from leaddesk import walk

        return walk.self_test() if arguments.self_test else walk.demo()
    from leaddesk import app

    return app.window(arguments.profile)


def _speak_utf8() -> None:
    """Read and write UTF-8 whatever the terminal is set to; file names may hold other bytes."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream is sys.stdin:
                stream.reconfigure(encoding="utf-8-sig", errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _use_our_time_zones() -> None:
    """Let `zoneinfo`, which nobody has imported yet, read the data that is pinned with us.

    docs/adr/0013-time-zones-of-our-own.md says why, and why by the environment.
    """
    import tzdata  # type: ignore[import-untyped]  # a folder of data, with no types to tell

    folder = str(Path(tzdata.__file__).parent / "zoneinfo")
    # In a path with the separator it would be two; with none at all the same data is found, later.
    os.environ["PYTHONTZPATH"] = "" if os.pathsep in folder else folder


if __name__ == "__main__":
    sys.exit(main())
