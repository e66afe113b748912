"""The quota board under the five notices of 2023: each place by its own clause."""

from kepu.orgs.actor import SYSTEM
from kepu.oversight.quotas import quota_board
from tests.factories.notices import china
from tests.seasons.conftest import season, season_loaded, unit_at  # noqa: F401

AT = china(2023, 9, 20)


def test_each_unit_meets_the_quota_of_its_own_notice(season, unit_at):  # noqa: F811
    for code, kind, coordinates in (
        ("130200", "association", True), ("130283", "association", True), ("130283", "science_base", False),
        ("210200", "association", True), ("441900003", "association", True),
    ):  # fmt: skip
        unit_at(code, kind, coordinates=coordinates)
    rows = quota_board("/", season, actor=SYSTEM, at=AT).rows
    assert {
        (r.unit.place_path.split("/")[-2], r.unit.kind, r.rule.clause.code): (r.minimum, r.maximum, r.done, r.places)
        for r in rows if r.rule.params.of == "key_activities"
    } == {
        ("130283", "association", "TS-47"): (7, 10, 0, ("迁安市",)),
        ("130283", "science_base", "TS-49"): (1, 2, 0, ()),
        ("210200", "association", "LN-64"): (60, None, 0, ("大连市",)),
    }  # fmt: skip
    uncounted = {r.rule.clause.code for r in rows if r.done is None}
    assert uncounted >= {"TS-39", "TS-40", "LN-58"}
