"""The compilation: the page and its files say the same, in order, bounded, and read back by other programs."""

from io import BytesIO

import docx
import pypdfium2
import pytest
from django.core.cache import caches
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook

from kepu.activities.actions import postpone_activity
from kepu.activities.workflow import State
from kepu.web.limits import Budget
from kepu.web.portal.compilation import gathering, views
from kepu.web.portal.compilation.composing import item_numbers
from tests.factories.notices import china


def at(day, hour=9):
    return {"starts_at": china(2023, 9, day, hour), "ends_at": china(2023, 9, day, hour + 2)}


@pytest.fixture
def two(publish):
    """Two activities; the later one is filed first, and its title would be a formula."""
    publish("=1+1&<b>观星夜</b>", **at(18, 19), summary="看月亮。\n" + "长" * 300, audiences=["minors"])
    publish("走进中医药", **at(17), co_hosts=["东莞市中医院"], address="东江大道1号")


def fetch(client, form, query="?place=441900"):
    response = client.get(f"/compilation.{form}{query}")
    return response, response.content


def test_before_any_season_it_says_so(client, page):
    assert page(client, "/compilation/").one(class_="empty").text.startswith("还没有开设届次")
    assert client.get("/compilation.pdf").status_code == 302


def test_the_page_has_title_theme_contents_and_every_activity(client, page, two):
    found = page(client, "/compilation/?place=441900")

    assert found.h1 == "东莞市活动汇编"
    said = {d.one("dt").text: d.one("dd").text for d in found.one(class_="compiled-said").children}
    assert said["主题"] == "提升全民科学素质，助力科技自立自强 东科协〔2023〕17号 第一部分"
    contents = found.one(class_="compiled-contents")
    assert [li.text for li in contents.one("ol").all("li")] == [
        "2023年9月17日 周日 第1项",
        "2023年9月18日 周一 第2项",
    ]
    assert [li.text for li in contents.one("ul").all("li")] == ["石龙镇 2场 · 1—2"]
    first, second = found.all("article")
    assert first.text.startswith(
        "1 走进中医药 时间 9:00—11:00 地点 广东省东莞市石龙镇 东江大道1号 石龙中学礼堂"
    )
    assert "主办、承办 石龙中学、东莞市中医院" in first.text
    assert second.one("a").text == "=1+1&<b>观星夜</b>"
    assert second.text.count("长") < 160
    assert "共2场活动" in found.text
    assert "截至2023年9月11日 周一 10:00" in found.text
    assert [a["href"] for a in found.all("a", rel="nofollow")] == [
        f"/compilation.{form}?place=441900" for form in ("pdf", "docx", "xlsx")
    ]


def test_no_person_is_in_any_form(client, publish):
    publish("走进中医药", contact_name="王联络", contact_phone="13912345678", safety_person="张安全")
    page = client.get("/compilation/").content.decode()
    word = docx_text(fetch(client, "docx", "")[1])
    assert [s for s in ("王联络", "13912345678", "张安全") if s in page or s in word] == []


def docx_text(data):
    return "\n".join(p.text for p in docx.Document(BytesIO(data)).paragraphs)


def test_the_pdf_is_read_back(client, two, settings):
    settings.KEPU_PUBLIC_URL = "https://kepu.example.cn"
    response, data = fetch(client, "pdf")

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="kepu-2023-441900-20230911.pdf"'
    pdf = pypdfium2.PdfDocument(data)
    texts = [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in pdf]
    plain = ["".join(text.split()) for text in texts]
    assert "东莞市活动汇编" in plain[0]
    assert "https://kepu.example.cn/activities/?place=441900" in plain[0]
    assert "目录" in plain[1]
    assert "2023年9月17日周日第1项" in plain[1]
    assert "=1+1&<b>观星夜</b>" in plain[2]
    assert plain[2].index("走进中医药") < plain[2].index("观星夜")
    assert ["—1—" in plain[0], "—3—" in plain[2]] == [True, True]
    assert [entry.get_title() for entry in pdf.get_toc()][:1] == ["2023年9月17日 周日　第1项"]
    assert b"/StructTreeRoot" in data
    assert b"pdfuaid:part" in data
    again = fetch(client, "pdf")[1]
    assert again == data


def test_the_word_document_is_read_back(client, two):
    document = docx.Document(BytesIO(fetch(client, "docx")[1]))

    headings = [
        (p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith(("Title", "Heading"))
    ]
    assert headings == [
        ("Title", "东莞市活动汇编"), ("Heading 1", "目录"), ("Heading 2", "按地区"),
        ("Heading 1", "2023年9月17日 周日　第1项"), ("Heading 2", "1　走进中医药"),
        ("Heading 1", "2023年9月18日 周一　第2项"), ("Heading 2", "2　=1+1&<b>观星夜</b>"),
    ]  # fmt: skip
    body = document.element.body
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    assert {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))} == marks
    assert len(document.inline_shapes) == 1
    assert "PAGE" in document.sections[0].footer._element.xml
    assert "主办、承办：石龙中学、东莞市中医院" in docx_text(fetch(client, "docx")[1])


def test_the_sheet_is_read_back(client, two):
    data = fetch(client, "xlsx")[1]
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    rows = book.get_sheet_by_name("活动").to_python()

    assert [row[1] for row in rows] == ["活动名称", "走进中医药", "=1+1&<b>观星夜</b>"]
    assert [str(cell) for cell in rows[1][:5]] == [
        "1.0",
        "走进中医药",
        "2023-09-17 09:00:00",
        "2023-09-17 11:00:00",
        "石龙镇",
    ]
    assert book.get_sheet_by_name("按地区").to_python()[1] == ["石龙镇", 2.0, "1—2"]
    about = dict(row[:2] for row in book.get_sheet_by_name("说明").to_python())
    assert (about["名称"], about["场数"]) == ("东莞市活动汇编", "2")


def test_what_does_not_take_place_is_said_first(client, page, publish, world):
    publish("不办了", State.CANCELLED, **at(18))
    moved = publish("改期的", **at(19))
    postpone_activity(moved, reason="洪水", by=world.filer, at=china(2023, 9, 1))

    found = page(client, "/compilation/?whole=1")

    states = {a.one("h3").one("a").text: a.one(class_="compiled-state").text for a in found.all("article")}
    assert states == {"不办了": "活动已取消：台风", "改期的": "活动延期，新的时间待定：洪水"}


def test_the_whole_season_brings_what_is_past(client, page, publish, clock):
    publish("头一场", **at(12))
    publish("第二场", **at(13))
    publish("还没办的", **at(18))
    clock(china(2023, 9, 14, 8))

    def listed(query):
        return [a.one("h3").one("a").text for a in page(client, f"/compilation/{query}").all("article")]

    assert listed("") == ["还没办的"]
    assert listed("?whole=1") == ["头一场", "第二场", "还没办的"]
    assert listed("?day=2023-09-13&whole=1") == ["第二场"]


def test_the_same_conditions_as_the_list(client, page, publish):
    publish("健康的", fields=["health"], **at(17))
    publish("航天的", fields=["space"], **at(18))
    found = page(client, "/compilation/?field=space")
    assert [a.one("h3").one("a").text for a in found.all("article")] == ["航天的"]
    assert "条件：" in found.text


def test_what_does_not_fit_is_to_be_narrowed(client, page, read, publish, monkeypatch):
    for module in (gathering, views):
        monkeypatch.setattr(module, "MOST", 2)
    for n in range(3):
        publish(f"第{n}场", **at(17, 9 + n))

    found = page(client, "/compilation/?place=440000")
    assert "活动超过2场，一本汇编放不下" in found.text
    assert "2场以上" in found.text
    assert list(found.all("a", rel="nofollow")) == []
    assert "/compilation/?place=441900" in [a["href"] for a in found.all("a")]
    refused = client.get("/compilation.pdf?place=440000")
    assert refused.status_code == 422
    assert "请选一个更小的地区" in read(refused).text


def test_nothing_makes_no_file(client, read, world):
    refused = client.get("/compilation.xlsx?place=441900")
    assert refused.status_code == 422
    assert "没有活动可以汇编" in read(refused).text


def test_the_page_shows_the_first_and_the_files_all(client, page, publish, monkeypatch):
    monkeypatch.setattr(views, "ON_THE_PAGE", 1)
    publish("甲", **at(17))
    publish("乙", **at(18))

    found = page(client, "/compilation/")

    assert [a.one("h3").one("a").text for a in found.all("article")] == ["甲"]
    assert "页面上只列前1场。" in found.text
    assert [li.text for li in found.one(class_="compiled-contents").one("ol").all("li")] == [
        "2023年9月17日 周日 第1项", "2023年9月18日 周一 第2项"
    ]  # fmt: skip
    rows = (
        CalamineWorkbook.from_filelike(BytesIO(fetch(client, "xlsx", "")[1]))
        .get_sheet_by_name("活动")
        .to_python()
    )
    assert [row[1] for row in rows[1:]] == ["甲", "乙"]


def test_who_has_it_is_not_sent_it_again_until_something_changes(client, publish, django_assert_num_queries):
    publish("甲", **at(17))
    tag = fetch(client, "pdf")[0]["ETag"]

    with django_assert_num_queries(3):
        assert client.get("/compilation.pdf?place=441900", headers={"if-none-match": tag}).status_code == 304
    publish("乙", **at(18))
    assert client.get("/compilation.pdf?place=441900", headers={"if-none-match": tag}).status_code == 200


def test_when_too_many_are_made_at_once_one_is_asked_to_wait(client, read, publish, monkeypatch):
    publish("甲", **at(17))

    class Full:
        def acquire(self, timeout):
            return False

    monkeypatch.setattr(views, "_turns", Full())
    response = client.get("/compilation.docx")
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "请过半分钟再试" in read(response).text


def test_a_school_that_opens_the_same_file_has_it_made_once_and_nobody_waits(
    client, read, publish, settings, monkeypatch
):
    settings.KEPU_LIMITS = 1
    caches["limits"].clear()
    monkeypatch.setattr(views, "NEW_FILES", Budget("compilation", "address", 2, 600))
    publish("甲", **at(17))
    first = client.get("/compilation.xlsx")
    for _pupil in range(20):
        answer = client.get("/compilation.xlsx")
        assert (answer.status_code, answer.content) == (200, first.content)
        assert answer["Content-Disposition"] == first["Content-Disposition"]
    assert client.get("/compilation.xlsx?place=441900").status_code == 200
    refused = client.get("/compilation.xlsx?place=440000")
    assert refused.status_code == 429
    assert client.get("/compilation.xlsx").status_code == 200
    caches["limits"].clear()


@pytest.mark.parametrize("query", ["place=999999", "whole=2", "day=never&season=1999&cursor=abc"])
def test_what_is_not_meant_is_left_out(client, world, query):
    response = client.get(f"/compilation/?{query}")
    assert (response.status_code, response["Location"]) == (302, "/compilation/")


@pytest.mark.parametrize(("query", "n"), [("", 5), ("?place=441900", 6), ("?place=441900&whole=1", 7)])
def test_the_queries_are_fixed(client, publish, django_assert_num_queries, query, n):
    for k in range(3):
        publish(f"第{k}场", **at(17, 9 + k))
        client.get("/compilation/")
        with django_assert_num_queries(n):
            client.get(f"/compilation/{query}")


@pytest.mark.parametrize(
    ("numbers", "words"), [([1], "1"), ([1, 2], "1—2"), ([1, 2, 3, 7, 12, 13], "1—3、7、12—13"), ([], "")]
)
def test_numbers_in_an_index(numbers, words):
    assert item_numbers(numbers) == words
