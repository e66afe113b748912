"""Posters of what is published: the page, the files, what caches are told, and what nobody gets to see."""

import io
import re

import pytest
from django.core.cache import caches
from PIL import Image

from kepu.activities.workflow import State
from kepu.core import tallies
from kepu.web.portal.posters import drawing, qr, saying
from kepu.web.portal.posters.laying import FORMATS, laid
from tests.factories.activities import PUBLISHED
from tests.factories.notices import a_clause, china


def poster_of(activity):
    from kepu.web.portal.activities import finding

    publication = finding.publication_of(activity.pk)
    return saying.of_activity(publication, finding.places_of(publication), at=china(2023, 9, 11))


def picture(answer):
    return Image.open(io.BytesIO(answer.content))


def metas(found):
    return {m["property"] or m["name"]: m["content"] for m in found.all("meta") if m["content"]}


def heads(found, rel):
    return list(found.all("link", rel=rel))


class TestWhatItSays:
    def test_theme_time_place_and_hosts(self, publish):
        poster = poster_of(publish("走进中医药", undertakers=["石龙镇卫生院"], co_hosts=["东莞市中医院"]))
        assert poster.theme == "提升全民科学素质，助力科技自立自强"
        assert poster.facts == (
            ("时间", "2023年9月17日 周日 9:00—17:00"), ("地点", "广东省东莞市石龙镇 石龙中学礼堂"),
            ("主办", "石龙中学、东莞市中医院"), ("承办", "石龙镇卫生院"),
        )  # fmt: skip
        assert poster.address.endswith(f"/activities/{poster_pk(poster)}/")
        assert poster.seed.family == "health"

    def test_the_hours_shine_on_the_dial_with_noon_above(self, publish):
        assert poster_of(publish("走进中医药")).seed.arc == (-3 / 24, 5 / 24)

    def test_the_marks_that_the_notice_names(self, publish, world):
        items = [{"code": "day", "label": "全国科普日"}, {"code": "china", "label": "科普中国"}]
        a_clause(world.season.notices.get(), "DG-90", "mark", {"code": "marks", "items": items}, number="五")
        assert poster_of(publish("走进中医药")).marks == ("全国科普日", "科普中国")

    @pytest.mark.parametrize(
        ("state", "standing", "band"),
        [
            (State.PUBLISHED, "", ""),
            (State.CANCELLED, "cancelled", "已取消"),
            (State.POSTPONED, "postponed", "延期到此时"),
        ],
    )
    def test_what_is_off_or_later_says_so(self, publish, state, standing, band):
        poster = poster_of(publish("走进中医药", state))
        assert (poster.standing, poster.band, band in poster.alt) == (standing, band, True)
        assert laid(poster, FORMATS["share"])["off"] is (standing == "cancelled")

    def test_no_person_is_named(self, publish):
        poster = poster_of(publish("走进中医药", contact_name="王联络", contact_phone="13912345678"))
        assert [word for word in ("王联络", "13912345678") if word in str(poster)] == []


def poster_pk(poster):
    return int(re.search(r"/activities/(\d+)/$", poster.address)[1])


class TestFiles:
    @pytest.mark.parametrize(
        ("name", "size"),
        [("share.png", (1200, 630)), ("poster.png", (1240, 1754)), ("square.png", (1080, 1080))],
    )
    def test_a_picture_has_its_size(self, client, publish, name, size):
        answer = client.get(f"/activities/{publish('走进中医药').pk}/{name}?lang=zh-hans")
        assert (answer.status_code, answer.headers["Content-Type"], picture(answer).size) == (
            200,
            "image/png",
            size,
        )

    def test_the_code_on_it_is_the_activity_s_address(self, client, publish):
        activity = publish("走进中医药")
        shown = picture(client.get(f"/activities/{activity.pk}/square.png")).convert("L")
        rows = qr.modules(poster_of(activity).address)
        sheet, side = FORMATS["square"], len(rows) + 2 * qr.QUIET
        step, left, top = sheet.qr / side, 1080 - 72 - sheet.qr, 1080 - 44 - sheet.qr
        seen = [
            [shown.getpixel((round(left + (x + qr.QUIET + 0.5) * step), round(top + (y + qr.QUIET + 0.5) * step))) < 128 for x in range(len(rows))]
            for y in range(len(rows))
        ]  # fmt: skip
        assert seen == rows

    def test_the_vector_says_in_words_what_it_shows(self, client, publish):
        answer = client.get(f"/activities/{publish('走进<中医药>').pk}/poster.svg")
        text = answer.content.decode()
        assert answer.headers["Content-Type"] == "image/svg+xml"
        assert "<title>海报：《走进&lt;中医药&gt;》。时间：2023年9月17日" in text
        assert ("<text" in text, "<script" in text) == (False, False)  # outlines: it shows without our fonts

    def test_the_sheet_for_the_printer_is_one_page_of_a4(self, client, publish):
        import pypdfium2

        answer = client.get(f"/activities/{publish('走进中医药').pk}/poster.pdf")
        document = pypdfium2.PdfDocument(answer.content)
        assert (len(document), [round(n) for n in document[0].get_size()]) == (1, [595, 842])
        assert "走进中医药" in document[0].get_textpage().get_text_range()

    @pytest.mark.parametrize("state", [State.DRAFT, State.FILED, State.APPROVED])
    def test_what_is_not_public_has_none(self, client, publish, state):
        activity = publish("还没公开", state)
        for path in ("poster/", "share.png", "poster.svg"):
            assert client.get(f"/activities/{activity.pk}/{path}").status_code == 404

    @pytest.mark.parametrize("name", ["share.svg", "share.gif", "banner.png", "poster.PNG"])
    def test_only_the_kinds_there_are(self, client, publish, name):
        assert client.get(f"/activities/{publish('走进中医药').pk}/{name}").status_code == 404

    def test_it_costs_two_queries_and_is_drawn_once(
        self, client, publish, monkeypatch, django_assert_num_queries
    ):
        activity, drawn = publish("走进中医药"), []
        made = drawing._made
        monkeypatch.setattr(drawing, "_made", lambda *args: drawn.append(1) or made(*args))
        first = client.get(f"/activities/{activity.pk}/share.png?lang=zh-hans")
        with django_assert_num_queries(2):
            again = client.get(f"/activities/{activity.pk}/share.png?lang=zh-hans")
        assert (first.content == again.content, len(drawn)) == (True, 1)

    def test_caches_may_keep_it_and_ask_again(self, client, publish):
        activity = publish("走进中医药")
        answer = client.get(f"/activities/{activity.pk}/share.png?lang=zh-hans")
        assert answer.headers["Cache-Control"].startswith("public, max-age=300")
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert not answer.cookies
        caches["posters"].clear()
        same = client.get(
            f"/activities/{activity.pk}/share.png?lang=zh-hans",
            headers={"If-None-Match": answer.headers["ETag"]},
        )
        assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", answer.headers["ETag"])

    def test_a_cancelled_one_is_another_picture_at_once(self, client, publish, world):
        from kepu.activities.actions import cancel_activity

        activity = publish("走进中医药")
        before = client.get(f"/activities/{activity.pk}/share.png")
        cancel_activity(activity, reason="台风", by=world.filer, at=PUBLISHED)
        after = client.get(
            f"/activities/{activity.pk}/share.png", headers={"If-None-Match": before.headers["ETag"]}
        )
        assert (after.status_code, after.content == before.content) == (200, False)

    def test_who_has_too_many_drawn_waits_and_what_was_drawn_is_free(
        self, client, publish, monkeypatch, settings
    ):
        from kepu.web.limits import Budget
        from kepu.web.portal.posters import views

        settings.KEPU_LIMITS = 1
        monkeypatch.setattr(views, "DRAWINGS", Budget("poster", "address", 1, 60))
        one, other = publish("一"), publish("二")
        assert client.get(f"/activities/{one.pk}/share.png").status_code == 200
        refused = client.get(f"/activities/{other.pk}/share.png")
        assert (refused.status_code, refused.headers["Cache-Control"]) == (429, "no-store")
        assert client.get(f"/activities/{one.pk}/share.png").status_code == 200

    @pytest.mark.parametrize("title", ["科" * 120, "A" * 120, "“" * 60, "𠮷野家😀", "x", "a b " * 30])
    def test_no_title_breaks_it(self, client, publish, title):
        activity = publish(title)
        for sheet in FORMATS:
            assert client.get(f"/activities/{activity.pk}/{sheet}.png").status_code == 200


class TestThePage:
    def test_it_offers_every_file_and_the_link(self, client, page, publish):
        activity = publish("走进中医药")
        found = page(client, f"/activities/{activity.pk}/poster/")
        assert found.h1 == "走进中医药：海报"
        links = [a["href"] for a in found.all("a") if a["download"]]
        assert [re.sub(r"\?.*", "", link) for link in links] == [
            f"/activities/{activity.pk}/{name}" for name in ("poster.pdf", "poster.png", "square.png", "share.png", "poster.svg")
        ]  # fmt: skip
        assert {client.get(link).status_code for link in links} == {200}
        assert found.one("input", id="link")["value"].endswith(f"/activities/{activity.pk}/")
        assert "走进中医药" in found.one("img")["alt"]

    def test_the_card_that_a_chat_shows(self, client, page, publish, settings):
        settings.KEPU_PUBLIC_URL = "https://kepu.example.cn"
        activity = publish("走进中医药")
        found = page(client, f"/activities/{activity.pk}/poster/")
        said = metas(found)
        assert re.fullmatch(
            rf"https://kepu\.example\.cn/activities/{activity.pk}/share\.png\?lang=zh-hans&v=[0-9a-f]{{10}}",
            said["og:image"],
        )
        assert (said["og:image:width"], said["og:image:height"], said["twitter:card"]) == (
            "1200",
            "630",
            "summary_large_image",
        )
        assert said["og:image:alt"] == said["twitter:image:alt"] == found.one("img")["alt"]

    def test_each_language_has_its_address(self, client, page, publish, settings):
        settings.KEPU_PUBLIC_URL = "https://kepu.example.cn"
        activity = publish("走进中医药")
        path = f"https://kepu.example.cn/activities/{activity.pk}/poster/"
        chinese = page(client, f"/activities/{activity.pk}/poster/")
        english = page(client, f"/activities/{activity.pk}/poster/?lang=en")
        assert heads(chinese, "canonical")[0]["href"] == path
        assert heads(english, "canonical")[0]["href"] == f"{path}?lang=en"
        for found in (chinese, english):
            others = {
                link["hreflang"]: link["href"] for link in heads(found, "alternate") if link["hreflang"]
            }
            assert others == {"zh-Hans": path, "en": f"{path}?lang=en", "x-default": path}
        assert "lang=en" in metas(english)["og:image"]
        assert english.one("html")["lang"] == "en"

    def test_it_costs_two_queries(self, client, page, publish, django_assert_num_queries):
        activity = publish("走进中医药")
        page(client, f"/activities/{activity.pk}/poster/")
        with django_assert_num_queries(2):
            page(client, f"/activities/{activity.pk}/poster/")


class TestPlaces:
    def test_it_says_how_much_there_is_and_leads_to_the_list(self, client, page, publish, world):
        publish("走进中医药")
        publish("观星夜")
        assert tallies.in_place(world.season.pk, world.town.path)["activity.published", ""] == 2
        found = page(client, f"/posters/places/{world.town.code}/")
        assert found.h1 == "石龙镇的科普活动：海报"
        assert "2项活动" in found.one("img")["alt"]
        assert found.one("input", id="link")["value"].endswith(f"/activities/?place={world.town.code}")
        assert picture(client.get(f"/posters/places/{world.town.code}/share.png")).size == (1200, 630)

    def test_the_days_shine_on_a_year(self, world):
        poster = saying.of_place(world.city, world.season, 12, at=china(2023, 9, 11))
        begins, ends = poster.seed.arc
        assert (0.65 < begins < ends < 0.80, poster.seed.marks) == (True, 365)

    @pytest.mark.parametrize(
        ("n", "said"),
        [(0, ""), (7, "7项活动"), (99, "99项活动"), (1234, "1,200多项活动"), (1_000_000, "1,000,000项活动")],
    )
    def test_many_are_rounded_down(self, world, n, said):
        poster = saying.of_place(world.city, world.season, n, at=china(2023, 9, 11))
        assert poster.figure + poster.counted == said

    def test_a_place_that_is_none_has_none(self, client, world):
        for path in (
            "/posters/places/999999/",
            "/posters/places/999999/share.png",
            f"/posters/places/{world.city.code}/share.gif",
        ):
            assert client.get(path).status_code == 404

    def test_it_never_goes_through_the_season(self, client, publish, world, django_assert_num_queries):
        for n in range(2):
            publish(f"第{n}场")
        client.get(f"/posters/places/{world.city.code}/share.png?lang=zh-hans")
        with django_assert_num_queries(3):
            client.get(f"/posters/places/{world.city.code}/share.png?lang=zh-hans")
        publish("又一场")
        with django_assert_num_queries(3):
            client.get(f"/posters/places/{world.city.code}/share.png?lang=zh-hans")
