#!/usr/bin/env python3
"""Spoils the good examples of what comes in, a keyword of their schemas at a time.

    python3 Tests/schemas/spoil.py          # says whether spoiled.jsonl is up to date
    python3 Tests/schemas/spoil.py --write  # writes it

Each line is an example, a place in it, what stands there instead (nothing: it is left out), how many times over if it is
long, and whether the schema takes that. The tests of the reader hold its word against it. Needs `jsonschema`.
"""

import copy
import datetime
import json
import pathlib
import re
import sys

from jsonschema import Draft202012Validator, FormatChecker

HERE = pathlib.Path(__file__).resolve().parent
SCHEMAS = HERE.parents[1] / "Schemas"
FILE = HERE / "spoiled.jsonl"
PREFIX = "org.opiniond."
INCOMING = (
    "request.submitted.v1", "request.amended.v1", "request.withdrawn.v1", "request.directed.v1",
    "specialist.profiled.v1", "response.accepted.v1", "response.declined.v1",
    "response.withdrawn.v1", "response.opinion-submitted.v1",
)
# What a schema says of a place by these words is spoiled; the others only lead there.
KEYWORDS = {
    "type", "enum", "const", "pattern", "format", "minLength", "maxLength", "minimum", "maximum",
    "minItems", "maxItems", "required", "contains",
}
LEADING = {
    "$ref", "properties", "items", "if", "then", "else", "minContains", "maxContains",
    "description", "default", "title", "$schema", "$id", "$defs",
}
# A year in which nobody was born who is ill today: the schema doesn't know the day.
UNKNOWABLE = {("birthYear", 2199), ("birthYear", 2200)}
ABSENT = object()


class Times:
    """A character or an element many times over."""

    def __init__(self, one, times):
        self.one, self.times = one, times

    @property
    def whole(self):
        return self.one * self.times if isinstance(self.one, str) else [self.one] * self.times


FORMATS = FormatChecker(formats=["date"])


@FORMATS.checks("date-time")
def is_moment(text):
    """Whether it is a day of the calendar; the pattern has seen to the rest."""
    if not isinstance(text, str):
        return True
    try:
        datetime.date.fromisoformat(text[:10])
    except ValueError:
        return False
    return not text[17:19] == "60"


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def of_another_type(types):
    values = [None, True, 7, 1.5, "x", [], {}]
    names = ["null", "boolean", "integer", "number", "string", "array", "object"]
    types = set([types] if isinstance(types, str) else types)
    if "number" in types:
        types.add("integer")
    return [value for value, name in zip(values, names) if name not in types]


def outside(pattern, value):
    """Texts near a good one that a pattern may refuse, or take."""
    texts = ["", " ", value + " ", " " + value, value + "é", value[:-1], value + value, value.upper(),
             value.lower(), value + "-", value.replace("/", "-"), "0" + value, value + "\x7f"]
    return sorted(set(texts) - {value})


def spoils(schema, value, name):
    """What may stand instead of a value by a schema: inside and outside of each keyword."""
    for keyword, rule in schema.items():
        if keyword == "type":
            yield from of_another_type(rule)
        elif keyword in ("enum", "const"):
            good = rule if keyword == "enum" else [rule]
            yield from good + [str(good[0]).upper(), str(good[0]) + "x", "", 7, None]
        elif keyword == "pattern":
            yield from outside(rule, value)
        elif keyword == "format":
            yield from [value.replace(value[5:10], day, 1) for day in ("02-30", "02-29", "04-31", "13-01")]
        elif keyword in ("minLength", "maxLength"):
            yield from [Times(value[0], rule + extra) for extra in (-1, 0, 1) if rule + extra >= 0]
        elif keyword in ("minimum", "maximum"):
            yield from [n for n in (rule - 1, rule, float(rule), rule + 0.5, rule + 1)
                        if (name, n) not in UNKNOWABLE]
        elif keyword in ("minItems", "maxItems") and value:
            yield from [Times(value[0], rule + extra) for extra in (0, 1)]
        elif keyword == "contains":
            yield from [[], value[1:], value + [value[0]]]
        elif keyword not in KEYWORDS | LEADING:
            raise SystemExit(f"{keyword} is a word that nobody here knows how to break")


def resolved(schema, root):
    if "$ref" in schema:
        target = root["$defs"][schema["$ref"].split("/")[-1]]
        return {**target, **{k: v for k, v in schema.items() if k != "$ref"}}
    return schema


def places(value, schema, root, path=()):
    """Every place that both an example and its schema have, with the schema's word on it."""
    schema = resolved(schema, root)
    yield path, value, schema
    for name, inner in schema.get("properties", {}).items():
        if isinstance(value, dict) and name in value:
            yield from places(value[name], inner, root, path + (name,))
    if isinstance(value, list) and value and "items" in schema:
        yield from places(value[0], schema["items"], root, path + (0,))


def changed(event, path, value):
    if not path:
        return value
    event = copy.copy(event)
    if value is ABSENT and len(path) == 1:
        del event[path[0]]
    else:
        event[path[0]] = changed(event[path[0]], path[1:], value)
    return event


def examples():
    """Of each kind the fullest first, so that the others add little."""
    paths = sorted((SCHEMAS / "examples" / "good").glob("*.json"))
    events = [(path.name, load(path)) for path in paths]
    events = [(name, event) for name, event in events if event.get("type", "")[len(PREFIX):] in INCOMING]
    return sorted(events, key=lambda named: (named[1]["type"], -len(json.dumps(named[1]))))


def cases(event, root, seen):
    """Each place of which nothing was said before, and what may stand there."""
    for place, value, schema in places(event, root, root):
        for name in schema.get("required", []) if isinstance(value, dict) else []:
            if name in value and (place, name) not in seen:
                seen.add((place, name))
                yield place + (name,), ABSENT
        if place and place not in seen:
            seen.add(place)
            for spoiled in spoils(schema, value, place[-1]):
                yield place, spoiled
    if ("data",) + (ABSENT,) not in seen:
        seen.add(("data",) + (ABSENT,))
        yield ("data",), ABSENT


def lines():
    seen = {}
    told = set()
    for name, event in examples():
        root = load(SCHEMAS / (event["type"][len(PREFIX):] + ".json"))
        validator = Draft202012Validator(root, format_checker=FORMATS)
        for place, value in cases(event, root, seen.setdefault(event["type"], set())):
            line = {"of": name, "at": list(place)}
            if isinstance(value, Times):
                line["times"] = value.times
            whole = value.whole if isinstance(value, Times) else value
            if value is not ABSENT:
                line["is"] = value.one if isinstance(value, Times) else value
            line["valid"] = validator.is_valid(changed(event, place, whole))
            text = json.dumps(line)
            if text not in told:
                told.add(text)
                yield text


def text():
    return "".join(line + "\n" for line in lines())


def problems():
    """Nothing where the file is what the schemas say."""
    if FILE.exists() and FILE.read_text(encoding="utf-8") == text():
        return []
    return ["spoiled.jsonl is not what the schemas say: python3 Tests/schemas/spoil.py --write"]


def main():
    if "--write" in sys.argv:
        FILE.write_text(text(), encoding="utf-8")
    print("\n".join(problems()), end="")
    return 1 if problems() else 0


if __name__ == "__main__":
    sys.exit(main())
