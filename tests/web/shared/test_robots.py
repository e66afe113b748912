"""Crawlers: where they may go, and which lists are worth their while."""

import pytest
from django.http import QueryDict

from kepu.web.portal.activities.asking import Asked
from kepu.web.shared.robots import robots_of


def test_they_are_told_where_the_map_is_and_what_is_closed(client, settings):
    settings.KEPU_PUBLIC_URL = "https://kepu.example.cn"
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /workspace/", "Disallow: /activities/?*&", "Disallow: /*cursor="} <= set(lines)
    assert lines[-1] == "Sitemap: https://kepu.example.cn/sitemap.xml"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", ""),
        ("place=441900", ""),
        ("field=health", ""),
        ("season=2023&place=441900", ""),
        ("place=441900&field=health", "noindex, nofollow"),
        ("q=天文", "noindex, nofollow"),
        ("near=23.02,113.75", "noindex, nofollow"),
        ("sort=new", "noindex, nofollow"),
        ("place=441900&cursor=abc", "noindex, follow"),
        ("place=441900&field=health&cursor=abc", "noindex, nofollow"),
    ],
)
def test_one_condition_is_worth_finding(query, said):
    assert robots_of(Asked.of(QueryDict(query))) == said
