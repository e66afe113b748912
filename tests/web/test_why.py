"""On every rule that a page shows, “为什么？” opens the chain of its clauses, nearest first, and leads to the whole of it."""

from dataclasses import dataclass
from uuid import uuid4

import pytest

from kepu.activities.workflow import State
from kepu.orgs.models import Role
from tests.factories.activities import SUMMARY_PARTS, World, a_world, an_activity, loaded
from tests.factories.notices import china
from tests.factories.orgs import a_term
from tests.factories.returns import PLAN, SUMMARY, a_return
from tests.web.asking import THEME, chain_of_page, chains_beside, expected_links, three_levels
from tests.web.workspace.conftest import DAY, signed_in_as, somebody, typed

NEW, TOWN = "/workspace/activities/new/", "/workspace/area/441900103/"
LEAD = ["SL-02", "DG-48", "NA-48"]
TIME, LATER, AFTER = china(2023, 9, 5), china(2023, 9, 10), china(2023, 9, 18)
SMALL = {"participants_expected": 20}


@dataclass
class Site:
    """The world, its people at their browsers, and the clock."""

    world: World
    now: object
    client: object
    filer: object
    reviewer: object
    town: object

    def get(self, who, path, at=DAY):
        self.now(at)
        return who.get(path)

    def post(self, who, path, sent, at=DAY):
        self.now(at)
        return who.post(path, sent)


@pytest.fixture
def site(db, monkeypatch, client):
    def now(instant):
        monkeypatch.setattr("kepu.core.clock.now", lambda: instant)

    now(DAY)
    world = a_world(rules=three_levels)
    for kind in ("school", "association", "department"):
        a_term("unit_kind", kind)
    return Site(
        world, now, client, signed_in_as(world.filer),
        somebody("梁主任", world.city_office, Role.REVIEWER, Role.COORDINATOR, Role.FILER),
        somebody("苏镇科", world.town_office, Role.COORDINATOR, Role.FILER),
    )  # fmt: skip


def an(site, state, path="/workspace/activities/{}/", **changes):
    return path.format(an_activity(site.world, state, **changes).pk)


def a_review(site, **changes):
    return an(site, State.FILED, "/workspace/reviews/{}/", **changes)


def many_at_once(site):
    pk = an_activity(site.world, State.FILED, **SMALL).pk
    return site.get(site.reviewer, f"/workspace/reviews/batches/new/?pk={pk}")


def unwaived(site):
    it = an_activity(site.world, State.FILED, **SMALL)
    return site.post(
        site.reviewer, f"/workspace/reviews/{it.pk}/approval/", {"approval-version": loaded(it).version}
    )


def too_long(site):
    it = an_activity(site.world, State.COMPLETED)
    parts = {f"sections.{code}": "好。" for code in SUMMARY_PARTS} | {"sections.results": "好" * 501}
    sent = {"version": loaded(it).version, **parts}
    return site.post(site.filer, f"/workspace/activities/{it.pk}/summary/", sent, AFTER)


def incomplete_return(site):
    row = {"rows.0.project_name": "系列活动", "rows.0.host_unit": "石龙镇科协"}
    return site.post(site.town, f"/workspace/duties/{PLAN}/", {"version": "0", **row}, TIME)


def too_early(site):
    early = typed(starts_at="2023-08-28T09:00", ends_at="2023-08-28T17:00")
    return site.post(site.filer, NEW, {"token": uuid4(), **early, "act": "file"})


def while_typing(site):
    sent = {"token": uuid4(), **typed(starts_at="2023-08-28T09:00", ends_at="2023-08-28T17:00")}
    return site.post(site.filer, f"{NEW}gates/", sent)


# what is fetched, the sentence that shows a rule, and the clauses behind it
PAGES = {
    "filing: fixed theme": (lambda s: s.get(s.filer, NEW), THEME, ["DG-07", "NA-05"]),
    "filing: pending sub-theme": (lambda s: s.get(s.filer, NEW), "副主题待定。", ["SL-03"]),
    "filing: list": (lambda s: s.get(s.filer, NEW), "行业领域", ["DG-20"]),
    "filing: a notice's own question": (lambda s: s.get(s.filer, NEW), "填报时，意外险必须填写。", ["DG-70"]),
    "filing: gate beside its question": (lambda s: s.get(s.filer, NEW), "安全责任人必须填写；还没有填写。", ["CD-50a"]),
    "filing: what is wanted in principle": (lambda s: s.get(s.filer, NEW), "预计参与人数不少于50人；还没有填写。", ["DG-51"]),
    "filing: who reviews": (lambda s: s.get(s.filer, NEW), "东莞市科协", ["DG-50"]),
    "filing: while typing": (while_typing, "距活动开始的天数不少于9天；现在是3天。", LEAD),
    "filing: refused": (too_early, "距活动开始的天数不少于9天；现在是3天。", LEAD),
    "change: theme": (lambda s: s.get(s.filer, an(s, State.PUBLISHED) + "change/"), THEME, ["DG-07", "NA-05"]),
    "activity: closed button": (
        lambda s: s.get(s.filer, an(s, State.APPROVED), china(2023, 8, 20)), "发布时间不早于2023年8月21日", ["DG-47"],
    ),
    "activity: kept rules": (lambda s: s.get(s.filer, an(s, State.FILED)), "距活动开始的天数不少于9天。", LEAD),
    "activity: review deadline": (lambda s: s.get(s.filer, an(s, State.FILED)), "审核期限 8月28日", ["DG-50"]),
    "activity: what was let pass": (
        lambda s: s.get(s.filer, an(s, State.APPROVED, waivers={"activity.participants_expected.offline": "教室小"}, **SMALL)),
        "理由：教室小", ["DG-51"],
    ),
    "publication": (lambda s: s.get(s.filer, an(s, State.APPROVED) + "publication/"), "距活动开始的天数不少于9天。", LEAD),
    "holding": (lambda s: s.get(s.filer, an(s, State.PUBLISHED) + "holding/", AFTER), "活动总结", ["DG-56"]),
    "completion": (lambda s: s.get(s.filer, an(s, State.HELD) + "completion/", AFTER), "媒体报道链接不少于1篇。", ["DG-54"]),
    "summary: deadline": (lambda s: s.get(s.filer, an(s, State.COMPLETED) + "summary/", AFTER), "期限：2023年9月27日", ["DG-56"]),
    "summary: limit": (lambda s: s.get(s.filer, an(s, State.COMPLETED) + "summary/", AFTER), "限500字以内。", ["DG-57"]),
    "summary: refused": (too_long, "“主要成效”最多500个字，现在有501个字。", ["DG-57"]),
    "review: short of a gate": (lambda s: s.get(s.reviewer, a_review(s, **SMALL)), "不少于50人；现在是20人。", ["DG-51"]),
    "review: wishes": (lambda s: s.get(s.reviewer, a_review(s)), "意外险必须填写；还没有填写。", ["DG-70"]),
    "review: deadline": (lambda s: s.get(s.reviewer, a_review(s)), "审核期限 8月28日", ["DG-50"]),
    "reviews: overdue": (lambda s: a_review(s) and s.get(s.reviewer, "/workspace/reviews/", LATER), "过了审核期限", ["DG-50"]),
    "review: refused": (unwaived, "没有达到“原则上”的要求", ["DG-51"]),
    "review: many at once": (many_at_once, "不少于50人；现在是20人。", ["DG-51"]),
    "duties": (lambda s: s.get(s.town, "/workspace/duties/", TIME), "期限 2023年9月8日", ["DG-43"]),
    "duty: what is asked": (lambda s: s.get(s.town, f"/workspace/duties/{PLAN}/", TIME), "2023年9月8日前报送分会场活动表", ["DG-43"]),
    "duty: form": (lambda s: s.get(s.town, f"/workspace/duties/{PLAN}/", TIME), "《分会场活动表》", ["DG-66"]),
    "duty: limits of columns": (lambda s: s.get(s.town, f"/workspace/duties/{PLAN}/", TIME), "限300字以内。", ["DG-66"]),
    "duty: parts": (lambda s: s.get(s.town, f"/workspace/duties/{PLAN}/", TIME), "要交的几样", ["DG-43"]),
    "duty: channels": (lambda s: s.get(s.town, f"/workspace/duties/{PLAN}/", TIME), "还通过这些渠道报送过", ["DG-43"]),
    "duty: not open yet": (lambda s: s.get(s.town, f"/workspace/duties/{SUMMARY}/"), "从2023年9月1日起报送，现在还不能报。", ["DG-59"]),
    "duty: refused part": (incomplete_return, "还缺“盖章PDF版”。", ["DG-43"]),
    "duty: refused cell": (incomplete_return, "第1行：请填写“活动概述”。", ["DG-66"]),
    "return": (lambda s: s.get(s.reviewer, f"/workspace/returns/{a_return(s.world).pk}/", TIME), "报给 东莞市科协科普部", ["DG-43"]),
    "returns": (lambda s: a_return(s.world) and s.get(s.reviewer, "/workspace/returns/", TIME), "分会场活动表", ["DG-43"]),
    "area: duty": (lambda s: s.get(s.town, TOWN, TIME), "分会场活动表", ["DG-43"]),
    "area: quota": (lambda s: s.get(s.town, TOWN, TIME), "离最低要求还差 5 项。", ["DG-64"]),
    "area: quota that is not counted": (lambda s: s.get(s.town, TOWN, TIME), "场。", ["DG-65"]),
    "area: window": (lambda s: s.get(s.town, TOWN, TIME), "集中开展：2023年9月17日至2023年9月23日。", ["DG-08"]),
    "area: quotas": (lambda s: s.get(s.town, f"{TOWN}quotas/", TIME), "离最低要求还差 5 项。", ["DG-64"]),
    "area: outstanding": (lambda s: s.get(s.reviewer, f"/workspace/area/441900/duties/{PLAN}/", TIME), "分会场活动表", ["DG-43"]),
    "area: release": (
        lambda s: s.get(s.reviewer, f"/workspace/area/441900/duties/{PLAN}/{s.world.town_office.pk}/release/", TIME),
        "2023年9月8日前报送分会场活动表", ["DG-43"],
    ),
    "home: duty": (lambda s: s.get(s.town, "/workspace/", TIME), "期限 2023年9月8日", ["DG-43"]),
    "home: after the day": (
        lambda s: an(s, State.COMPLETED) and s.get(s.filer, "/workspace/", AFTER), "期限 2023年9月27日", ["DG-56"],
    ),
    "rules": (lambda s: s.get(s.filer, "/workspace/rules/"), "距活动开始的天数不少于9天。", LEAD),
    "portal: theme": (lambda s: s.get(s.client, "/"), THEME, ["NA-05"]),
    "portal: an activity's theme": (
        lambda s: s.get(s.client, an(s, State.PUBLISHED, "/activities/{}/"), LATER), THEME, ["DG-07", "NA-05"],
    ),
    "portal: in force": (
        lambda s: s.get(s.client, "/notices/in-force/?place=441900103&kind=school"), "距活动开始的天数不少于9天。", LEAD,
    ),
    "portal: a notice's clause at a place": (
        lambda s: s.get(s.client, "/notices/2023/na/?place=441900103&kind=school"), "距活动开始的天数不少于3天。", LEAD,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_beside_a_rule_its_chain_opens_and_leads_to_the_page_that_explains_the_same(site, read, name):
    """Kept rules and what an area as a whole is asked have no page: they are nobody's rule of today."""
    fetch, sentence, codes = PAGES[name]
    found = _read(fetch(site), read)

    opened = chains_beside(found, sentence)
    assert codes in [chain.codes for chain in opened]
    (chain, *_more) = [chain for chain in opened if chain.codes == codes]
    assert chain.links == expected_links(codes)
    for code in codes:
        assert {"NA": "科协发普字〔2023〕15号", "SL": "石科协〔2023〕1号"}.get(
            code[:2], "东科协〔2023〕17号"
        ) in chain.text

    if name in ("activity: kept rules", "area: duty", "area: outstanding"):
        assert chain.whole == ""
    else:
        explained = chain_of_page(read(site.client.get(chain.whole)))
        assert (explained.codes, explained.links) == (codes, expected_links(codes))


def _read(answer, read):
    """A whole page is checked as one; what htmx fetches while somebody types is a piece of one."""
    from tests.web.reading import Page

    text = answer.content.decode()
    assert answer.status_code in (200, 422)
    return read(answer) if "<!doctype html>" in text else Page(text)


def test_a_chain_says_how_each_clause_stands(site, read):
    (chain, *_more) = chains_beside(
        read(site.get(site.filer, "/workspace/rules/?q=9天")), "距活动开始的天数不少于9天。"
    )

    assert chain.waits == "目前是暂定的，等正式通知。"
    first, second, third = (chain.text.split(code)[1].split("填报时")[0] for code in LEAD)
    assert first.split() == ["必须做到", "在上级基础上收紧", "暂定"]
    assert second.split() == ["必须做到", "在上级基础上收紧", "正式"]
    assert third.split()[:3] == ["必须做到", "由这一条首先规定", "正式"]
    assert chain.others == ["NA-49"]
    assert "省级： 填报时、发布时，距活动开始的天数不少于10天。" in chain.text


def test_a_chain_says_what_it_waits_for(site, read):
    (chain,) = chains_beside(read(site.get(site.filer, "/workspace/rules/?q=副主题")), "副主题待定。")
    assert chain.waits == "目前待定，等镇里的会议。"
    assert "待定：等镇里的会议" in chain.text


def test_a_refusal_after_an_act_without_a_form_leads_to_the_explanation(site, read):
    it = an_activity(site.world, State.APPROVED)
    site.post(
        site.reviewer, f"/workspace/reviews/{it.pk}/waiver/", {"key": "activity.lead_days", "reason": "好"}
    )

    notice = read(site.get(site.reviewer, f"/workspace/reviews/{it.pk}/")).one(id="notices")
    assert "这一条必须做到，不能例外" in notice.text
    link = notice.one("a")
    assert link.text == "石科协〔2023〕1号 第二部分 为什么？"
    assert chain_of_page(read(site.client.get(link["href"]))).codes == LEAD
