"""Bodies in full and in short; wordings of one thing."""

from __future__ import annotations

import pytest

from kepu.notices.drafting.scoring.words import alike, body, same_body


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("临溪县科学技术协会", "县科协"), ("中共临溪县委宣传部", "县委宣传部"), ("中共平川市委网络安全和信息化委员会办公室", "市委网信办"),
        ("平川市人民政府国有资产监督管理委员会", "市国资委"), ("共青团平川市委", "团市委"), ("共青团平川市委员会", "团市委"),
        ("平川市妇女联合会", "市妇联"), ("平川市总工会", "市总工会"), ("平川市卫生健康委员会", "市卫健委"), ("平川市卫生健康委", "市卫生健康委员会"),
        ("平川市市场监督管理局", "市市场监管局"), ("中国科学技术协会", "中国科协"), ("国家林业和草原局", "国家林草局"), ("平川市 教育局", "市教育局"),
    ],
)  # fmt: skip
def test_a_body_in_full_and_in_short_is_one(full, short):
    assert same_body(full, short) == 1.0


@pytest.mark.parametrize(
    ("one", "other", "like"),
    [("科协", "市科协", 0.8), ("省科协", "市科协", 0.0), ("市教育局", "市科技局", 0.0), ("市委宣传部", "团市委", 0.0), ("中国科协", "市科协", 0.0)],
)  # fmt: skip
def test_levels_and_names_tell_bodies_apart(one, other, like):
    assert same_body(one, other) == like


def test_a_body_has_a_level_and_a_name():
    assert [body(name) for name in ("临溪县科学技术协会", "科协", "城市管理局", "市场监管局")] == [
        ("县", "科协"), ("", "科协"), ("", "城市管理局"), ("", "市场监管局"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("《科普活动计划表》", "科普活动计划表", 1, 1), ("ＰＤＦ版", "pdf版", 1, 1), ("活动总结", "科普日活动总结材料", 0.9, 0.99),
        ("全国科普日工作总结", "科普日活动总结材料", 0.3, 0.7), ("宣传素材", "计划表", 0, 0), ("", "", 1, 1), ("", "表", 0, 0),
    ],
)  # fmt: skip
def test_wordings_are_alike_by_what_they_share(one, other, least, most):
    assert least <= alike(one, other) == alike(other, one) <= most
