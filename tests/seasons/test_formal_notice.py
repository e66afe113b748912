"""Chengdu's advance notice is replaced by a formal one at the desk, while activities are under way: nobody enters anything again.

The notices are the real ones. Three activities stand at three steps: filed before the nation had its theme, approved,
and published.
"""

from dataclasses import dataclass

import pytest
from django.core.cache import caches
from django.test import Client

from kepu.activities import actions
from kepu.activities.models import Activity, Publication, PublishedVersion
from kepu.activities.workflow import State
from kepu.notices.models import Notice, NoticeDraft, Season
from kepu.notices.queries import clauses_in_order
from kepu.notices.rulebook import rules_in_force
from kepu.orgs.models import Place, Role
from tests.factories.accounts import a_person
from tests.factories.activities import loaded
from tests.factories.orgs import a_post
from tests.seasons.conftest import THEME, Cast, china
from tests.web.at_the_desk import controls, draft_page, fill_in, issue, said

DAY = china(8, 29, 10)
TITLE = "成都市科学技术协会关于做好2023年全国科普日活动的通知"
ADVANCE = "成都市科学技术协会关于做好2023年全国科普日活动筹备工作的通知"
OPEN = [
    "CD-07", "CD-08", "CD-13", "CD-16", "CD-19", "CD-20", "CD-21", "CD-22", "CD-23", "CD-24", "CD-55", "CD-62", "CD-64",
]  # fmt: skip


@dataclass
class Chengdu:
    people: Cast
    filed: Activity
    approved: Activity
    published: Activity
    city: Client  # coordinates Chengdu

    def draft(self):
        self.city.post("/workspace/notices/chengdu-2023/changing/", {"way": "formal"})
        return NoticeDraft.objects.get()

    def ready(self):
        """The formal notice with everything that was open decided, and a title of its own."""
        draft = self.draft()
        for row in draft.clauses.filter(state="proposed"):
            fill_in(self.city, row)
        head = controls(self.city.get(f"{draft_page(draft)}header/"), "header-form")
        self.city.post(f"{draft_page(draft)}header/", {**head, "h.title": TITLE, "act": "save"})
        return draft

    def issued(self):
        answer = issue(self.city, self.ready())
        assert answer["Location"] == "/workspace/notices/chengdu-2023-formal/changing/"
        return Notice.objects.get(code="chengdu-2023-formal")

    def rules(self, at=DAY):
        season = Season.objects.get(pk=self.people.season.pk)  # in its edition of now
        return rules_in_force(self.people.school, season, at=at)


@pytest.fixture
def chengdu(cast, monkeypatch):
    for name in ("default", "throttle"):
        caches[name].clear()
    people = cast("chengdu")
    filed = people.filed(at=china(8, 5), title="未定主题时填报的")
    approved = people.approved(title="已通过的")
    published = people.approved(title="已发布的")
    actions.publish_activity(published, by=people.filer, at=china(8, 28))
    monkeypatch.setattr("kepu.core.clock.now", lambda: DAY)
    person = a_person("成都的人")
    a_post(Place.objects.get(code="510100").coordination.unit, Role.COORDINATOR, person=person)
    city = Client()
    city.force_login(person)
    return Chengdu(people, loaded(filed), loaded(approved), loaded(published), city)


def rows():
    """Everything that is kept of the activities, as it stands in the database."""
    return [
        list(model.objects.order_by("pk").values()) for model in (Activity, Publication, PublishedVersion)
    ]


def theme(rules):
    found = rules["theme"]
    return found.value, str(found.status), found.clause.notice.code, found.clause.code


def test_everything_is_copied_and_only_what_was_open_is_asked(chengdu):
    draft = chengdu.draft()
    before = Notice.objects.get(code="chengdu-2023")

    rows = clauses_in_order(draft)
    assert [row.code for row in rows] == [c.code for c in before.clauses.order_by("position")]
    assert [row.code for row in rows if row.state == "proposed"] == OPEN
    assert (draft.header["status"], draft.header["replaces"], "note" in draft.header) == (
        "formal",
        ["chengdu-2023"],
        False,
    )
    decided = draft.clauses.get(code="CD-07").data
    assert (decided["theme"], decided["summary"], decided["relates"]) == (
        {"text": THEME},
        "主题照上级的。",
        ["same:NA-05"],
    )
    shown = said(chengdu.city.get(f"{draft_page(draft)}?show=proposed"))
    assert (
        "预备通知里这一条待定，上级（《中国科协等21部门关于举办2023年全国科普日活动的通知》 一）已经定了，已照填。"
        in shown
    )
    assert "预备通知里这一条是暂定的。就这样定的，确认；要改的，改了再确认。" in shown
    assert "预备通知里这一条还没有定（等市科协后续通知（时间和途径））。请写定，或注明仍然待定。" in shown


def test_before_it_goes_out_it_says_who_and_what_is_touched(chengdu):
    shown = said(chengdu.city.get(f"{draft_page(chengdu.ready())}issue/"))

    assert f"它代替《{ADVANCE}》：那一份从同一时刻起不再适用。" in shown
    assert "已经填报的3项（待审核1，已通过1，已发布1，已举办0）照填报时的规定，不受影响。" in shown
    assert f"主题加上：{THEME} 状态原来是：待定→现在是：正式" in shown
    assert not Notice.objects.filter(code="chengdu-2023-formal").exists()


def test_the_theme_is_final_for_the_units_below_with_the_city_s_clause(chengdu):
    assert theme(chengdu.rules(china(8, 5))) == (None, "pending", "chengdu-2023", "CD-07")
    assert theme(chengdu.rules()) == (THEME, "final", "national-2023", "NA-05")

    chengdu.issued()

    found = chengdu.rules()["theme"]
    assert theme(chengdu.rules()) == (
        THEME,
        "final",
        "national-2023",
        "NA-05",
    )  # copied, not set: its source is the nation
    assert [(c.notice.code, c.code, str(c.status)) for c in found.chain] == [
        ("chengdu-2023-formal", "CD-07", "final"), ("national-2023", "NA-05", "final"),
    ]  # fmt: skip
    assert "chengdu-2023" not in {c.notice.code for rule in chengdu.rules().values() for c in rule.chain}
    assert theme(chengdu.rules(china(8, 5))) == (None, "pending", "chengdu-2023", "CD-07")


def test_every_activity_stays_as_it_is_with_the_rules_it_was_filed_under(chengdu):
    before = rows()

    chengdu.issued()

    assert rows() == before
    assert [loaded(a).state for a in (chengdu.filed, chengdu.approved, chengdu.published)] == [
        State.FILED, State.APPROVED, State.PUBLISHED,
    ]  # fmt: skip
    assert loaded(chengdu.filed).rules.content["theme"]["status"] == "pending"
    assert Activity.objects.filter(rules=None).count() == 0


def test_each_goes_on_from_where_it_stands_with_nothing_entered_again(chengdu):
    people = chengdu.people
    chengdu.issued()

    actions.approve_activity(
        loaded(chengdu.filed),
        waivers=people.waived(loaded(chengdu.filed)),
        words="",
        by=people.reviewer,
        at=DAY,
    )
    actions.publish_activity(loaded(chengdu.filed), by=people.filer, at=DAY)
    actions.publish_activity(loaded(chengdu.approved), by=people.filer, at=DAY)
    for activity in (chengdu.filed, chengdu.approved, chengdu.published):
        actions.hold_activity(loaded(activity), participants_actual=130, by=people.filer, at=china(9, 21))

    assert set(Activity.objects.values_list("state", "round")) == {(State.HELD, 1)}


def test_the_difference_is_read_in_the_log_of_both_and_of_the_nation(chengdu):
    chengdu.issued()

    def log(code):
        return said(chengdu.city.get(f"/workspace/notices/kepuri-2023/{code}/log/"))

    became = f"主题加上：{THEME} 状态原来是：待定→现在是：正式"
    assert f"由《{TITLE}》代替：改动13条，改了文头：" in log("chengdu-2023")
    assert became in log("chengdu-2023")
    assert f"代替《{ADVANCE}》，共76条：改动13条，改了文头：" in log("chengdu-2023-formal")
    assert became in log("chengdu-2023-formal")
    assert f"下级依据本通知发出《{TITLE}》" in log("national-2023")


def test_the_public_page_of_the_advance_notice_names_the_one_in_its_place(chengdu):
    chengdu.issued()

    shown = said(Client().get("/notices/kepuri-2023/chengdu-2023/"))

    assert f"已由它代替{TITLE}" in shown.replace("已由它代替 ", "已由它代替")
    assert "上级通知四川省2023年全国科普日通知（未见正文）" in shown
