#!/usr/bin/env python3
"""Writes the arrival streams of a study of matching policies as text, for `OpinionBenchmarks --quality`.

    export_streams.py POLICIES.PY DIRECTORY [--rosters 3] [--reps 2] [--seed 1]

POLICIES.PY is the study's program (numpy, scipy and numba are needed to import it). Each file is one run:

    load 0.9 measure 40 216 hours 240      which hours count
    s <families> <languages> <institution> <capacity>          a specialist, in order
    r <hour> <family> <language> <institution> <urgency> <hours of service>      a request, in order of time
"""
import argparse
import importlib.util
import sys
from pathlib import Path

LOADS = ["0.7", "0.9", "0.98", "surge"]
HOURS = 240


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("policies", type=Path)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--rosters", type=int, default=3)
    parser.add_argument("--reps", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--arrival-seed", type=int, default=1000)
    options = parser.parse_args()
    study = load(options.policies)
    options.directory.mkdir(parents=True, exist_ok=True)
    for number in range(options.rosters):
        network = study.build(options.seed + number, 250)
        for load_name in LOADS:
            for rep in range(options.reps):
                seed = options.arrival_seed + rep + 100 * number
                name = options.directory / f"{load_name}-{number}-{rep}.txt"
                name.write_text("\n".join(lines(study, network, load_name, seed)) + "\n")
                print(name, file=sys.stderr)


def load(path):
    spec = importlib.util.spec_from_file_location("study", path)
    study = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(study)
    return study


def lines(study, network, load_name, seed):
    roster, capacity, institution, ptr, idx, _, _, shares = network
    sustainable, _ = study.fluid(capacity, institution, ptr, idx, shares)
    surge = HOURS / 2 if load_name == "surge" else 0
    rate = sustainable * (0.85 if surge else float(load_name))
    begin, end = (surge, surge + 12) if surge else (40, HOURS - 24)
    yield f"load {load_name} measure {begin:g} {end:g} hours {HOURS}"
    for specialist, units, place in zip(roster, capacity, institution):
        families = ",".join(str(study.FAM.index(name)) for name in specialist["families"])
        yield f"s {families} {','.join(specialist['languages'])} {place} {units}"
    times, classes, places, urgencies, services = study.arrivals(seed, shares, rate, HOURS, surge)
    for hour, kind, place, urgency, service in zip(times, classes, places, urgencies, services):
        yield f"r {hour:.9f} {kind // 6} {study.LANGS[kind % 6]} {place} {urgency} {service:.9f}"


if __name__ == "__main__":
    main()
