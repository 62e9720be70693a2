"""Finds where two answers differ, after what must differ between two servers is made the same."""

from __future__ import annotations

import re
from dataclasses import dataclass

from recording import Answer

# What no two servers can agree on, and the form of it, which they must.
FORMS = [
    (re.compile(r"eyJ[\w-]+\.[\w-]+\.[\w-]+"), "<token of three parts>"),
    (re.compile(r"eyJ[\w-]+\.[\w-]+"), "<token of two parts>"),
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), "<uuid>"),
    (re.compile(r"\b[0-9a-f]{40}\b"), "<40 digits>"),
    (re.compile(r"\b[0-9A-Za-z]{40}\b"), "<40 characters>"),
    (re.compile(r"\b[0-9a-f]{32}\b"), "<32 digits>"),
    (re.compile(r"\b[0-9a-f]{8}-"), "<8 digits>-"),
]
TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


class _Missing:
    def __repr__(self):
        return "nothing"


MISSING = _Missing()


@dataclass(frozen=True)
class Difference:
    """`where` is the method or case and a path such as `$.results[].id`."""

    where: str
    ours: object
    theirs: object

    def __str__(self):
        def short(value):
            text = repr(value)
            return text if len(text) < 300 else f"{text[:300]} …"
        return f"{self.where}: {short(self.ours)} here, {short(self.theirs)} there"


def leveled(value, names: dict[str, str]):
    """The value with addresses and folders named as in `names`, and times and keys by their form."""
    if isinstance(value, dict):
        return {leveled(key, names): "<seconds>" if key == "duration" and is_number(item)
                else leveled(item, names) for key, item in value.items()}
    if isinstance(value, list):
        return [leveled(item, names) for item in value]
    if not isinstance(value, str):
        return value
    for name, stands_for in names.items():
        value = value.replace(name, stands_for)
    for form, stands_for in FORMS:
        value = form.sub(stands_for, value)
    return TIME.sub(lambda m: f"<time with {len(m[1] or '.') - 1} places {m[2]}>", value)


def shape(value):
    """What a program relies on in an error: the keys, and the kinds of what is behind them."""
    if isinstance(value, dict):
        return {key: shape(item) for key, item in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return "text" if isinstance(value, str) else value


def differences(where: str, ours, theirs):
    """All places where two JSON trees differ; numbers to 1e-9."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in sorted({*ours, *theirs}):
            yield from differences(
                f"{where}.{key}", ours.get(key, MISSING), theirs.get(key, MISSING))
    elif isinstance(ours, list) and isinstance(theirs, list) and has_names(ours) and has_names(theirs):
        mine, their = by_name(ours), by_name(theirs)
        for name in sorted({*mine, *their}):
            yield from differences(
                f"{where}[{name}]", mine.get(name, MISSING), their.get(name, MISSING))
    elif isinstance(ours, list) and isinstance(theirs, list):
        if len(ours) != len(theirs):
            yield Difference(f"{where}.length", len(ours), len(theirs))
        for mine, their in zip(ours, theirs):
            yield from differences(f"{where}[]", mine, their)
    elif is_number(ours) and is_number(theirs):
        if abs(ours - theirs) > 1e-9 * max(1.0, abs(theirs)):
            yield Difference(where, ours, theirs)
    elif type(ours) is not type(theirs) or ours != theirs:
        yield Difference(where, ours, theirs)


def has_names(items: list) -> bool:
    """Whether it is a list of things that are known by a word, such as formats: their order is free."""
    return bool(items) and all(isinstance(item, dict) and name_of(item) for item in items)


def name_of(item: dict) -> str | None:
    names = [item.get(key) for key in ("id", "name")]
    return next((name for name in names if isinstance(name, str) and "<" not in name), None)


def by_name(items: list[dict]) -> dict:
    return {name_of(item): item for item in items}


def is_number(value) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def answer_differences(where: str, ours: Answer, theirs: Answer, names, their_names):
    """Status, kind of content and body of one answer each."""
    yield from differences(f"{where} status", ours.status, theirs.status)
    yield from differences(f"{where} kind", ours.kind, theirs.kind)
    yield from differences(f"{where} $", leveled(ours.body, names), leveled(theirs.body, their_names))


def refusal_differences(where: str, ours: Answer, theirs: Answer):
    """Status and kind of one answer each, and the shape of what it says."""
    yield from differences(f"{where} status", ours.status, theirs.status)
    if min(ours.status, theirs.status) < 400:
        return  # One of them did it: that is no refusal to compare.
    yield from differences(f"{where} kind", ours.kind, theirs.kind)
    mine, their = shape(ours.body), shape(theirs.body)
    if "status_code" in mine and "status_code" not in their:
        yield Difference(f"{where} envelope", True, False)
        return
    if isinstance(mine, dict) and isinstance(their, dict):
        # The number in the envelope is the status, which was compared.
        mine.pop("status_code", None), their.pop("status_code", None)
    yield from differences(f"{where} $", mine, their)


def exchange_differences(where: str, ours: list[Answer], theirs: list[Answer], names, their_names):
    """All answers that stood behind one call; the requests must be the same ones."""
    yield from differences(
        f"{where} requests", [leveled(a.request, names) for a in ours],
        [leveled(a.request, their_names) for a in theirs])
    for mine, their in zip(ours, theirs):
        yield from answer_differences(where, mine, their, names, their_names)
