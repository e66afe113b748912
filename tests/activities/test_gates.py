import pytest

from kepu.activities.facts import facts_of
from kepu.activities.gates import at_change, at_filing, check_codes, check_form, check_gates, live_gates
from kepu.activities.models import Activity
from kepu.core.refusals import Incomplete
from kepu.notices.kinds.gate import Stage
from kepu.notices.rulebook import rules_in_force
from tests.factories.activities import FILED, STARTS, content
from tests.factories.notices import a_clause, a_gate, china

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(standing_world):
    return standing_world


def an_unsaved(world, **changes):
    values = {"activity_level": "town", **content(**changes)}
    return Activity(unit=world.school, place_id=world.town.pk, **values)


def rules(world, at=FILED):
    return rules_in_force(world.school, world.season, at=at)


def found(world, activity, at=FILED):
    f = at_filing(activity, rules(world), host=world.school, at=at)
    return tuple([reason.clause_id for reason in group] for group in (f.refusals, f.warnings, f.wishes))


def test_the_facts_go_by_the_names_that_notices_use(world):
    facts = facts_of(
        an_unsaved(world, answers={"budget": 300}), host=world.school, at=FILED, stage=Stage.FILING
    )
    assert (facts["lead_days"], facts["host_kind"], facts["filed_at"], facts["published_at"], facts["budget"]) == (
        23, "school", FILED, None, 300,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("at", "days"),
    [(china(2023, 9, 10, 23, 59), 7), (china(2023, 9, 11, 0, 0), 6), (china(2023, 9, 17, 0, 1), 0), (china(2023, 9, 18), -1)],
)  # fmt: skip
def test_lead_days_count_whole_days_in_china(world, at, days):
    assert facts_of(an_unsaved(world), host=world.school, at=at, stage=Stage.FILING)["lead_days"] == days


def test_answers_never_hide_a_fact(world):
    facts = facts_of(
        an_unsaved(world, answers={"title": "x", "lead_days": 99}),
        host=world.school,
        at=FILED,
        stage=Stage.FILING,
    )
    assert (facts["title"], facts["lead_days"]) == ("走进中医药", 23)


def test_everything_in_order_finds_nothing(world):
    assert found(world, an_unsaved(world)) == ([], [], [])


@pytest.mark.parametrize(
    ("changes", "at", "expected"),
    [
        ({}, china(2023, 9, 11), (["DG-48"], [], [])),
        ({"theme": "别的主题"}, FILED, (["DG-07b"], [], [])),
        ({"participants_expected": 49}, FILED, ([], ["DG-51"], [])),
        ({"participants_expected": 50}, FILED, ([], [], [])),
        ({"participants_expected": None}, FILED, ([], ["DG-51"], [])),
        ({"mode": "online", "participants_expected": 99}, FILED, ([], ["DG-52"], [])),
        ({"mode": "mixed", "participants_expected": 10}, FILED, ([], [], [])),
        ({"activity_level": "city"}, FILED, (["CD-10"], [], [])),
        ({"activity_level": "city", "subtheme": "厚植科技创新沃土，擦亮科幻之都名片"}, FILED, ([], [], [])),
        ({"safety_person": "", "host_place_person": ""}, FILED, (["CD-50a", "CD-50b"], [], [])),
    ],
)  # fmt: skip
def test_what_gates_find_at_filing(world, changes, at, expected):
    assert found(world, an_unsaved(world, **changes), at) == expected


def test_a_finding_says_what_where_and_which_clause(world):
    [reason] = at_filing(an_unsaved(world), rules(world), host=world.school, at=china(2023, 9, 11)).refusals
    assert (reason.field, reason.code, reason.clause, reason.clause_id, reason.notice, reason.waivable) == (
        "starts_at", "activity.lead_days", "东科协〔2023〕17号 六（二）1", "DG-48", "dg", False,
    )  # fmt: skip
    assert str(reason) == "距活动开始的天数不少于7天；现在是6天。请提前填报，或把开始时间往后调。"


def test_a_gate_of_both_stages_is_told_once(world):
    assert found(world, an_unsaved(world), china(2023, 9, 16))[0] == ["DG-48"]


def test_an_in_principle_of_the_publication_is_seen_ahead(world):
    notice = world.season.notices.get()
    a_gate(notice, "X-1", "in_principle", fact="publicity_plan", stages=["publication"], required=True)
    assert found(world, an_unsaved(world)) == ([], ["X-1"], [])


def test_a_wish_only_tells(world):
    notice = world.season.notices.get()
    a_gate(notice, "X-2", "strive", fact="publicity_plan", required=True)
    a_gate(
        notice, "X-3", fact="participants_expected", min=10, preferred={"min": 500}, when={"mode": ["mixed"]}
    )
    assert found(world, an_unsaved(world, mode="mixed")) == ([], [], ["X-2", "X-3"])


def test_words_where_a_number_belongs_are_refused_and_not_a_fault(world):
    notice = world.season.notices.get()
    a_gate(notice, "X-4", fact="budget", max=3000)
    activity = an_unsaved(world, answers={"budget": "三千"})
    [reason] = at_filing(activity, rules(world), host=world.school, at=FILED).refusals
    assert (str(reason), reason.clause_id, reason.field) == ("“经费”要写数字。", "X-4", "budget")


def test_a_waiver_silences_its_gate_and_no_other(world):
    facts = facts_of(
        an_unsaved(world, participants_expected=1),
        host=world.school,
        at=china(2023, 9, 11),
        stage=Stage.FILING,
    )
    in_force = rules(world)
    [key] = check_gates(in_force, facts, Stage.FILING).unmet
    waived = check_gates(in_force, facts, Stage.FILING, waivers=[key, "activity.lead_days"])
    assert ([r.clause_id for r in waived.refusals], waived.warnings) == (["DG-48"], ())


def test_a_change_is_asked_only_about_what_changes(world):
    late = china(2023, 9, 15)
    activity = an_unsaved(world, theme="别的主题")

    def said(*names):
        f = at_change(activity, rules(world), names, host=world.school, at=late)
        return [reason.clause_id for reason in f.refusals]

    assert (said("venue"), said("theme"), said("starts_at"), said("mode")) == ([], ["DG-07b"], ["DG-48"], [])


def test_a_change_of_mode_brings_the_gates_of_that_mode(world):
    activity = an_unsaved(world, mode="online", participants_expected=60)
    f = at_change(activity, rules(world), ["mode"], host=world.school, at=FILED)
    assert [reason.clause_id for reason in f.warnings] == ["DG-52"]


def test_the_form_itself_asks_for_little():
    with pytest.raises(Incomplete) as caught:
        check_form(Activity())
    assert [reason.field for reason in caught.value.reasons] == ["title", "mode", "starts_at", "ends_at"]
    with pytest.raises(Incomplete, match="场地名称或详细地址"):
        check_form(Activity(title="甲", mode="mixed", starts_at=STARTS, ends_at=STARTS))
    with pytest.raises(Incomplete, match="线上人数不能多于总人数"):
        check_form(
            Activity(
                title="甲",
                mode="online",
                starts_at=STARTS,
                ends_at=STARTS,
                participants_expected=5,
                online_expected=6,
            )
        )


def test_codes_stand_in_the_list_in_force(world):
    with pytest.raises(Incomplete) as caught:
        check_codes(an_unsaved(world, fields=["health", "magic"]), rules(world))
    [reason] = caught.value.reasons
    assert (str(reason), reason.field, reason.clause_id) == (
        "“行业领域”里没有“magic”。请从清单里选。", "fields", "DG-20",
    )  # fmt: skip


def test_where_no_list_is_in_force_any_code_is_taken(world):
    check_codes(an_unsaved(world, formats=["anything"], tracks=["x"], topics=["y"]), rules(world))


def test_an_open_list_takes_other_words(world):
    notice = world.season.notices.get()
    a_clause(
        notice,
        "X-5",
        "list",
        {"code": "formats", "title": "形式", "items": [{"code": "a", "label": "甲"}], "open_ended": True},
    )
    a_clause(
        notice, "X-6", "list", {"code": "entries", "title": "进基层", "items": [{"code": "a", "label": "甲"}]}
    )
    check_codes(an_unsaved(world, formats=["别的"], entries=["a"]), rules(world))
    with pytest.raises(Incomplete, match="进基层"):
        check_codes(an_unsaved(world, entries=["b"]), rules(world))


def test_topics_take_the_codes_of_every_other_list_and_tracks_those_of_every_tree(world):
    notice = world.season.notices.get()
    for code, key in (("T-1", "list.topics.frontier"), ("T-2", "list.key_areas")):
        a_clause(
            notice,
            code,
            "list",
            {"code": "topics", "title": "主题", "items": [{"code": code.lower(), "label": code}]},
            key=key,
        )
    for code, tree in (("K-1", "tracks"), ("K-2", "series")):
        a_clause(
            notice,
            code,
            "track",
            {"code": tree, "title": "板块", "nodes": [{"code": code.lower(), "label": code}]},
        )
    check_codes(an_unsaved(world, topics=["t-1", "t-2"], tracks=["k-1", "k-2"]), rules(world))
    with pytest.raises(Incomplete) as caught:
        check_codes(an_unsaved(world, topics=["health"], tracks=["k-3"]), rules(world))
    assert [reason.field for reason in caught.value.reasons] == ["tracks", "topics"]


def test_while_somebody_types_the_gates_answer_without_a_query(world, django_assert_num_queries):
    in_force = rules(world)
    with django_assert_num_queries(0):
        f = live_gates(
            content(title="名" * 200, participants_expected=3), in_force, host=world.school, at=FILED
        )
    assert ([r.clause_id for r in f.refusals], [r.clause_id for r in f.warnings], bool(f)) == (
        [],
        ["DG-51"],
        True,
    )


def test_what_is_typed_over_a_draft_stands_on_what_the_draft_says(world, django_assert_num_queries):
    kept = an_unsaved(world)
    in_force = rules(world)
    with django_assert_num_queries(0):
        f = live_gates({"participants_expected": "3"}, in_force, host=world.school, at=FILED, activity=kept)
    assert (f.refusals, f.unmet, kept.participants_expected) == (
        (),
        ["activity.participants_expected.offline"],
        120,
    )
