"""What a notice is checked against when only files are at hand: the season file and the other notices beside it."""

from __future__ import annotations

import tomllib
from pathlib import Path

from kepu.notices.format.checking import Surroundings
from kepu.notices.format.problems import NoticeFileRefused
from kepu.notices.format.reading import read_notice, read_season, text_of
from kepu.notices.format.schema import NoticeFile, SeasonFile
from kepu.notices.format.standing import Known
from kepu.orgs.divisions import divisions
from kepu.orgs.models import Level, PlaceKind

ROLES = frozenset({"coordinator"})


def official_places() -> dict[str, str]:
    """{code: parent's code} of the official divisions."""
    return {d.code: d.parent for d in divisions()}


def place_paths(season: SeasonFile | None) -> dict[str, str]:
    """{code: path} of the official divisions and the season's own places."""
    parents = official_places()
    for place in season.place if season else ():
        parents[place.code] = place.parent
    paths: dict[str, str] = {}

    def path(code: str) -> str:
        if code not in paths:
            parent = parents.get(code, "")
            paths[code] = "/" if not parent else f"{path(parent)}{code}/"
        return paths[code]

    for code in parents:
        path(code)
    return paths


def words_of(season: SeasonFile | None, places: frozenset[str]) -> dict[str, frozenset[str]]:
    """The vocabularies as sets of codes. Without a season file only the fixed ones are known."""
    words = {
        "level": frozenset(str(code) for code in Level.values),
        "place_kind": frozenset(str(code) for code in PlaceKind.values),
        "role": ROLES,
        "place": places,
    }
    if season is not None:
        words["kind"] = frozenset(t.code for t in season.unit_kind)
        words["designation"] = frozenset(t.code for t in season.designation)
        words["body"] = frozenset(t.code for t in season.body)
        words["line"] = frozenset(t.code for t in season.line)
    return words


def beside(notice: NoticeFile, path: Path) -> Surroundings:
    """The surroundings of a notice file: ``season.toml`` and the notices in its folder. Files that cannot be read are passed over."""
    season = None
    others: dict[str, NoticeFile] = {}
    unread: dict[str, str] = {}
    for file in sorted(path.parent.glob("*.toml")):
        try:
            if file.name == "season.toml":
                season = read_season(text_of(file), file.name)
            elif file.resolve() != path.resolve():
                other = read_notice(text_of(file), file.name)
                others[other.notice.code] = other
        except NoticeFileRefused:
            unread |= _code_of(file)
    paths = place_paths(season)
    mine = paths.get(notice.notice.place, "/")
    return Surroundings(
        words=words_of(season, frozenset(paths)),
        parents=parents_of(notice, others, paths, mine),
        known_notices=frozenset([*others, notice.notice.code]) if season is not None else frozenset(),
        amended=[others[code] for code in notice.notice.amends if code in others],
        unread=unread,
        season=season.season.code if season is not None else "",
        others={
            code: Known.of(other.notice)
            for code, other in others.items()
            if other.notice.season == notice.notice.season
        },
    )


def _code_of(path: Path) -> dict[str, str]:
    """{code: file} of a notice file that has errors, where its header can be made out."""
    try:
        code = tomllib.loads(text_of(path)).get("notice", {}).get("code")
    except (NoticeFileRefused, ValueError, AttributeError):
        return {}
    return {code: path.name} if isinstance(code, str) else {}


def parents_of(
    notice: NoticeFile, others: dict[str, NoticeFile], paths: dict[str, str], mine: str
) -> list[NoticeFile]:
    """The notices above: those it names and those of a place around it, the nearest first."""
    above = [
        other
        for code, other in others.items()
        if other.notice.season == notice.notice.season
        and code not in (*notice.notice.replaces, *notice.notice.amends)
        and (
            code in notice.notice.parents
            or (mine.startswith(p := paths.get(other.notice.place, "")) and p and p != mine)
            or (
                other.notice.place == notice.notice.place
                and bool(notice.notice.line)
                and not other.notice.line
            )
        )
    ]
    return sorted(above, key=lambda n: -paths.get(n.notice.place, "").count("/"))
