"""Loading a season folder: what several commands do first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

import kepu
from kepu.core import clock
from kepu.core.sheets import Row
from kepu.notices import actions as notices
from kepu.notices.format.reading import read_notice, read_season, text_of
from kepu.notices.format.schema import NoticeFile, SeasonFile
from kepu.notices.format.surroundings import place_paths
from kepu.orgs import actions as orgs
from kepu.orgs.actor import SYSTEM


def seasons_folder() -> Path:
    """Where the seasons that come with the program lie: in the checkout, or inside an installed package."""
    package = Path(kepu.__file__).parent
    beside = package.parent / "seasons"
    return beside if beside.is_dir() else package / "_seasons"


def load_season(folder: Path) -> Iterator[str]:
    """Divisions, words, places and notices of a season folder, in the order they need; yields what was done."""
    at = clock.now()
    season = read_season(text_of(folder / "season.toml"), "season.toml")
    orgs.load_divisions(by=SYSTEM, at=at)
    orgs.load_terms(_terms(season), by=SYSTEM, at=at)
    orgs.load_lines(
        [{"code": x.code, "name": x.name, "parent": x.parent or ""} for x in season.line], by=SYSTEM, at=at
    )
    report = orgs.import_places(_place_rows(season), by=SYSTEM, at=at)
    opened = notices.open_season(season.season, by=SYSTEM, at=at)
    yield _("%(season)s：词表、系统和%(n)s个地区已装入。") % {"season": opened.name, "n": len(report.lines)}
    for path, notice, text in notices_in(folder, season):
        done = notices.take_over_notice(notice, text, path.name, by=SYSTEM, at=at)
        for remark in done.remarks:
            yield str(remark)
        yield _("%(title)s：%(n)s条。") % {"title": done.notice.title, "n": len(notice.clause)}


def notices_in(folder: Path, season: SeasonFile) -> list[tuple[Path, NoticeFile, str]]:
    """The folder's notices, from the nation down."""
    paths = place_paths(season)
    found = []
    for path in sorted(folder.glob("*.toml")):
        if path.name != "season.toml":
            text = text_of(path)
            found.append((path, read_notice(text, path.name), text))
    return sorted(found, key=lambda f: (paths.get(f[1].notice.place, "/").count("/"), f[0].name))


def _terms(season: SeasonFile) -> list[dict[str, object]]:
    return [
        {"vocabulary": vocabulary, "code": t.code, "name": t.name, "name_en": t.name_en or "", "position": i}
        for vocabulary in ("unit_kind", "designation", "body")
        for i, t in enumerate(getattr(season, vocabulary))
    ]


def _place_rows(season: SeasonFile) -> list[Row]:
    return [
        Row(
            i,
            {"code": p.code, "name": p.name, "kind": p.kind, "parent_code": p.parent, "level": p.level or ""},
        )
        for i, p in enumerate(season.place, start=1)
    ]
