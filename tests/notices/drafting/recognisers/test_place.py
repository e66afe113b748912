import pytest

from tests.notices.drafting.notice import drafted


@pytest.mark.parametrize(("issuer", "place", "level"), [
    ("辽宁省教育厅", "210000", "province"), ("唐山市科学技术协会", "130200", "city"), ("临沂市兰山区教育局", "371302", "county"),
    ("中国科协", "CN", "nation"), ("教育部", "CN", "nation"), ("沧县科学技术协会", "130921", "county"),
    ("临溪县科学技术协会", None, "county"), ("云岭省教育厅", None, "province"),
])  # fmt: skip
def test_the_issuer_names_the_place_or_at_least_its_level(issuer, place, level):
    draft = drafted("一、请落实。", head=f"{issuer}关于举办读书月的通知\n各有关单位：\n", tail="")

    assert (draft.value("place"), draft.value("level")) == (place, level)


def test_who_calls_may_know_the_place():
    draft = drafted("一、请落实。", place="130200")

    assert (draft.value("place"), draft.value("level")) == ("130200", "city")
