"""What a unit does with the notices sent to it, at its browser."""

from datetime import timedelta

import pytest
from django.test import Client

from kepu.core import audit
from kepu.notices import actions
from kepu.notices.models import Delivery, Notice, SentFile
from kepu.orgs.models import Message, Role
from tests.factories.notices import a_clause, a_gate, a_notice, china
from tests.factories.orgs import a_unit
from tests.factories.sending import TOWNS, a_delivery, loaded, with_recipients, work
from tests.web.workspace.conftest import DAY, somebody

LATER = DAY + timedelta(hours=1)


@pytest.fixture
def delivery(people):
    return a_delivery(people.world)


def address(delivery, noun=""):
    return f"/workspace/received/{delivery.pk}/{noun}"


def steps(found):
    return [(row.one("h2").text, row.one(class_="badge").text) for row in found.one(class_="todos").all("li")]


def test_a_notice_that_came_is_first_on_the_list_and_on_the_day(people, delivery, page):
    found = page(people.town, "/workspace/received/")
    assert steps(found) == [("东莞市全国科普日活动通知", "没打开")]
    assert "东莞市科协 东科协〔2023〕17号 2023年8月21日 09:00 送达" in found.text
    assert [tab.text for tab in found.one(class_="tabs").all("a")] == ["全部", "等签收的 1"]
    assert "通知等签收" in page(people.town, "/workspace/").text
    assert "通知等签收" not in page(people.filer, "/workspace/").text


def test_looking_at_it_writes_nothing_and_the_page_says_that_it_was_opened(people, delivery, page):
    found = page(people.town, address(delivery))
    assert loaded(delivery).opened_at is None
    beacon = next(form for form in found.all("form") if form["hx-trigger"] == "load")
    assert (beacon["action"], beacon["hx-post"], beacon["method"]) == (address(delivery, "opening/"),) * 2 + (
        "post",
    )

    answer = people.town.post(beacon["hx-post"], headers={"HX-Request": "true"})

    assert (answer.status_code, answer.content, loaded(delivery).opened_at) == (204, b"", DAY)
    again = page(people.town, address(delivery))
    assert not [form for form in again.all("form") if form["hx-trigger"]]
    assert again.one(class_="page-head").one(class_="badge").text == "等签收"


def test_without_scripts_a_button_says_so(people, delivery, page):
    answer = people.town.post(address(delivery, "opening/"))
    assert (answer.status_code, answer["Location"]) == (303, address(delivery))
    assert loaded(delivery).opened_at == DAY


def test_who_only_looks_on_opens_nothing_by_looking(people, delivery, page):
    auditor = somebody("查账", people.world.town_office, Role.AUDITOR)
    found = page(auditor, address(delivery))
    assert not [form for form in found.all("form") if "opening" in form["action"]]
    assert found.one(id="receive")["aria-disabled"] == "true"
    auditor.post(address(delivery, "opening/"), headers={"HX-Request": "true"})
    assert loaded(delivery).opened_at is None


def test_it_says_what_it_asks_of_this_unit_and_by_when(people, delivery, page):
    found = page(people.town, address(delivery))
    rows = found.one("section", aria_labelledby="dated-title").one("ul", class_="rule-list").children
    dated = [next(row.all("p")).text for row in rows]
    assert [line.split("。")[0] for line in dated] == [
        "8月21日 发布时，发布时间不早于2023年8月21日", "9月8日 2023年9月8日前报送分会场活动表（盖章PDF版、电子版），通过OA邮箱",
        "9月17日—9月23日 集中开展：2023年9月17日至2023年9月23日", "9月23日 2023年9月23日前报送科普日活动总结材料（盖章版扫描件、电子版）",
    ]  # fmt: skip
    assert "/workspace/duties/duty.plan_table/" in [a["href"] for a in found.all("a")]
    assert "东科协〔2023〕17号 六（一）" in found.text
    others = found.one("section", aria_labelledby="others-title").text
    assert "主题：提升全民科学素质" in others
    assert "全市科普日活动总结" not in found.text  # the city's own duty binds no town


def test_receiving_leaves_a_receipt(people, delivery, page):
    answer = people.town.post(address(delivery, "receiving/"))
    found = page(people.town, answer["Location"])
    assert found.notices == ["已签收“东莞市全国科普日活动通知”，回执留在这里。"]
    assert "2023年8月25日 10:00 已签收 签收人 苏镇科" in found.text
    assert (loaded(delivery).received_at, loaded(delivery).opened_at) == (DAY, DAY)
    people.town.post(address(delivery, "receiving/"))
    assert audit.of(delivery).count() == 1


class TestReceipt:
    def receipt(self, client, delivery, page):
        return page(client, f"/workspace/deliveries/{delivery.pk}/receipt/")

    @pytest.fixture(autouse=True)
    def received(self, people, delivery):
        people.town.post(address(delivery, "receiving/"))

    def test_it_names_the_unit_the_hours_the_file_and_the_trace(self, people, delivery, page):
        found = self.receipt(people.town, delivery, page)
        facts = found.one("dl")
        assert dict(zip([t.text for t in facts.all("dt")], [d.text for d in facts.all("dd")], strict=True)) == {
            "发文单位": "东莞市科协", "发文字号": "东科协〔2023〕17号", "收文单位": "石龙镇科协",
            "送达时间": "2023年8月21日 09:00", "打开时间": "2023年8月25日 10:00 · 苏镇科",
            "签收时间": "2023年8月25日 10:00 · 苏镇科", "回执编号": str(delivery.pk),
            "文件摘要（SHA-256）": delivery.digest,
            "留痕": f"第 {audit.of(delivery).get().strand} 链第 {audit.of(delivery).get().seq} 行 {audit.of(delivery).get().hash}",
        }  # fmt: skip
        assert [li.text for li in found.one(class_="proofs").all("li")] == [
            "送达的文件原样保存着，是这份通知发出的第 1 版（共 1 版），摘要相符。", "现在的通知和送达时一字不差。",
            "签收的留痕完好，记的是同一个人、同一时间、同一份文件。",
        ]  # fmt: skip

    def test_the_issuer_sees_it_and_another_town_does_not(self, people, delivery, page):
        assert "石龙镇科协" in self.receipt(people.reviewer, delivery, page).text
        assert people.filer.get(f"/workspace/deliveries/{delivery.pk}/receipt/").status_code == 404

    def test_a_notice_that_changed_since_is_told_by_its_version(self, people, delivery, page):
        notice = Notice.objects.get(code="dg")
        a_gate(notice, "DG-99", fact="venue", required=True)
        actions.send_notice(notice, by=people.world.coordinator, at=LATER)
        found = self.receipt(people.town, delivery, page)
        assert "第 1 版（共 2 版）" in found.text
        assert "送达以后，通知的内容改过。" in found.text
        assert "送达以后，这份通知改过。" in page(people.town, address(delivery)).text

    def test_a_kept_file_that_was_tampered_with_shows(self, people, delivery, page):
        SentFile.objects.update(text="format = 1")
        assert "保存的文件和摘要对不上" in self.receipt(people.town, delivery, page).text

    def test_a_receiving_that_was_tampered_with_shows(self, people, delivery, page):
        Delivery.objects.update(received_at=LATER)
        assert "签收的留痕对不上" in self.receipt(people.town, delivery, page).text

    def test_the_file_is_the_one_of_the_digest(self, people, delivery):
        from hashlib import sha256

        answer = people.town.get(f"/workspace/deliveries/{delivery.pk}/file/")
        assert sha256(answer.content).hexdigest() == delivery.digest
        assert answer["Content-Disposition"] == 'attachment; filename="dg-1.toml"'
        assert people.filer.get(f"/workspace/deliveries/{delivery.pk}/file/").status_code == 404


class TestForwarding:
    def choose(self, client, delivery, **chosen):
        return client.post(address(delivery, "forwarding/"), {"act": "preview", **chosen})

    def test_first_it_is_shown_whom_it_reaches_then_it_goes(self, people, delivery, page, read):
        assert "哪一级的单位" in page(people.town, address(delivery, "forwarding/")).text
        shown = read(self.choose(people.town, delivery, names="石龙中学\n没有的学校"))
        assert "一共 1 个单位，其中 0 个已经有了，这次送到 1 个。" in shown.text
        assert "没有找到：没有的学校" in shown.text
        assert Delivery.objects.count() == 1

        seen = shown.one("input", name="seen")["value"]
        answer = people.town.post(
            address(delivery, "forwarding/"),
            {"act": "forward", "names": "石龙中学\n没有的学校", "seen": seen},
        )

        assert page(people.town, answer["Location"]).notices[0].startswith("正在转发")
        work(LATER)
        assert "已转发 1 个单位，其中 0 个打开，0 个签收。" in page(people.town, address(delivery)).text
        found = page(people.filer, "/workspace/received/")
        assert "石龙镇科协转来" in found.text

    def test_another_choice_than_the_one_seen_is_shown_first(self, people, delivery, read):
        a_unit(people.world.town, "石龙二中", kind="school")
        shown = read(self.choose(people.town, delivery, names="石龙中学"))
        seen = shown.one("input", name="seen")["value"]
        answer = people.town.post(
            address(delivery, "forwarding/"), {"act": "forward", "names": "石龙中学\n石龙二中", "seen": seen}
        )
        assert "一共 2 个单位" in read(answer).text
        work(LATER)
        assert Delivery.objects.count() == 1

    def test_levels_and_kinds(self, people, delivery, read):
        from tests.factories.orgs import a_term

        a_term("unit_kind", "school", "中小学")
        shown = read(self.choose(people.town, delivery, levels="town", kinds="school"))
        assert "镇街级、中小学 1 石龙中学" in shown.text

    def test_nothing_chosen_is_said(self, people, delivery, read):
        assert "一个单位也没有找到。" in read(self.choose(people.town, delivery)).text
        answer = people.town.post(address(delivery, "forwarding/"), {"act": "forward", "seen": "0-0"})
        assert (answer.status_code, "请选择转发给哪些单位" in read(answer).text) == (422, True)

    def test_too_many_names_and_no_names(self, people, delivery, read):
        many = "\n".join(f"第{n}单位" for n in range(201))
        assert "一次最多点名200个单位" in read(self.choose(people.town, delivery, names=many)).text
        assert "不像单位名称" in read(self.choose(people.town, delivery, names="长" * 130)).text
        assert "一个单位也没有找到。" in read(self.choose(people.town, delivery, names=" \n ' OR 1=1")).text

    def test_who_may_not_is_told_why(self, people, delivery, page):
        filer = somebody("填报人", people.world.town_office, Role.FILER)
        assert "由该单位的统筹人员转发" in page(filer, address(delivery, "forwarding/")).text
        assert "由该单位的统筹人员转发" in page(filer, address(delivery)).text
        filer.post(address(delivery, "forwarding/"), {"act": "forward", "names": "石龙中学", "seen": "1-0-1"})
        work(LATER)
        assert Delivery.objects.count() == 1


def test_a_withdrawn_notice_says_so(people, delivery, page):
    Notice.objects.update(withdrawn_at=DAY)
    assert "这份通知已经撤回，不再适用。" in page(people.town, address(delivery)).text
    assert "已撤回" in page(people.town, "/workspace/received/").text


def test_a_notice_that_asks_nothing_of_the_unit(people, page):
    quiet = with_recipients(a_notice(people.world.season, people.world.city, "quiet", number=""), TOWNS)
    a_clause(quiet, "Q-1", "duty", {"what": "x", "title": "表"}, audience={"kinds": ["school"]})
    delivery = a_delivery(people.world, notice=quiet)
    found = page(people.town, address(delivery)).text
    assert "这份通知没有对本单位规定日期。" in found
    assert "没有别的规定。" in found


def test_the_list_is_read_page_by_page_the_unopened_first(people, delivery, page):
    people.town.post(address(delivery, "receiving/"))
    for number in range(31):
        notice = with_recipients(a_notice(people.world.season, people.world.city, f"n{number}"), TOWNS)
        Notice.objects.filter(pk=notice.pk).update(title=f"第{number}份")
        a_delivery(people.world, notice=Notice.objects.get(pk=notice.pk), at=china(2023, 8, 22, 9, number))
    found = page(people.town, "/workspace/received/")
    assert [title for title, _step in steps(found)] == [f"第{n}份" for n in range(30, 0, -1)]
    found = page(people.town, f"/workspace/received/{found.one('a', rel='next')['href']}")
    assert steps(found) == [("第0份", "没打开"), ("东莞市全国科普日活动通知", "已签收")]
    waiting = page(people.town, "/workspace/received/?tab=waiting")
    assert [tab.text for tab in waiting.one(class_="tabs").all("a")] == ["全部", "等签收的 31"]


def test_messages_lead_to_the_notice(people, delivery):
    message = Message.objects.get(unit=people.world.town_office, kind="notice.sent")
    answer = people.town.post(f"/workspace/messages/{message.pk}/reading/")
    assert answer["Location"] == address(delivery)


def test_a_stranger_signs_in_first(delivery):
    for answer in (Client().get(address(delivery)), Client().post(address(delivery, "receiving/"))):
        assert answer["Location"].startswith("/accounts/login/")
