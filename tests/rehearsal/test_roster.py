import pytest

from kepu.rehearsal.roster import Member, numeral, thinned


@pytest.mark.parametrize(
    ("number", "word"),
    [(1, "一"), (9, "九"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五"), (120, "120")],
)
def test_numbers_are_written_as_schools_write_them(number, word):
    assert numeral(number) == word


def a_member(code):
    return Member(code, f"演练·样例{code}", "association", "441900")


def test_a_small_cast_keeps_some_of_every_group_the_first_ones():
    towns = [a_member(f"DG-ASSOCIATION-{n}") for n in range(1, 11)]
    others = [a_member("CD-BUREAU-1"), a_member("P33-ASSOCIATION-1"), a_member("P42-ASSOCIATION-1")]
    kept = [member.code for member in thinned([*towns, *others], 5)]
    assert kept == [
        "DG-ASSOCIATION-1", "DG-ASSOCIATION-2", "DG-ASSOCIATION-3", "DG-ASSOCIATION-4", "CD-BUREAU-1", "P33-ASSOCIATION-1",
    ]  # fmt: skip
