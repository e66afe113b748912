"""The notices as feeds: the last change first; what was corrected, replaced or withdrawn comes again under the same id."""

import json

import feedparser
import pytest

from kepu.notices import actions
from kepu.notices.format.reading import read_notice
from kepu.notices.models import Notice
from tests.factories.notices import a_notice, a_season, china
from tests.factories.orgs import a_chain, a_place

HEAD = """\
format = 1

[notice]
code = "%s"
season = "2023"
title = "%s"
issuer = "样例<单位>"
place = "%s"
%s

[[clause]]
id = "A-1"
kind = "text"
summary = "要求"

[clause.text]
code = "aim"
title = "%s"
"""


@pytest.fixture
def country(db, clock, settings):
    settings.KEPU_PUBLIC_URL = "https://kepu.example.cn"
    clock(china(2023, 9, 30))
    season, places = a_season(), a_chain()
    a_place("442000", "中山市", kind="city", parent=places[1])
    return season


@pytest.fixture
def issue(country, system):
    """``issue(1, "city", …)``: taken over on a day of September, or changed where it is there."""

    def taken_over(day, code, *, place="441900", title="", more="", text="要求"):
        file = HEAD % (code, title or f"《{code}的通知》", place, more, text)
        notice = read_notice(file, "n.toml")
        return actions.take_over_notice(notice, file, "n.toml", by=system, at=china(2023, 9, day)).notice

    return taken_over


@pytest.fixture
def atom(client):
    def read(query=""):
        response = client.get(f"/notices.atom{query}")
        assert (response.status_code, response["Content-Type"]) == (
            200,
            "application/atom+xml; charset=utf-8",
        )
        found = feedparser.parse(response.content)
        assert (found.bozo, found.version) == (False, "atom10")
        return found

    return read


@pytest.fixture
def feed(client):
    return lambda query="": json.loads(client.get(f"/notices.json{query}").content)


def test_an_entry_says_whose_it_is_where_it_speaks_and_since_when(issue, atom, feed):
    issue(
        1, "city", more='number = "样办〔2023〕1号"\nissued = 2023-08-30\nin_force = 2023-09-02T08:00:00\nstatus = "formal"'
    )  # fmt: skip

    (entry,), (item,) = atom().entries, feed()["items"]

    page = "https://kepu.example.cn/notices/2023/city/"
    lines = [
        "2023年9月1日 周五：录入，共1条。", "正式通知，样例<单位> · 样办〔2023〕1号", "适用地区：东莞市", "印发日期：2023年8月30日 周三",
        "生效：2023年9月2日 周六 8:00",
    ]  # fmt: skip
    assert (entry.id, entry.link, entry.title, entry.author) == (page, page, "《city的通知》", "样例<单位>")
    assert (entry.published_parsed[:4], entry.updated_parsed[:5]) == ((2023, 8, 29, 16), (2023, 9, 1, 1, 0))
    assert [tag.term for tag in entry.tags] == item["tags"] == ["正式通知", "东莞市"]
    assert entry.summary.split("<br />") == [line.replace("<", "&lt;").replace(">", "&gt;") for line in lines]
    assert (item["id"], item["url"], item["content_text"]) == (page, page, "\n".join(lines))
    assert (item["date_published"], item["date_modified"]) == (
        "2023-08-30T00:00:00+08:00", "2023-09-01T09:00:00+08:00",
    )  # fmt: skip
    assert item["_kepu"] == {
        "season": "2023", "code": "city", "number": "样办〔2023〕1号", "status": "formal", "place": "441900", "line": "",
        "in_force_at": "2023-09-02T08:00:00+08:00", "withdrawn_at": None,
    }  # fmt: skip


def test_what_is_corrected_replaced_or_withdrawn_comes_again_on_top_under_its_own_id(issue, atom, system):
    for day, code in enumerate(("corrected", "replaced", "withdrawn", "changed", "left"), 1):
        issue(day, code)
    ids = {entry.title: entry.id for entry in atom().entries}
    assert list(ids) == [
        "《left的通知》",
        "《changed的通知》",
        "《withdrawn的通知》",
        "《replaced的通知》",
        "《corrected的通知》",
    ]

    issue(11, "changed", text="号召")
    issue(12, "again", more='status = "correction"\namends = ["corrected"]', text="更正")
    issue(13, "new", more='replaces = ["replaced"]')
    withdrawn = Notice.objects.get(code="withdrawn")
    actions.withdraw_notice(withdrawn, by=system, at=china(2023, 9, 14), reason="印错了")

    entries = {entry.title: entry for entry in atom().entries}
    assert next(iter(entries)) == "已撤回：《withdrawn的通知》"
    assert list(entries)[-1] == "《left的通知》"
    said = {title.removeprefix("已撤回："): entry.summary for title, entry in entries.items()}
    assert said["《withdrawn的通知》"].startswith("2023年9月14日 周四：撤回。原因：印错了<br />")
    assert said["《replaced的通知》"].startswith("2023年9月13日 周三：由《new的通知》代替")
    assert said["《corrected的通知》"].startswith("2023年9月12日 周二：《again的通知》作了补充或更正")
    assert said["《changed的通知》"].startswith("2023年9月11日 周一：作了改动")
    assert {title: entries.get(title, entries.get(f"已撤回：{title}")).id for title in ids} == ids
    assert next(entry.updated_parsed.tm_mday for entry in entries.values()) == 14


def test_of_a_place_those_that_speak_to_it(issue, atom, feed):
    issue(1, "nation", place="CN")
    issue(2, "province", place="440000")
    issue(3, "city")
    issue(4, "elsewhere", place="442000")
    titles = ["《city的通知》", "《province的通知》", "《nation的通知》"]
    for query in ("?place=441900", "?place=441900103", "?place=441900&season=2023"):
        assert [entry.title for entry in atom(query).entries] == titles
    assert feed("?place=442000")["items"][0]["title"] == "《elsewhere的通知》"
    assert atom("?place=441900").feed.title == "东莞市 · 通知 · 2023年全国科普日"
    assert atom("?place=441900&lang=en").feed.title.endswith("东莞市 · Notices · 2023年全国科普日")


def test_page_after_page_each_comes_once(issue, client, feed):
    for n in range(7):
        issue(3, f"n{n}")  # all at one instant
    seen, address = [], "/notices.json?size=3"
    while address:
        said = json.loads(client.get(address).content)
        seen += [item["_kepu"]["code"] for item in said["items"]]
        address = said.get("next_url", "").removeprefix("https://kepu.example.cn")
    assert seen == [f"n{n}" for n in reversed(range(7))]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?place=999999", 404), ("?season=1999", 404), ("?q=1", 400), ("?size=0", 400), ("?cursor=x", 400), ("?lang=de", 400),
        ("?place=%00", 200),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_said(issue, client, query, status):
    issue(1, "city")
    for ending in ("atom", "json"):
        assert client.get(f"/notices.{ending}{query}").status_code == status


def test_before_any_season_it_is_empty(client, db, clock, atom, feed):
    assert (atom().entries, feed()["items"]) == ([], [])


@pytest.mark.parametrize("many", [1, 6])
@pytest.mark.parametrize("ending", ["atom", "json"])
def test_the_queries_do_not_grow(issue, client, many, ending, django_assert_num_queries):
    for n in range(many):
        issue(1, f"n{n}")
    with django_assert_num_queries(3):
        client.get(f"/notices.{ending}")
    with django_assert_num_queries(4):
        first = client.get(f"/notices.{ending}?place=441900")
    assert (
        client.get(f"/notices.{ending}?place=441900", headers={"If-None-Match": first["ETag"]}).status_code
        == 304
    )


def test_the_pages_of_notices_name_their_feeds(issue, client, page):
    notice = issue(1, "city")
    a_notice(notice.season, notice.place.parent, "above")
    for address, query in (
        ("/notices/", ""), ("/notices/?season=2023", "?season=2023"), ("/notices/2023/city/", "?place=441900&season=2023"),
        ("/notices/in-force/?place=441900", "?place=441900"),
    ):  # fmt: skip
        links = [
            link["href"] for link in page(client, address).all("link", rel="alternate") if link.has("type")
        ]
        assert links == [f"/notices.atom{query}", f"/notices.json{query}"]
    subscribe = page(client, "/subscribe/?place=441900")
    assert "/notices.atom?place=441900" in [a["href"] for a in subscribe.all("a")]
