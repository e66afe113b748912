"""Notices before the public: which there are, what each says, what is in force somewhere."""

import pytest

from tests.factories.notices import a_clause, a_notice
from tests.factories.orgs import a_term


@pytest.fixture
def nation(world):
    notice = a_notice(world.season, world.nation, "na", number="科协发普字〔2023〕15号")
    a_clause(notice, "NA-05", "theme", {"text": "提升全民科学素质，助力科技自立自强"}, number="一")
    return notice


def test_notices_are_listed_from_the_nation_down(client, page, nation):
    found = page(client, "/notices/")
    assert [h2.one("a")["href"] for h2 in found.one(class_="notice-list").all("h2")] == [
        "/notices/2023/na/", "/notices/2023/dg/"
    ]  # fmt: skip


def test_a_word_that_no_notice_has_gives_an_empty_list(client, page, nation):
    assert page(client, "/notices/?q=没有的词").one(class_="empty").text.startswith("没有找到这样的通知")


def test_every_clause_of_a_notice_can_be_linked_to(client, page, nation):
    found = page(client, "/notices/2023/dg/")
    rows = [row["id"] for row in found.all("li", class_="clause-row")]
    assert sorted(rows) == sorted(nation.season.notices.get(code="dg").clauses.values_list("code", flat=True))


def test_the_front_page_leads_to_the_clause_it_cites(client, page, nation):
    leads = next(page(client, "/").one(class_="decree").all("a"))["href"]
    path, _, clause = leads.partition("#")
    assert page(client, path).one(id=clause).one("h3").text == "NA-05"


def test_what_is_in_force_is_asked_by_place(client, page, nation):
    a_term("unit_kind", "school", "中小学")

    found = page(client, "/notices/in-force/?place=441900103&kind=school")
    assert [a.text for a in found.one(class_="place-picker").one("p").all("a")] == [
        "中国",
        "广东省",
        "东莞市",
        "石龙镇",
    ]


def test_a_place_that_is_none_is_answered(client, page, nation):
    assert page(client, "/notices/in-force/?place=999").one(class_="empty").text.startswith("没有这个地区")


@pytest.mark.parametrize("path", ["/notices/2023/nobody/", "/notices/1999/na/", "/notices/2023/nobody.toml"])
def test_a_notice_that_is_none_is_a_page_not_found(client, page, nation, path):
    assert page(client, path, status=404).h1 == "没有找到这个页面"


@pytest.mark.parametrize(
    "asked", ["?q=%00", "in-force/?place=%00", "in-force/?kind=%00", "?season=%00", "?q=a%00b&cursor=%00"]
)
def test_a_zero_character_in_what_is_asked_is_answered(client, page, nation, asked):
    page(client, f"/notices/{asked}")
