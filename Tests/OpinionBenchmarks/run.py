#!/usr/bin/env python3
"""All benchmarks, by one command: on a quiet machine, by hand.

    python3 Tests/OpinionBenchmarks/run.py [--policies PROGRAM] [--only-counts] [--record]

Builds in release, prints what an event, a restore and a decision cost in time, and counts instructions with
callgrind. Time is as steady as the machine; the counts hardly move, so they are held against
`instructions.json`: more than a twentieth above it is a regression, and the exit code is 1. `--record` writes
what was counted. With `--policies` the quality of the matching is measured on that study's streams as well.
Needs valgrind.
"""

import argparse
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
RECORDED = HERE / "instructions.json"
TOLERANCE = 1.05
# What is counted, and the two numbers of times whose difference is taken.
COUNTS = {
    "idle-2000": (2_000, 12_000),
    "decision-2000": (2_000, 12_000),
    "decision-20000": (200, 1_200),
    "request": (1_000, 3_000),
}
MEANING = {
    "idle-2000": "a decision among 2,000 who are all free",
    "decision-2000": "a decision among 2,000, three quarters of the units in use",
    "decision-20000": "a decision among 20,000, likewise",
    "request": "a request to its report, with events and state",
}


def build():
    command = ["swift", "build", "-c", "release", "--product", "OpinionBenchmarks"]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return ROOT / ".build" / "release" / "OpinionBenchmarks"


def show(title, *command):
    print(f"\n{title}", flush=True)
    subprocess.run([str(part) for part in command], cwd=ROOT, check=True)


def instructions(program, what, times, folder):
    """Instructions of the whole run."""
    command = [
        "valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/out",
        str(program), "--count", what, str(times),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode != 0 or not found:
        sys.exit(f"callgrind could not count {what}:\n{done.stderr[-2000:]}")
    return int(found.group(1))


def count(program):
    """Instructions of each kind of work, once."""
    counted = {}
    with tempfile.TemporaryDirectory() as folder:
        # Valgrind can't read Swift's debug information.
        bare = pathlib.Path(folder) / "benchmarks"
        shutil.copy(program, bare)
        subprocess.run(["strip", "--strip-debug", bare], check=True)
        for what, (few, many) in COUNTS.items():
            difference = instructions(bare, what, many, folder) - instructions(bare, what, few, folder)
            counted[what] = round(difference / (many - few))
    return counted


def compare(counted):
    """Prints a line each; whether none is a regression."""
    recorded = json.loads(RECORDED.read_text()) if RECORDED.exists() else {}
    is_well = True
    print("\nInstructions")
    for what, now in counted.items():
        before = recorded.get(what)
        ratio = now / before if before else 1
        worse = ratio > TOLERANCE
        is_well = is_well and not worse
        mark = "  MORE" if worse else ""
        print(f"  {now:>9,}  {ratio:5.2f} of recorded  {MEANING[what]}{mark}")
    return is_well


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--policies", help="the study's program, to measure quality on its streams")
    parser.add_argument("--only-counts", action="store_true")
    parser.add_argument("--record", action="store_true")
    options = parser.parse_args()
    program = build()
    if not options.only_counts:
        show("An event, microseconds of one core", program, "20000")
        show("Decisions", program, "--decisions")
        show("A million open requests read back", program, "--restore", "1000000")
    if options.policies:
        with tempfile.TemporaryDirectory() as folder:
            export = ROOT / "Tests" / "quality" / "export_streams.py"
            subprocess.run([sys.executable, export, options.policies, folder], check=True)
            show("Quality", program, "--quality", folder)
    counted = count(program)
    is_well = compare(counted)
    if options.record:
        RECORDED.write_text(json.dumps(counted, indent=2) + "\n")
    return 0 if is_well or options.record else 1


if __name__ == "__main__":
    sys.exit(main())
