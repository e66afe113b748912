"""The people of a unit: who holds which post, inviting, appointing, deputies, hand-over."""

from datetime import timedelta

import pytest

from kepu.orgs import actions
from kepu.orgs.models import Deputy, Invitation, Post, Role
from tests.factories.accounts import a_person
from tests.factories.activities import an_activity
from tests.factories.notices import china
from tests.factories.orgs import a_coordinator, a_deputy, a_post, a_unit
from tests.web.workspace.conftest import DAY, signed_in

ONE = timedelta(days=1)


def of(unit, more=""):
    return f"/workspace/units/{unit.pk}/{more or 'people/'}"


@pytest.fixture
def school(people):
    return people.world.school


@pytest.fixture
def office(people):
    return people.world.city_office


def holding(unit):
    held = Post.objects.filter(unit=unit).order_by("id")
    return [(post.person.name, post.role, post.until) for post in held]


class TestTheList:
    def test_says_who_holds_which_post_how_far_and_how_long(self, people, office, page):
        post = a_post(
            office,
            Role.REVIEWER,
            person=a_person("黎科长"),
            place=people.world.town,
            since=china(2023, 8, 1, 0),
            until=china(2023, 10, 1, 0),
        )
        a_deputy(post, a_person("周代理"), since=DAY, until=DAY + ONE)
        found = page(people.reviewer, of(office))
        assert found.h1 == "东莞市科协的人员"
        text = found.text
        assert "黎科长 审核 石龙镇 2023年8月1日—2023年9月30日" in text
        assert "代理中 周代理" in text
        assert "梁主任 您" in text

    def test_shows_name_and_post_only(self, people, office, page):
        person = a_person("黎科长", username="li-secret", email="li@example.cn")
        person.put_phone("13912345678")
        person.save()
        a_post(office, Role.REVIEWER, person=person)
        html = people.reviewer.get(of(office)).content.decode()
        assert "黎科长" in html
        assert all(secret not in html for secret in ("li-secret", "li@example.cn", "13912345678"))

    def test_what_has_ended_stands_on_a_page_of_its_own(self, people, office, page):
        a_post(office, Role.REVIEWER, person=a_person("前任"), until=DAY - ONE)
        assert "前任" not in page(people.reviewer, of(office)).text
        assert "前任" in page(people.reviewer, of(office, "people/?tab=ended")).text

    @pytest.mark.parametrize(
        ("who", "sees"),
        [
            ("filer", True),
            ("reviewer", True),
            ("colleague", False),
            ("auditor", True),
            ("town", True),
            ("outsider", False),
        ],
    )
    def test_is_seen_by_its_own_people_and_by_who_coordinates_or_audits(self, people, school, who, sees):
        assert getattr(people, who).get(of(school)).status_code == (200 if sees else 404)

    def test_the_menu_leads_to_ones_own_unit(self, people, school, page):
        assert page(people.filer, "/workspace/people/").h1 == "石龙中学的人员"

    def test_who_only_looks_on_is_offered_nothing(self, people, school, page):
        found = page(people.auditor, of(school))
        assert [a.text for a in found.one("main").all("a") if "邀请" in a.text or "岗位" in a.text] == [
            "现在的岗位"
        ]
        assert [form["action"] for form in found.one("main").all("form")] == []

    @pytest.mark.parametrize("count", [1, 3])
    def test_costs_the_same_however_many(self, people, school, count, django_assert_num_queries):
        for _ in range(count):
            a_deputy(a_post(school, Role.REVIEWER), since=DAY, until=DAY + ONE)
            actions.invite(school, Role.FILER, name="张", by=a_coordinator(people.world.city_office), at=DAY)
        people.filer.get(of(school))
        with django_assert_num_queries(
            9
        ):  # session, person, way, actor; the unit, posts, deputies, reach, invitations
            people.filer.get(of(school))


class TestInviting:
    def test_the_link_is_shown_once(self, people, school, read):
        answer = people.filer.post(of(school, "invitations/new/"), {"name": "张老师", "role": "filer"})
        found = read(answer)
        assert (found.h1, answer["Cache-Control"]) == ("邀请已发出", "private, no-store")
        link = found.one("code").text
        assert link.startswith("http://localhost:8000/invitations/")
        invitation = Invitation.objects.get()
        assert (invitation.unit, invitation.role, invitation.name) == (school, Role.FILER, "张老师")
        again = read(people.filer.get(of(school))).text
        assert "张老师 填报 本单位" in again
        assert link not in again

    def test_a_filer_is_offered_the_filers_post_only(self, people, school, page):
        found = page(people.filer, of(school, "invitations/new/"))
        assert [radio["value"] for radio in found.all("input", type="radio")] == ["filer"]
        answer = people.filer.post(of(school, "invitations/new/"), {"name": "张老师", "role": "coordinator"})
        assert (answer.status_code, Invitation.objects.count()) == (422, 0)

    def test_a_coordinator_may_name_an_area_within_their_own(self, people, school, page):
        found = page(people.reviewer, of(school, "invitations/new/"))
        assert [option.text for option in found.one("select", name="area").all("option")] == [
            "本单位管的范围",
            "东莞市",
            "石龙镇",
        ]
        sent = {"name": "张老师", "role": "reviewer", "area": f"place:{people.world.town.code}"}
        people.reviewer.post(of(school, "invitations/new/"), sent)
        assert Invitation.objects.get().place == people.world.town

    def test_what_is_missing_is_said_by_its_field(self, people, school, read):
        found = read(
            people.filer.post(of(school, "invitations/new/"), {"name": "", "email": "x", "role": ""})
        )
        said = found.one(class_="form-errors").text
        assert "请填写“邀请谁”。" in said
        assert "电子邮箱的写法不对" in said

    def test_it_is_taken_back(self, people, school, page):
        people.filer.post(of(school, "invitations/new/"), {"name": "张老师", "role": "filer"})
        pk = Invitation.objects.get().pk
        people.filer.post(f"/workspace/invitations/{pk}/withdrawal/")
        found = page(people.filer, of(school))
        assert found.notices == ["邀请已收回，链接不能再用。"]
        assert Invitation.objects.get().withdrawn_at == DAY


class TestAppointing:
    def test_somebody_with_an_account_gets_a_post(self, people, school):
        person = a_person("李老师", username="li")
        sent = {"username": " li ", "role": "filer", "until": "2023-12-31"}
        answer = people.reviewer.post(of(school, "people/new/"), sent)
        assert answer["Location"] == of(school)
        assert Post.objects.filter(person=person).values_list("unit_id", "role", "until").get() == (
            school.pk, "filer", china(2024, 1, 1, 0),
        )  # fmt: skip

    def test_an_unknown_name_leads_to_an_invitation(self, people, school, read):
        found = read(people.reviewer.post(of(school, "people/new/"), {"username": "nobody", "role": "filer"}))
        assert "没有这个登录名。请核对，或用“邀请”让对方自己建账号。" in found.one(class_="form-errors").text

    def test_a_filer_is_told_whom_to_ask(self, people, school, page):
        assert (
            "只有所在地区或系统的统筹岗位才能安排“石龙中学”的人员"
            in page(people.filer, of(school, "people/new/")).text
        )
        a_person("李老师", username="li")
        people.filer.post(of(school, "people/new/"), {"username": "li", "role": "filer"})
        assert len(holding(school)) == 1


class TestOnePost:
    def test_the_dates_are_corrected(self, people, school):
        post = a_post(school, Role.REVIEWER)
        people.reviewer.post(f"/workspace/posts/{post.pk}/dates/", {"until": "2023-09-30"})
        post.refresh_from_db()
        assert post.until == china(2023, 10, 1, 0)

    def test_the_last_filer_is_let_go_only_after_a_tick(self, people, school, page, read):
        post = Post.objects.get(unit=school)
        address = f"/workspace/posts/{post.pk}/ending/"
        assert page(people.reviewer, address).one("input", name="confirmed")["type"] == "checkbox"
        assert (
            "再没有别的填报人员。确实要让这个岗位空着"
            in read(people.reviewer.post(address)).one(class_="form-errors").text
        )
        people.reviewer.post(address, {"confirmed": "on"})
        post.refresh_from_db()
        assert post.until == DAY

    def test_the_last_filer_does_not_leave_alone(self, people, school, read):
        post = Post.objects.get(unit=school)
        found = read(people.filer.post(f"/workspace/posts/{post.pk}/ending/", {"confirmed": "on"}))
        assert "请先办交接，或请上级统筹单位确认" in found.one(class_="form-errors").text

    def test_a_colleague_stands_in_and_is_relieved(self, people, office):
        post = Post.objects.get(unit=office, role=Role.AUDITOR)
        colleague = Post.objects.get(unit=office, person__name="黄科长").person
        auditor = people.auditor
        sent = {"person": colleague.pk, "since": "2023-08-25", "until": "2023-08-31"}
        auditor.post(f"/workspace/posts/{post.pk}/deputy/", sent)
        deputy = Deputy.objects.get()
        assert (deputy.person, deputy.since, deputy.until) == (
            colleague,
            china(2023, 8, 25, 0),
            china(2023, 9, 1, 0),
        )

        people.colleague.post("/workspace/unit/", {"unit": f"{office.pk}.{post.person_id}"})
        people.colleague.post(f"/workspace/deputies/{deputy.pk}/ending/")
        deputy.refresh_from_db()
        assert deputy.until == DAY

    def test_somebody_from_outside_is_named_by_the_coordinator_only(self, people, office, page):
        post = Post.objects.get(unit=office, role=Role.AUDITOR)
        assert (
            list(page(people.auditor, f"/workspace/posts/{post.pk}/deputy/").all("input", name="username"))
            == []
        )
        outside = a_person("外来", username="out")
        sent = {"username": "out", "since": "2023-08-25", "until": "2023-08-31"}
        people.reviewer.post(f"/workspace/posts/{post.pk}/deputy/", sent)
        assert Deputy.objects.get().person == outside

    def test_a_post_elsewhere_is_not_found(self, people, school):
        post = Post.objects.get(unit=school)
        for act in ("dates", "ending", "deputy"):
            assert people.outsider.get(f"/workspace/posts/{post.pk}/{act}/").status_code == 404


class TestHandOver:
    def test_lists_what_is_in_hand_and_gives_all_posts_at_once(self, people, school, page):
        leaver = Post.objects.get(unit=school).person
        an_activity(people.world)
        successor = a_person("李老师", username="li")
        address = of(school, f"people/{leaver.pk}/hand-over/")
        found = page(people.reviewer, address)
        assert found.h1 == f"{leaver.name}的交接"
        assert [li.text for li in found.one("ul", class_="in-hand").all("li")] == ["草稿 1"]

        post = Post.objects.get(unit=school)
        answer = people.reviewer.post(address, {"username": "li", "posts": [post.pk]})
        assert answer["Location"] == of(school)
        assert holding(school) == [(leaver.name, "filer", DAY), (successor.name, "filer", None)]

    def test_a_filer_gives_their_own_post_to_a_colleague(self, people, school):
        mine = Post.objects.get(unit=school)
        colleague = a_post(school, Role.REVIEWER, person=a_person("李老师")).person
        people.filer.post(
            of(school, f"people/{mine.person_id}/hand-over/"), {"person": colleague.pk, "posts": [mine.pk]}
        )
        assert (colleague.name, "filer", None) in holding(school)

    def test_nobody_takes_over_from_who_has_no_post_there(self, people, school, office):
        person = Post.objects.filter(unit=office).first().person
        assert people.reviewer.get(of(school, f"people/{person.pk}/hand-over/")).status_code == 404


def test_a_deputy_is_offered_no_posts_to_give(people, office, page):
    coordinating = Post.objects.get(unit=office, role=Role.COORDINATOR)
    person = a_person("周代理")
    a_deputy(coordinating, person, since=DAY - ONE, until=DAY + ONE)
    client = signed_in(person)
    found = page(client, of(office))
    assert "代理期间不能安排人员" in found.text
    assert list(found.one("main").all("form")) == [
        found.one("form", action=f"/workspace/deputies/{Deputy.objects.get().pk}/ending/")
    ]


def test_a_closed_unit_far_away_stays_out_of_sight(people):
    assert people.filer.get(of(a_unit(people.world.city))).status_code == 404
