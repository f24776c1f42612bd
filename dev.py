#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""One door to leaddesk's source. Needs Python 3.11 or newer and nothing else.

    python3 dev.py run  [ARGUMENTS]   set up what is missing, open the window on demo data
    python3 dev.py leaddesk [ARGS]    set up what is missing, start leaddesk on your own leads
    python3 dev.py test [ARGUMENTS]   set up what is missing, run all tests (arguments of pytest)
    python3 dev.py lint               ruff, mypy and the contracts of the layers
    python3 dev.py check              lint, then test
    python3 dev.py build              the one-folder program in dist/leaddesk, and its self-test
    python3 dev.py bench [ARGUMENTS]  measure what leaddesk promises
    python3 dev.py lock [ARGUMENTS]   write requirements*.txt anew from pyproject.toml (needs uv)

Everything Python needs goes into .venv, every file checked against its hash. On Debian and Ubuntu,
system packages that are missing are installed when you are root, else named in one line.
"""

from __future__ import annotations  # so that an older Python gets as far as the sentence below

import compileall
import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "leaddesk.stamp"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = str(BIN / "python")
PYTHON_NAME = f"python{sys.version_info[0]}.{sys.version_info[1]}"

RUNTIME = "requirements.txt"
EVERYTHING = "requirements-dev.txt"  # holds all of RUNTIME, with the same pins

# What Qt links on Linux, and the Debian package that brings it. Newer releases call the first one
# libglib2.0-0t64; apt-get still finds it by the old name.
QT_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
WINDOW_LIBRARIES = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}


def run(arguments: list[str]) -> int:
    """Open the window on demo data; without a display the program walks the demo off-screen."""
    return leaddesk(["--demo", *arguments])


def leaddesk(arguments: list[str]) -> int:
    """Start leaddesk: its window, or the command that the arguments name."""
    has_display = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    prepare(RUNTIME, {**QT_LIBRARIES, **WINDOW_LIBRARIES} if has_display else QT_LIBRARIES)
    # Files that the arguments name are looked for where the person is, not in ROOT.
    return execute([PYTHON, "-m", "leaddesk", *arguments], folder=None)


def test(arguments: list[str]) -> int:
    """Run the tests, on every processor; the last line is pytest's own."""
    prepare(EVERYTHING, QT_LIBRARIES)
    return execute([PYTHON, "-m", "pytest", "-n", "auto", *arguments], off_screen=True)


def lint(_arguments: list[str]) -> int:
    """Run all static checks, even when the first one finds something."""
    prepare(EVERYTHING, QT_LIBRARIES)
    failed = 0
    for command in (["ruff", "check"], ["ruff", "format", "--check"], ["mypy"], ["lint-imports"]):
        say(" ".join(command))
        failed |= execute([str(BIN / command[0]), *command[1:]])
    return failed


def check(arguments: list[str]) -> int:
    """Run everything a change must pass."""
    return lint([]) or test(arguments)


def build(_arguments: list[str]) -> int:
    """Freeze the program into one folder and let it test itself."""
    prepare(EVERYTHING, {**QT_LIBRARIES, f"lib{PYTHON_NAME}.so.1.0": f"lib{PYTHON_NAME}"})
    if sys.platform == "linux" and shutil.which("objdump") is None:
        install_packages(["binutils"])
    freeze = [PYTHON, "-m", "PyInstaller", "--noconfirm", "--log-level=WARN", "build.spec"]
    program = ROOT / "dist" / "leaddesk" / "leaddesk"
    return execute(freeze) or execute([str(program), "--self-test"], off_screen=True)


def bench(arguments: list[str]) -> int:
    """Print the table of measured promises."""
    prepare(EVERYTHING, QT_LIBRARIES)
    return execute([PYTHON, "-m", "benchmarks", *arguments], off_screen=True)


def lock(arguments: list[str]) -> int:
    """Write the locked requirements; with --upgrade also newer versions of what is not pinned."""
    uv = shutil.which("uv", path=os.pathsep.join([str(BIN), os.environ.get("PATH", os.defpath)]))
    if uv is None:
        sys.exit("Locking needs uv: pip install uv")
    style = ["--universal", "--generate-hashes", "--no-header", "--no-annotate", "--quiet"]
    compiling = [uv, "pip", "compile", "pyproject.toml", "--python-version=3.11", *style]
    everything = ["--group=dev", f"--constraint={RUNTIME}", f"--output-file={EVERYTHING}"]
    return execute([*compiling, f"--output-file={RUNTIME}", *arguments]) or execute(
        [*compiling, *everything, *arguments]
    )


def prepare(requirements: str, libraries: dict[str, str]) -> None:
    """Make the machine ready: system libraries, .venv with the locked packages, bytecode."""
    installed = STAMP.read_text(encoding="ascii").split() if STAMP.exists() else []
    is_new = digest(RUNTIME) not in installed
    packages = missing_packages(libraries) if sys.platform == "linux" else []
    if is_new and find_spec("ensurepip") is None:  # Debian keeps it in a package of its own
        packages.append(f"{PYTHON_NAME}-venv")
    install_packages(packages)
    if is_new:
        make_venv()
    if digest(requirements) not in installed:
        say(f"Installing {requirements} into .venv (once; a minute or two on a slow line)")
        pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        if execute([*pip, "--require-hashes", "--requirement", requirements]):
            sys.exit("The packages could not be installed; pip says why above.")
        STAMP.write_text(f"{digest(RUNTIME)}\n{digest(requirements)}\n", encoding="ascii")
    # Python does not keep bytecode where PYTHONDONTWRITEBYTECODE is set, and starts much slower.
    compileall.compile_dir(str(ROOT / "leaddesk"), quiet=1)


def digest(requirements: str) -> str:
    """Return what .venv depends on, as a hash: the locked packages and this Python's 3.x."""
    version = f"{sys.implementation.name} {sys.version_info[:2]}"
    return hashlib.sha256((ROOT / requirements).read_bytes() + version.encode()).hexdigest()


def make_venv() -> None:
    """Make .venv from nothing; one that is half made or of another Python is replaced."""
    if Path(sys.prefix).resolve() == VENV:
        sys.exit("This .venv is out of date. Run `deactivate`, then the same command again.")
    if execute([sys.executable, "-m", "venv", "--clear", str(VENV)]):
        sys.exit(f"{sys.executable} could not make .venv; it says why above.")


def missing_packages(libraries: dict[str, str]) -> list[str]:
    """Return the Debian packages of the libraries that the linker does not find."""
    missing = []
    for soname, package in libraries.items():
        try:
            ctypes.CDLL(soname)
        except OSError:
            missing.append(package)
    return missing


def install_packages(packages: list[str]) -> None:
    """Install Debian packages as root; leave with one line that names them otherwise."""
    if not packages:
        return
    names = " ".join(packages)
    if shutil.which("apt-get") is None:
        sys.exit(f"Missing here; please install (names as in Debian): {names}")
    if os.geteuid() != 0:
        sys.exit(f"Missing here: sudo apt-get install -y --no-install-recommends {names}")
    say(f"Installing {names}")
    apt = ["apt-get", "-qq", "-o=Dpkg::Use-Pty=0"]
    execute([*apt, "update"], quiet=True)
    if execute([*apt, "install", "-y", "--no-install-recommends", *packages], quiet=True):
        sys.exit(f"apt-get could not install {names}; it says why above.")


def execute(
    command: list[str],
    *,
    folder: Path | None = ROOT,
    off_screen: bool = False,
    quiet: bool = False,
) -> int:
    """Run a command in a folder (None: where we are) and return its exit status."""
    environment = {"DEBIAN_FRONTEND": "noninteractive", **os.environ, "PYTHONPATH": str(ROOT)}
    if off_screen:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    output = subprocess.DEVNULL if quiet else None
    done = subprocess.run(  # noqa: S603 - only commands written in this file, and no shell
        command, cwd=folder, env=environment, stdout=output, check=False
    )
    return done.returncode


def say(text: str) -> None:
    """Tell the person at the terminal what happens now."""
    sys.stderr.write(f"\N{BULLET} {text}\n")
    sys.stderr.flush()


COMMANDS = {
    "run": run,
    "leaddesk": leaddesk,
    "test": test,
    "lint": lint,
    "check": check,
    "build": build,
    "bench": bench,
    "lock": lock,
}


def main(arguments: list[str]) -> int:
    """Run the command named first; without one, say what there is."""
    if sys.version_info < (3, 11):  # noqa: UP036 - an older Python may well be started on this
        sys.exit(f"leaddesk needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    if not arguments or arguments[0] not in COMMANDS:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    try:
        return COMMANDS[arguments[0]](arguments[1:])
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
