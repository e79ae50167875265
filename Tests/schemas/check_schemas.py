#!/usr/bin/env python3
"""Checks the schemas, and the examples against them.

Every schema is a schema, every good example is valid, and every bad one that is said to break its
schema or the envelope does. What `spoil.py` made of them is what it would make now. Exit code 1 and a line for each that isn't so. Needs `jsonschema`.
"""

import json
import pathlib
import sys

from jsonschema import Draft202012Validator

import spoil

SCHEMAS = pathlib.Path(__file__).resolve().parents[2] / "Schemas"
BASE = "https://opiniond.org/schemas/"
PREFIX = "org.opiniond."
PLAIN = ("health", "settings")  # no events
WRONG_SETTINGS = [
    {"matching": {"minimumLevel": 6}}, {"matching": {"expireDays": "60"}}, {"matchng": {}},
    {"matching": {"mode": "ask"}}, {"matching": {"panels": {"seats": {"breast": []}}}},
    {"kafka": {"properties": {"a": []}}}, {"matching": {"gates": {"residences": "IN"}}},
]
REASONS = {
    "not-json", "not-interoperable", "too-large", "not-cloudevent", "unknown-type",
    "schema", "unknown-family", "secondary-only", "key-mismatch",
}

problems = []


def complain(path, what):
    problems.append(f"{path.relative_to(SCHEMAS)}: {what}")


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def load_validators():
    validators = {}
    for path in sorted(SCHEMAS.glob("*.json")):
        schema = load(path)
        Draft202012Validator.check_schema(schema)
        if schema.get("$id") != BASE + path.name:
            complain(path, "$id is not the file's address")
        validators[path.stem] = Draft202012Validator(
            schema, format_checker=Draft202012Validator.FORMAT_CHECKER
        )
    return validators


def structured(case):
    """The event as one object, whichever mode it came in."""
    headers = case["headers"]
    if "ce_specversion" not in headers:
        return case["event"]
    event = {name[3:]: value for name, value in headers.items() if name.startswith("ce_")}
    if "content-type" in headers:
        event["datacontenttype"] = headers["content-type"]
    return {**event, "data": case["event"]}


def schema_name(event):
    kind = event.get("type") if isinstance(event, dict) else None
    return kind[len(PREFIX):] if isinstance(kind, str) and kind.startswith(PREFIX) else "cloudevent"


def pointer_of(error):
    """Where an error lies; of a missing member, where it would be."""
    parts = [str(part) for part in error.absolute_path]
    if error.validator == "required":
        parts += [name for name in error.validator_value if name not in error.instance][:1]
    return "".join("/" + part for part in parts)


def check_good(validators):
    seen = {}
    for path in sorted((SCHEMAS / "examples" / "good").glob("*.json")):
        event = load(path)
        name = next((kind for kind in PLAIN if path.name.startswith(kind + ".")), schema_name(event))
        seen[name] = seen.get(name, 0) + 1
        if not path.name.startswith(name + "."):
            complain(path, f"is an example of {name}")
        checks = [name] if name in PLAIN else [name, "cloudevent"]
        for check in checks:
            for error in validators[check].iter_errors(event):
                complain(path, f"{check}: {pointer_of(error)}: {error.validator}")
    for name in validators:
        if name != "cloudevent" and seen.get(name, 0) < 2:
            problems.append(f"{name}: fewer than two good examples")


def check_settings(validator):
    for wrong in WRONG_SETTINGS:
        if validator.is_valid(wrong):
            problems.append(f"settings: {wrong} is valid")


def check_bad(validators):
    seen = set()
    for path in sorted((SCHEMAS / "examples" / "bad").glob("*.json")):
        case = load(path)
        reason = case["reason"]
        seen.add(reason)
        if reason not in REASONS or not path.name.startswith(reason + "."):
            complain(path, "its name begins with another reason, or with none")
        if ("event" in case) == ("valueText" in case):
            complain(path, "needs either event or valueText")
        if reason not in ("schema", "not-cloudevent") or "event" not in case:
            continue
        event = structured(case)
        name = schema_name(event)
        errors = list(validators[name].iter_errors(event))
        if not errors:
            complain(path, f"is valid as {name}")
        elif case["pointer"] not in map(pointer_of, errors):
            complain(path, f"{case['pointer']} is none of {sorted(map(pointer_of, errors))}")
    for reason in REASONS - seen:
        problems.append(f"{reason}: no bad example")


def main():
    validators = load_validators()
    check_good(validators)
    check_bad(validators)
    check_settings(validators["settings"])
    problems.extend(spoil.problems())
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{len(validators)} schemas, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
