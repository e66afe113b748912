import pytest

from kepu.notices.drafting.values.bounds import limits_in


@pytest.mark.parametrize(("words", "bounds", "unit"), [
    ("不少于50人", {"min": 50}, "人"), ("不得少于三场", {"min": 3}, "场"), ("至少1篇", {"min": 1}, "篇"), ("10场以上", {"min": 10}, "场"), ("不超过2件", {"max": 2}, "件"),
    ("300字以内", {"max": 300}, "字"), ("大于3M", {"over": 3}, "M"), ("小于10分钟", {"under": 10}, "分钟"), ("7—10项", {"min": 7, "max": 10}, "项"), ("1—2项", {"min": 1, "max": 2}, "项"),
    ("至少一百场", {"min": 100}, "场"), ("不低于1.5万人次", {"min": 15000}, "人次"), ("最多可申报2项", {"max": 2}, "项"),
])  # fmt: skip
def test_a_limit_with_its_unit(words, bounds, unit):
    (limit,) = limits_in(words)

    assert (limit.bounds(), limit.unit) == (bounds, unit)


def test_a_bare_number_limits_nothing():
    (limit,) = limits_in("3场")

    assert (limit.is_limit, limit.exact) == (False, 3)
