"""The notices of 2023: laid over the season without one of them, the season says what it says with it."""

from __future__ import annotations

import pytest

from kepu.cli.loading import notices_in, seasons_folder
from kepu.notices import actions, queries, rulebook
from kepu.notices.difference import notice_difference
from kepu.notices.format.columns import begins_at
from kepu.notices.format.reading import read_season, text_of
from kepu.notices.models import Notice, Season
from kepu.notices.overlay import Overlay
from kepu.notices.rulebook import rule_book
from kepu.orgs.actor import SYSTEM
from kepu.orgs.models import Place
from tests.factories.activities import taken_back
from tests.factories.notices import china
from tests.notices.test_overlay import said

CODES = ("national-2023", "chengdu-2023", "dongguan-2023", "liaoning-2023", "tangshan-2023", "hebei-2023")
KINDS = ("association", "school", "society", "enterprise_association", "department", "bureau")
PLACES = ("CN", "210000", "210100", "441900", "510100", "510104", "130200", "130224")
TRAITS = (
    frozenset(),
    frozenset({"coordinator"}),
    frozenset({"outline_member", "place:demonstration_county"}),
)
INSTANTS = (china(2023, 7, 1), china(2023, 7, 25), china(2023, 9, 10))


def profiles():
    for place in Place.objects.filter(code__in=PLACES).order_by("path"):
        for kind in KINDS:
            for traits in TRAITS:
                yield rulebook.profile_of(
                    _Anybody(place.path, "", kind, place.level, place.kind, sorted(traits), "")
                )


class _Anybody:
    def __init__(self, *values):
        names = ("place_path", "line_path", "kind", "level", "place_kind", "traits", "code")
        self.__dict__.update(zip(names, values, strict=True))


def everything(book):
    return [said(book.rules_of(who, at)) for who in profiles() for at in INSTANTS]


@pytest.fixture(scope="module")
def committed():
    folder = seasons_folder() / "2023"
    season = read_season(text_of(folder / "season.toml"), "season.toml")
    return {file.notice.code: (file, text, path.name) for path, file, text in notices_in(folder, season)}


@pytest.mark.parametrize("code", CODES)
def test_the_season_with_a_notice_laid_over_is_the_season_with_it(season, committed, code):
    file, text, name = committed[code]
    with taken_back():
        Notice.objects.get(code=code).delete()
        Season.objects.update(edition=1000)
        rulebook.forget()
        place = Place.objects.get(code=file.notice.place)
        laid = Overlay(
            rule_book(Season.objects.get()), file, season=season, place=place, line=None, in_force_at=begins_at(file.notice)
        )  # fmt: skip
        expected = everything(laid)

        actions.take_over_notice(file, text, name, by=SYSTEM, at=china(2023, 9, 1))

        assert everything(rule_book(Season.objects.get())) == expected
        assert laid.left_out == []
    rulebook.forget()


@pytest.mark.parametrize("code", CODES)
def test_a_notice_in_the_database_does_not_differ_from_its_file(season, committed, code):
    file, _text, _name = committed[code]
    assert not notice_difference(queries.file_of(Notice.objects.get(code=code)), file)
