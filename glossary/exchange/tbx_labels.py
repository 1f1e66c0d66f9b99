"""How our columns are spelled in TBX-Basic: its picklists, and notes for what it has no category for."""

from __future__ import annotations

GENDERS = {"m": "masculine", "f": "feminine", "n": "neuter", "mf": "other", "pl": "other"}
"""Our genders as /grammaticalGender/ of the Basic module 1.2."""
PARTS_OF_SPEECH = {
    "noun": "noun",
    "name": "noun",
    "verb": "verb",
    "adjective": "adjective",
    "phrase": "other",
}
"""Our parts of speech as /partOfSpeech/ of the Min module."""
EXACT_GENDERS = {value: key for key, value in GENDERS.items() if value != "other"}
EXACT_PARTS = {
    "noun": "noun",
    "verb": "verb",
    "adjective": "adjective",
    "adverb": "phrase",
    "other": "phrase",
}

GERMAN_NOTES = {
    "genitive": "Genitive",
    "plural": "Plural",
    "inflection": "Inflection",
    "match": "Match rule",
}
"""Columns without a category in TBX-Basic that belong to the German term: written as notes with a label."""
CONCEPT_NOTES = {
    "note": "Usage",
    "false_friend": "Careful",
    "register": "Register",
    "since": "Since",
    "until": "Until",
    "reviewed": "Reviewed",
    "related": "Related",
    "domain": "Domain",
    "gender": "Gender",
    "pos": "Part of speech",
}
"""The same for the concept. Gender and part of speech only where TBX-Basic's value says less than ours."""
LABELS = {label: column for column, label in {**GERMAN_NOTES, **CONCEPT_NOTES}.items()}


def labelled(column: str, value: str) -> str:
    """A note's text: `Plural: Bundesräte`."""
    return f"{(GERMAN_NOTES | CONCEPT_NOTES)[column]}: {value}"


def split_note(text: str) -> tuple[str, str]:
    """The column and value of a note; one without a label of ours is a usage note."""
    label, colon, value = text.partition(": ")
    column = LABELS.get(label, "") if colon else ""
    return (column, value) if column else ("note", text)
