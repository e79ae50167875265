#!/usr/bin/env python3
"""Writes the tables of codes that exist: languages, countries and their subdivisions.

    python3 -m venv .venv && .venv/bin/pip install language-tags==1.3.2 langcodes==3.5.1 language-data==1.4.0 pycountry==26.2.16
    apt-get install iso-codes
    .venv/bin/python Tests/codes/make_tables.py

Sources: IANA's Language Subtag Registry (in language-tags), CLDR's aliases, English names and likely languages (in
langcodes and language-data), ISO 639-3 and ISO 3166 (in pycountry), and ISO 3166-2 as it was (in Debian's iso-codes).
"""

import importlib.metadata
import json
import pathlib
import subprocess
import textwrap
import unicodedata

import langcodes
import language_tags
import pycountry
from langcodes import data_dicts

ROOT = pathlib.Path(__file__).resolve().parents[2]
CODES = ROOT / "Sources" / "OpinionWire" / "Codes"
IANA = pathlib.Path(language_tags.__file__).parent / "data" / "json"
FORMER = pathlib.Path("/usr/share/iso-codes/json/iso_3166-2.json")

# Written standards of one language, which whoever reads the one reads as well (CLDR joins neither).
ONE_LANGUAGE = {"nb": "no", "nn": "no"}
# Names nobody can speak: several, none, unknown, not coded.
NO_LANGUAGES = {"mul", "und", "zxx", "mis"}
# Former subdivisions that share no more than a name with those of today: Nepal's.
OTHER_BORDERS = {"Zone", "Development region"}
# Kept free by ISO 3166/MA for others' use (exceptional and transitional reservations), and what is meant by them.
RESERVED = {"UK": "GB", "EL": "GR", "FX": "FR", "SU": "RU", "BU": "MM", "TP": "TL", "ZR": "CD", "DD": "DE"}


def version(package):
    return f"{package} {importlib.metadata.version(package)}"


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


# Languages

def registered():
    """IANA's languages that somebody can speak, and those ISO 639-3 has had since."""
    registry = load(IANA / "registry.json")
    codes = {entry["Subtag"]: entry for entry in registry if entry["Type"] == "language"}
    codes = {code: entry for code, entry in codes.items()
             if ".." not in code and code not in NO_LANGUAGES}
    for language in pycountry.languages:
        if not hasattr(language, "alpha_2") and language.alpha_3 not in NO_LANGUAGES:
            codes.setdefault(language.alpha_3, {})
    return codes, registry


def primary(tag):
    return tag.split("-")[0]


def language_aliases(codes):
    """What stands for what: the shortest code, what took a deprecated one's place, the language that a macro-language means."""
    aliases = {code: entry["Preferred-Value"] for code, entry in codes.items() if "Preferred-Value" in entry}
    aliases |= {code: primary(tag) for code, tag in data_dicts.LANGUAGE_REPLACEMENTS.items() if len(code) <= 3}
    for language in pycountry.languages:
        for name in ("alpha_3", "bibliographic"):
            if hasattr(language, "alpha_2") and hasattr(language, name):
                aliases[getattr(language, name)] = language.alpha_2
    # CLDR says which of the languages of a macro-language is meant by it; IANA, which it holds.
    aliases |= {code: macro for code, macro in data_dicts.NORMALIZED_MACROLANGUAGES.items()
                if codes.get(code, {}).get("Macrolanguage") == macro}
    aliases |= ONE_LANGUAGE
    return {code: resolved(code, aliases) for code in aliases if resolved(code, aliases) != code}


def resolved(code, aliases):
    seen = set()
    while code in aliases and code not in seen:
        seen.add(code)
        code = aliases[code]
    return code


def extended(registry):
    """Extended languages, which stand behind another: `zh-yue` is `yue`."""
    return sorted(entry["Subtag"] for entry in registry if entry["Type"] == "extlang")


def grandfathered(registry, aliases):
    """Tags that are read as a whole."""
    tags = {entry["Tag"].lower(): entry.get("Preferred-Value") for entry in registry
            if entry["Type"] == "grandfathered"}
    found = {tag: resolved(primary(better), aliases) for tag, better in tags.items() if better}
    return {tag: code for tag, code in found.items()
            if len(primary(tag)) in (2, 3) and primary(tag) not in (code, "sgn")}


def names():
    """English names of the languages that have two letters."""
    found = {}
    for language in pycountry.languages:
        if hasattr(language, "alpha_2"):
            name = langcodes.Language.get(language.alpha_2).display_name("en").lower()
            if name.isascii() and " " not in name:
                found[name] = langcodes.standardize_tag(language.alpha_2)
    return found


def spoken(codes, aliases):
    """What is spoken where, for countries whose code is no language: `jp` is probably `ja`."""
    found = {}
    for country in pycountry.countries:
        code = country.alpha_2.lower()
        likely = data_dicts.LIKELY_SUBTAGS.get("und-" + country.alpha_2)
        language = resolved(primary(likely or ""), aliases)
        if language in codes and code not in codes and code not in aliases:
            found[code] = language
    return found


# Countries

def plain(name):
    letters = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in letters if letter.isalpha() and letter.isascii()).lower()


def jurisdictions():
    now = {entry.code: entry.name for entry in pycountry.subdivisions}
    former = {entry["code"]: entry["name"] for entry in load(FORMER)["3166-2"]
              if entry["type"] not in OTHER_BORDERS}
    countries = sorted(country.alpha_2 for country in pycountry.countries)
    by_name = {(code[:2], plain(name)): code for code, name in now.items()}
    aliases = {code: by_name[(code[:2], plain(name))] for code, name in former.items()
               if code not in now and (code[:2], plain(name)) in by_name}
    return countries, sorted(set(now) | set(former) - set(aliases)), aliases


def country_suggestions():
    found = {country.alpha_3: country.alpha_2 for country in pycountry.countries}
    return found | RESERVED


# Swift

def literal(words, indent=8):
    lines = textwrap.wrap(" ".join(words), width=96 - indent, break_long_words=False, break_on_hyphens=False)
    pad = " " * indent
    return '"""\n' + " \\\n".join(pad + line for line in lines) + "\n" + pad + '"""'


def pairs(table):
    return [f"{left}={right}" for left, right in sorted(table.items())]


def grouped(codes, size):
    """`aa` and `ab` as `a:ab`; a group is what the first letters have in common."""
    groups = {}
    for code in sorted(codes):
        groups.setdefault(code[:size], []).append(code)
    return groups


def write(name, summary, sources, parts):
    text = f"// Made by Tests/codes/make_tables.py; don't edit.\n//\n"
    text += "".join(f"// {line}\n" for line in sources)
    text += f"\n/// {summary}\nenum {name} {{\n"
    text += "\n".join(f"    /// {doc}\n    static let {part} = {value}\n" for part, doc, value in parts)
    (CODES / f"{name}.swift").write_text(text + "}\n", encoding="utf-8")


def write_languages():
    codes, registry = registered()
    aliases = language_aliases(codes)
    kept = [code for code in codes if code not in aliases]
    missing = set(aliases.values()) - set(kept)
    assert not missing, missing
    threes = grouped([code for code in kept if len(code) == 3], 2)
    date = load(IANA / "meta.json")["File-Date"]
    write(
        "LanguageTable", "Languages that exist, and what else they are called.",
        [f"IANA Language Subtag Registry of {date} ({version('language-tags')}); CLDR ({version('langcodes')},",
         f"{version('language-data')}); ISO 639-3 ({version('pycountry')}).", ],
        [("twoLetters", "Codes of two letters.", literal(sorted(code for code in kept if len(code) == 2))),
         ("threeLetters", "Codes of three: the first two, and behind the colon each third.",
          literal(f"{front}:{''.join(code[2] for code in group)}" for front, group in threes.items())),
         ("aliases", "Other codes of those: longer ones, deprecated ones, and the language that stands for a macro-language.",
          literal(pairs(aliases))),
         ("extended", "Codes that may stand behind another language.", literal(extended(registry))),
         ("grandfathered", "Tags that are read as a whole.", literal(pairs(grandfathered(registry, aliases)))),
         ("names", "English names of languages that have two letters.", literal(pairs(
             {name: resolved(code, aliases) for name, code in names().items()}))),
         ("spoken", "What is most spoken in countries whose codes are no languages.", literal(pairs(spoken(codes, aliases))))],
    )


def write_jurisdictions():
    countries, subdivisions, aliases = jurisdictions()
    groups = grouped(subdivisions, 2)
    debian = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", "iso-codes"],
                            capture_output=True, text=True, check=True).stdout
    write(
        "JurisdictionTable", "Countries (ISO 3166-1) and their subdivisions (ISO 3166-2).",
        [f"ISO 3166 of iso-codes ({version('pycountry')}); codes that were replaced since: iso-codes {debian}."],
        [("countries", "Codes of countries.", literal(countries)),
         ("subdivisions", "Of a country, what stands behind the hyphen.",
          literal(f"{country}:{','.join(code[3:] for code in group)}" for country, group in groups.items())),
         ("aliases", "Codes that others have replaced.", literal(pairs(aliases))),
         ("suggestions", "Codes that are no countries here, and which country is meant.", literal(pairs(country_suggestions())))],
    )


if __name__ == "__main__":
    write_languages()
    write_jurisdictions()
