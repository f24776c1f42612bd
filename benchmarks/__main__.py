# SPDX-License-Identifier: MIT
"""Print the table of measured promises; exit 1 when one is not kept."""

import os
import sys
from collections.abc import Iterable

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from benchmarks import (
    asking,
    assessing,
    calling,
    duplicates,
    exporting,
    following_up,
    growing,
    importing,
    importing_beside,
    listing,
    starting,
)
from benchmarks.measuring import Figure

SUBJECTS = {
    "assessing": assessing,
    "asking": asking,
    "calling": calling,
    "listing": listing,
    "following-up": following_up,
    "duplicates": duplicates,
    "starting": starting,
    "importing": importing,
    "importing-beside": importing_beside,
    "exporting": exporting,
    "growing": growing,
}


def main(wanted: Iterable[str]) -> int:
    names = list(wanted) or list(SUBJECTS)
    print("| what | figure | goal | beside | ratio |\n|---|---:|---:|---|---:|")
    kept = True
    for name in names:
        for figure in SUBJECTS[name].figures():
            print(line(figure), flush=True)
            kept = kept and figure.kept
    return 0 if kept else 1


def line(figure: Figure) -> str:
    goal = "" if figure.goal is None else f"{figure.goal:g} {figure.unit}"
    missed = "" if figure.kept else " **missed**"
    ratio = "" if figure.ratio is None else f"{figure.ratio:.3g}"
    return (
        f"| {figure.what} | {figure.value:.3g} {figure.unit}{missed} | {goal} "
        f"| {figure.peer} | {ratio} |"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
