#!/usr/bin/env python3
"""All benchmarks, by one command: on a quiet machine, by hand.

    python3 Tests/OpinionBenchmarks/run.py [--policies PROGRAM] [--only-counts] [--record]

Builds in release, prints what an event, a restore and a decision cost in time, and counts instructions with
callgrind. Time is as steady as the machine; the counts hardly move, so they are compared with
`instructions.json`: more than 2 % above it is a regression, and the exit code is 1. `--record` writes
what was counted. With `--policies` the quality of the matching is measured on that study's streams as well.
Needs valgrind.

What a record costs is counted in the real loop over brokers in memory, by kind of record and by stage
(`Gauge.swift`); what a decision costs, as the difference of two runs.
"""

import argparse
import contextlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
RECORDED = HERE / "instructions.json"
TOLERANCE = 1.02
# Tables hash by a number that differs by process, unless told not to.
STEADY = dict(os.environ, SWIFT_DETERMINISTIC_HASHING="1")
# What is counted, and the two numbers of times whose difference is taken.
COUNTS = {
    "idle-2000": (2_000, 12_000),
    "decision-2000": (2_000, 12_000),
    "decision-20000": (200, 1_200),
}
MEANING = {
    "idle-2000": "a decision among 2,000 who are all free",
    "decision-2000": "a decision among 2,000, three quarters of the units in use",
    "decision-20000": "a decision among 20,000, likewise",
}
# Records of each kind that are counted, and what they are.
GAUGED = {
    "request": "a request, to its assignment",
    "opinion": "the opinion on it, to its report",
    "panel": "a panel's request, to all its assignments",
    "decline": "a decline, to the next assignment",
    "amendment": "an amendment that moves nobody",
    "withdrawal": "a withdrawal",
}
GAUGED_RECORDS = 2_000
# The stages, by the functions under which their instructions are found; the rest is the loop's.
STAGES = {
    "read": r"OpinionWire11EventReaderC5event\b|OpinionWire11EventReaderC5event_",
    "step": r"OpinionFlow5ShardV4step_",
    "write": r"OpinionWire11EventWriter\w*5write_",
    "state": r"OpinionFlow5ShardV5drain",
}


def build():
    command = ["swift", "build", "-c", "release", "--product", "OpinionBenchmarks"]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return ROOT / ".build" / "release" / "OpinionBenchmarks"


def show(title, *command):
    print(f"\n{title}", flush=True)
    subprocess.run([str(part) for part in command], cwd=ROOT, check=True)


@contextlib.contextmanager
def bare(program):
    """The program without Swift's debug information, which valgrind can't read; in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "benchmarks"
        shutil.copy(program, copy)
        subprocess.run(["strip", "--strip-debug", copy], check=True)
        yield copy


def callgrind(program, out, *arguments, options=()):
    """Instructions of a run, and what it printed."""
    command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", *options, program, *arguments]
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False, env=STEADY
    )
    found = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode != 0 or not found or int(found.group(1)) == 0:
        sys.exit(f"callgrind could not count {arguments}:\n{done.stderr[-2000:]}")
    return int(found.group(1)), done.stdout.strip()


def count(program):
    """Instructions of each kind of work, once: the difference of a long and a short run."""
    counted = {}
    for what, (few, many) in COUNTS.items():
        out = program.with_name("out")
        whole = [callgrind(program, out, "--count", what, times)[0] for times in (few, many)]
        counted[what] = round((whole[1] - whole[0]) / (many - few))
    return counted


def gauge(program):
    """Instructions of a record of each kind, whole and by stage."""
    return {kind: stages(program, kind) for kind in GAUGED}


def stages(program, kind):
    """Instructions of one kind of record; prints what the run says of itself."""
    out = program.with_name(kind)
    collected, told = callgrind(
        program, out, "--gauge", kind, GAUGED_RECORDS, options=["--toggle-collect=*gaugedRegion*"]
    )
    print(f"  {kind}: {told}", flush=True)
    whole = collected / GAUGED_RECORDS
    counted = {"whole": whole}
    shown = subprocess.run(
        ["callgrind_annotate", "--inclusive=yes", "--threshold=100", str(out)],
        capture_output=True, text=True, check=True,
    ).stdout
    for stage, pattern in STAGES.items():
        rows = [line for line in shown.splitlines() if re.search(pattern, line)]
        inclusive = [int(row.split("(")[0].replace(",", "")) for row in rows]
        counted[stage] = max(inclusive, default=0) / GAUGED_RECORDS
    counted["loop"] = whole - sum(counted[stage] for stage in STAGES)
    return {stage: round(value) for stage, value in counted.items()}


def compare(counted):
    """Prints a line each; whether none is a regression."""
    recorded = json.loads(RECORDED.read_text()) if RECORDED.exists() else {}
    print("\nInstructions of a decision")
    return all([line(now, recorded.get(what), MEANING[what]) for what, now in counted.items()])


def compare_gauged(gauged):
    """Prints a line for each kind of record, with its stages; whether none is a regression."""
    recorded = json.loads(RECORDED.read_text()) if RECORDED.exists() else {}
    print("\nInstructions of a record, in the real loop")
    heads = "".join(f"{stage:>9}" for stage in [*STAGES, "loop"])
    print(f"  {'whole':>9}                   {heads}")
    is_well = True
    for kind, counted in gauged.items():
        parts = "".join(f"{counted[stage]:>9,}" for stage in [*STAGES, "loop"])
        before = recorded.get(kind)
        is_well &= line(counted["whole"], before, f"{parts}  {GAUGED[kind]}")
    return is_well


def line(now, before, text):
    """Prints a count and its ratio to the recorded one; whether that is no regression."""
    ratio = now / before if before else 1
    worse = ratio > TOLERANCE
    print(f"  {now:>9,}  {ratio:5.2f} of recorded {text}{'  MORE' if worse else ''}")
    return not worse


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
    print("\nWhat is counted", flush=True)
    with bare(program) as copy:
        gauged = gauge(copy)
        counted = count(copy)
    is_well = compare(counted)
    is_well = compare_gauged(gauged) and is_well
    if options.record:
        counted |= {kind: parts["whole"] for kind, parts in gauged.items()}
        RECORDED.write_text(json.dumps(counted, indent=2) + "\n")
    return 0 if is_well or options.record else 1


if __name__ == "__main__":
    sys.exit(main())
