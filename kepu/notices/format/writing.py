"""Writing notices and seasons as files: only what was said, in the order of the guide, readable as text."""

from __future__ import annotations

from typing import Any

import tomli_w

from kepu.notices.format.schema import NoticeFile, SeasonFile


def write_notice(notice: NoticeFile) -> str:
    """The TOML text of a notice; reading it gives an equal notice."""
    data = notice.model_dump(mode="python", exclude_defaults=True, exclude_none=True, by_alias=True)
    clauses = data.pop("clause", ())
    head = {"format": notice.format, "notice": _plain(data.get("notice", {}))}
    # over several lines a carriage return would be read back as a line's end
    text = tomli_w.dumps(head, multiline_strings=not _returns(head))
    for clause in clauses:
        text += "\n[[clause]]\n" + _table(_plain(clause))
    return text


def write_season(season: SeasonFile) -> str:
    """The TOML text of a season and its words; reading it gives an equal season."""
    data = _plain(season.model_dump(mode="python", exclude_defaults=True, exclude_none=True))
    text = tomli_w.dumps({"format": season.format, "season": data.pop("season")})
    for name, terms in data.items():
        for term in terms:
            text += f"\n[[{name}]]\n{tomli_w.dumps(term)}"
    return text


def _table(clause: dict[str, Any]) -> str:
    """One clause: plain keys first, then its tables under [clause.…]."""
    simple = {k: v for k, v in clause.items() if not isinstance(v, dict)}
    text = tomli_w.dumps(simple)
    for name, table in clause.items():
        if isinstance(table, dict):
            body = tomli_w.dumps({"clause": {name: table}})
            text += "\n" + body.replace("[clause]\n", "", 1) if body.startswith("[clause]\n") else "\n" + body
    return text


def _plain(value: Any) -> Any:
    """Tuples as lists, enumerations as their words, empty tables left out."""
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items() if v is not None}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return str(value) if isinstance(value, str) else value


def _returns(value: Any) -> bool:
    """Whether there is a carriage return in any of its texts."""
    if isinstance(value, dict | list):
        return any(_returns(v) for v in (value.values() if isinstance(value, dict) else value))
    return isinstance(value, str) and "\r" in value
