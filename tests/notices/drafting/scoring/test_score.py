"""A draft compared with the truth: free in what a person chooses freely, strict in what matters."""

from __future__ import annotations

import copy
import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kepu.notices.drafting.scoring import Score, score
from kepu.notices.drafting.scoring.groups import GROUPS
from tests.notices.drafting.scoring.linxi import DATA, changed, notice, with_head

TRUTH = notice()
WHOLE = score(TRUTH, TRUTH)
ITEMS = {
    "LX-20": 3,
    "LX-21": 2,
    "LX-22": 2,
    "LX-23": 2,
    "LX-24": 2,
    "LX-30": 2,
}  # of clauses whose items count
OF_KIND = {"LX-13": "threshold", "LX-14": "threshold", "LX-15": "lead_time"}


def figures(result):
    return {code: (g.found, len(g.missed), len(g.invented)) for code, g in result.groups.items()}


def differences(drafted):
    """What a comparison with the truth says, beside what is right: {group: (missed, invented)}."""
    return {
        code: (len(g.missed), len(g.invented))
        for code, g in score(TRUTH, drafted).groups.items()
        if g.missed or g.invented
    }


def group_of(clause):
    return OF_KIND.get(clause["id"], clause["kind"])


def without(*codes):
    return notice({**DATA, "clause": [c for c in DATA["clause"] if c["id"] not in codes]})


def test_the_truth_itself_is_a_perfect_draft_with_something_in_every_group():
    assert differences(TRUTH) == {}
    assert (WHOLE.total().precision, WHOLE.total().recall) == (1.0, 1.0)
    assert [code for code, (found, _m, _i) in figures(WHOLE).items() if not found] == []
    assert [group.code for group in GROUPS] == list(WHOLE.groups)
    assert {name: (one.right, one.of) for name, one in WHOLE.fields.items()} == {
        "audience": (28 - 3, 28 - 3), "duty.receiver": (5, 5), "duty.parts": (5, 5), "duty.channels": (5, 5),
    }  # fmt: skip


@pytest.mark.parametrize("clause", DATA["clause"], ids=lambda c: c["id"])
def test_a_clause_less_is_missed_and_a_clause_more_is_invented(clause):
    n = ITEMS.get(clause["id"], 1)
    more = {**DATA, "clause": [*DATA["clause"], {**clause, "id": "LX-99"}]}
    assert differences(without(clause["id"])) == {group_of(clause): (n, 0)}
    assert differences(notice(more)) == {group_of(clause): (0, n)}


def test_an_item_less_is_missed_and_an_item_more_is_invented():
    assert differences(changed("LX-24", items=[{"code": "x", "label": "科技展览"}])) == {"list": (1, 0)}
    more = [*DATA["notice"]["joint_issuers"], "县妇联"]
    assert differences(with_head(joint_issuers=more)) == {"joint_issuers": (0, 1)}
    assert differences(with_head(joint_issuers=more[2:-1])) == {"joint_issuers": (1, 0)}


@settings(max_examples=40)
@given(st.randoms(use_true_random=False), st.sets(st.sampled_from([c["id"] for c in DATA["clause"]])))
def test_the_order_of_things_makes_no_difference(chance: random.Random, gone):
    data = copy.deepcopy({**DATA, "clause": [c for c in DATA["clause"] if c["id"] not in gone]})
    for things in (
        data["clause"],
        data["notice"]["joint_issuers"],
        data["notice"]["recipients"],
        data["notice"]["attachments"],
    ):
        chance.shuffle(things)
    drafted = notice(data)
    assert score(TRUTH, drafted) == score(TRUTH, without(*gone))
    assert differences(drafted).keys() == {group_of(c) for c in DATA["clause"] if c["id"] in gone}
    assert score(drafted, drafted).total().missed == ()


@settings(max_examples=40)
@given(st.sets(st.sampled_from([c["id"] for c in DATA["clause"]]), max_size=20))
def test_what_one_misses_the_other_invents(gone):
    there, back = score(TRUTH, without(*gone)), score(without(*gone), TRUTH)
    assert {c: (g.found, g.missed, g.invented) for c, g in there.groups.items()} == {
        c: (g.found, g.invented, g.missed) for c, g in back.groups.items()
    }


FREE = [
    ("codes and titles", changed("LX-03", code="whole_month", title="集中活动")),
    ("code of a duty", changed("LX-05", what="plan", title="2025年科学周活动计划")),
    ("wording of a summary", changed("LX-06", what="summary", title="本届科学周总结材料")),
    ("code of a quota", changed("LX-10", code="towns", title="乡镇活动")),
    ("a made-up object", changed("LX-12", of="talks", title="百场讲座")),
    ("codes that have names", changed("LX-17", contains=["x", "y"], labels={"x": "基本情况", "y": "特色亮点"})),
    ("code of a form", changed("LX-18", code="table", title="计划表")),
    ("a format's other name", changed("LX-20", formats=["jpg"])),
    ("fields of a pattern", changed("LX-20", name_pattern="{unit}-{title}（{area}）")),
    ("word for a mark", changed("LX-22", items=[{"code": "x", "label": "“全国科普日”标识"}, {"code": "y", "label": "科普中国"}])),
    ("code of a list", changed("LX-23", code="series")),
    ("whose a duty of one day is", changed("LX-05", about="activity")),
    ("a thing of no known sort", changed("LX-06", what="papers", title="有关材料")),
    ("just so many", changed("LX-10", max=2)),
    ("traditional characters", with_head(title="關於舉辦2025年臨溪縣科學周的通知")),
    ("desk", changed("LX-27", desk="kepu", title="临溪县科协科普部")),
    ("kind of pending", changed("LX-09", due={"reference": "报送时间以后通知"})),
    ("pending without a word", changed("LX-09", due=None)),
    ("lead time as a last day", changed("LX-15", fact="filed_at", min=None, not_after={"days": 5, "before": "activity_start"})),
    ("title of the notice", with_head(title="关于举办2025年临溪县科学周的通知")),
    ("verb of the title", with_head(title="关于组织开展2025年临溪县科学周活动的通知")),
    ("brackets of the number", with_head(number="临科协[2025]3号")),
    ("the issuer in short", with_head(issuer="县科协", title="举办2025年临溪县科学周")),
    ("the issuer with others", with_head(issuer="临溪县科协等4部门", title="举办2025年临溪县科学周")),
    ("the issuer among the joint issuers", with_head(joint_issuers=DATA["notice"]["joint_issuers"][1:])),
    ("bodies in short", with_head(joint_issuers=["县科协", "县委宣传部", "团县委", "教育局"])),
    ("recipients by their codes", with_head(recipients=[{"title": "乡镇", "levels": ["town"]}, {"title": "学校", "kinds": ["school"]},
                                                         {"role": "cc", "title": "抄送", "names": ["临溪县图书馆", "文化馆"]}])),
    ("number of an attachment", with_head(attachments=[{"number": 3, "title": "优秀活动推荐表"}, {"number": 1, "title": "《科学周活动计划表》"}])),
]  # fmt: skip


@pytest.mark.parametrize("drafted", [d for _what, d in FREE], ids=[what for what, _d in FREE])
def test_what_a_person_chooses_freely_counts_for_nothing(drafted):
    assert differences(drafted) == {}


STRICT = [
    ("first day", "window", changed("LX-03", start=date(2025, 4, 2))),
    ("last day", "window", changed("LX-03", end=None)),
    ("day of a deadline", "duty", changed("LX-05", due=date(2025, 3, 22))),
    ("hour of a deadline", "duty", changed("LX-06", due=date(2025, 5, 10))),
    ("days after", "duty", changed("LX-08", due={"days": 15, "after": "activity_end"})),
    ("working days", "duty", changed("LX-08", due={"working_days": 10, "after": "activity_end"})),
    ("for each unit", "duty", changed("LX-08", about="unit")),
    ("no deadline at all", "duty", changed("LX-08", due=None)),
    ("another thing", "duty", changed("LX-05", what="pictures", title="科学周图片")),
    ("number", "quota", changed("LX-10", min=3)),
    ("upper end", "quota", changed("LX-10", max=5)),
    ("object", "quota", changed("LX-10", of="key_activities")),
    ("nominal number", "quota", changed("LX-12", nominal=1000)),
    ("limit", "threshold", changed("LX-13", min=None, over=50)),
    ("case", "threshold", changed("LX-13", when={"mode": ["mixed"]})),
    ("fact", "threshold", changed("LX-13", fact="participants_actual")),
    ("days", "lead_time", changed("LX-15", min=7)),
    ("condition", "gate", changed("LX-16", not_before=date(2025, 3, 21))),
    ("what is contained", "gate", changed("LX-17", contains=["a"])),
    ("columns", "form", changed("LX-18", columns=[{"code": "a", "title": "活动名称"}])),
    ("columns not known", "form", changed("LX-18", columns=[], columns_known=False)),
    ("last day of a call", "call", changed("LX-19", closes=date(2025, 4, 26))),
    ("size of a file", "file_rule", changed("LX-20", size_mb={"min": 3})),
    ("weight", "indicator", changed("LX-21", items=[{"code": "a", "label": "组织动员"}, {"code": "b", "label": "活动数量"}])),
    ("list of filings", "list", changed("LX-24", code="fields", items=[{"code": "a", "label": "科普讲座"}])),
    ("steps", "routing", changed("LX-25", routes=[{"steps": ["coordinator@county"], "working_days": 3}])),
    ("step of commending", "commendation", changed("LX-26", step="recommend")),
    ("day of an event", "programme", changed("LX-28", when=date(2025, 4, 2))),
    ("share", "coverage", changed("LX-29", percent=80)),
    ("part played", "party", changed("LX-30", role="partner")),
    ("words of the theme", "theme", changed("LX-01", text="科学点亮未来")),
    ("who may", "theme", changed("LX-02", set_by=["host"])),
    ("title", "title", with_head(title="关于举办2025年临溪县读书周的通知")),
    ("document number", "number", with_head(number="临科协〔2025〕13号")),
    ("issuer", "issuer", with_head(issuer="临溪县文化馆", joint_issuers=DATA["notice"]["joint_issuers"][1:])),
    ("day of issue", "issued", with_head(issued="2025-03-04")),
    ("level of a body", "joint_issuers", with_head(joint_issuers=["市委宣传部", "团县委", "县教育局"])),
    ("copy or not", "recipients", with_head(recipients=[{**r, "role": "to"} for r in DATA["notice"]["recipients"]])),
]  # fmt: skip


@pytest.mark.parametrize(
    ("group", "drafted"), [(g, d) for _what, g, d in STRICT], ids=[what for what, _g, _d in STRICT]
)
def test_what_matters_has_to_be_right(group, drafted):
    wrong = differences(drafted)
    assert list(wrong) == [group]
    assert wrong[group][0] >= 1


def replaced(clause, **by):
    data = copy.deepcopy(DATA)
    at = next(i for i, c in enumerate(data["clause"]) if c["id"] == clause)
    data["clause"][at] = {"id": clause, "summary": "另一种写法。", **by}
    return notice(data)


def test_what_is_in_force_counts_however_it_is_written():
    ahead = {
        "what": "plan",
        "title": "活动方案",
        "about": "activity",
        "due": {"days": 5, "before": "activity_start"},
    }
    assert differences(replaced("LX-15", kind="duty", duty=ahead)) == {}
    of_one = {"of": "photos", "title": "活动照片", "per": "activity", "min": 3, "unit": "张"}
    gate = {"fact": "photos", "stages": ["completion"], "min": 3, "unit": "张"}
    truth, drafted = replaced("LX-12", kind="quota", quota=of_one), replaced("LX-12", kind="gate", gate=gate)
    assert score(truth, drafted).groups["threshold"].missed == ()
    assert score(truth, drafted).groups["quota"].invented == ()
    assert (
        score(truth, replaced("LX-12", kind="gate", gate=gate | {"min": 4})).groups["threshold"].missed != ()
    )


def test_a_duty_whose_deadline_is_shared_is_known_by_what_is_handed_in():
    swapped = changed("LX-06", what="a", title="活动照片")
    assert differences(swapped) == {"duty": (1, 1)}
    assert score(TRUTH, swapped).groups["duty"].missed == (
        "LX-06：2025年5月10日 16:00前报送科学周工作总结。",
    )
    assert score(TRUTH, swapped).groups["duty"].invented == ("LX-06：2025年5月10日 16:00前报送活动照片。",)


def test_of_two_quotas_with_one_number_each_finds_its_own_audience():
    drafted = without("LX-10")
    assert score(TRUTH, drafted).groups["quota"].missed == ("LX-10：每个乡镇（街道）活动不少于2场。",)
    assert score(TRUTH, drafted).fields["audience"].share == 1.0


def test_lesser_fields_are_counted_beside():
    def shares(drafted):
        return {
            name: one.right - one.of
            for name, one in score(TRUTH, drafted).fields.items()
            if one.right != one.of
        }

    assert shares(changed("LX-05", to="coordinator@county")) == {"duty.receiver": -1}
    assert (
        shares(
            changed(
                "LX-05", parts=[{"code": "x", "label": "盖章扫描件"}, {"code": "y", "label": "电子版文档"}]
            )
        )
        == {}
    )
    assert shares(changed("LX-05", parts=[{"code": "electronic", "label": "电子版"}])) == {"duty.parts": -1}
    assert shares(changed("LX-05", channels=[])) == {"duty.channels": -1}
    assert shares(changed("LX-06", audience={"any_of": [{"kinds": ["school"]}, {"levels": ["town"]}]})) == {}
    assert shares(changed("LX-06", audience={"levels": ["town"]})) == {"audience": -1}


def test_joint_issuers_may_stand_in_the_head_or_in_a_clause():
    members = [{"name": name} for name in DATA["notice"]["joint_issuers"]]
    party = {
        "id": "P",
        "kind": "party",
        "summary": "联合主办。",
        "party": {"role": "joint_issuer", "title": "联合主办", "members": members},
    }
    head = {**DATA["notice"], "joint_issuers": []}
    assert differences(notice({**DATA, "notice": head, "clause": [*DATA["clause"], party]})) == {}


def test_scores_add_up_and_say_what_nothing_can_be_said_of():
    empty = score(notice({"notice": DATA["notice"]}), notice({"notice": DATA["notice"]}))
    assert (empty.groups["duty"].recall, empty.groups["duty"].precision, empty.fields["audience"].share) == (
        None,
    ) * 3

    both = score(TRUTH, without("LX-03")) + score(without("LX-05"), TRUTH)
    assert (both.groups["window"].recall, both.groups["window"].precision) == (3 / 4, 1.0)
    assert (both.groups["duty"].recall, both.groups["duty"].precision) == (1.0, 9 / 10)
    assert both.total(["window", "duty"]).as_json() == {
        "true_positives": 12, "false_positives": 1, "false_negatives": 1, "precision": 12 / 13, "recall": 12 / 13,
        "missed": ["LX-03：集中开展：2025年4月1日至2025年4月30日。"],
        "invented": ["LX-05：2025年3月21日前报送科学周活动计划表（电子版、盖章扫描件），通过县科协邮箱。"],
    }  # fmt: skip
    assert (Score() + WHOLE) == WHOLE
    assert WHOLE.as_json()["fields"]["duty.parts"] == {"right": 5, "of": 5, "share": 1.0}


def test_a_number_counts_as_a_quota_or_as_a_gate():
    quota = {"of": "booths", "title": "展位", "min": 12, "unit": "个"}
    gate = {"fact": "booths", "label": "展位数", "min": 12, "unit": "个"}
    truth, drafted = replaced("LX-12", kind="quota", quota=quota), replaced("LX-12", kind="gate", gate=gate)
    groups = score(truth, drafted).groups

    assert (groups["quota"].missed, groups["threshold"].invented) == ((), ())
    wrong = score(truth, replaced("LX-12", kind="gate", gate=gate | {"min": 10})).groups
    assert (len(wrong["quota"].missed), len(wrong["threshold"].invented)) == (1, 1)


def test_a_stretch_said_again_under_another_name_is_one():
    again = {"code": "stage", "title": "实施阶段", "start": date(2025, 4, 1), "end": date(2025, 4, 30)}
    data = copy.deepcopy(DATA)
    data["clause"].append({"id": "LX-90", "kind": "window", "summary": "实施阶段。", "window": again})
    assert differences(notice(data)) == {}
