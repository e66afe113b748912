"""The log of a notice: each act a sentence with its difference, on the notice, on its parents, on what it changes."""

from __future__ import annotations

import pytest

from kepu.core import audit
from kepu.core.db import transaction
from kepu.notices import actions, queries
from kepu.notices.actions.tracing import parents_of
from kepu.notices.format.reading import read_notice
from kepu.notices.models import Notice
from kepu.orgs.actor import Actor, Held
from kepu.orgs.models import Role
from tests.factories.drafts import AT, a_county, ready
from tests.factories.notices import a_season, china
from tests.factories.orgs import a_chain, a_unit

pytestmark = pytest.mark.django_db
HEAD = """\
format = 1

[notice]
code = "%s"
season = "s-2023"
title = "《%s的通知》"
issuer = "样例单位"
place = "%s"
%s
"""
CLAUSES = """
[[clause]]
id = "A-1"
number = "三"
kind = "duty"
summary = "报总结"

[clause.duty]
what = "summary"
title = "工作总结"
due = 2023-09-%s

[[clause]]
id = "A-2"
kind = "text"
summary = "要求"

[clause.text]
code = "aim"
title = "%s"
"""
FIRST, SECOND = china(2023, 9, 1), china(2023, 9, 2)


@pytest.fixture
def country():
    a_season("s-2023")
    return a_chain()


def take_over(by, code="city", place="441900", *, due=23, text="要求", more="", at=FIRST):
    file = HEAD % (code, code, place, more) + CLAUSES % (due, text)
    return actions.take_over_notice(read_notice(file, "n.toml"), file, "n.toml", by=by, at=at).notice


def told(notice):
    """Each line, newest first: what was said, what of the values, and the other notice."""
    return [
        (line.sentence, [v.sentence() for c in (line.difference.clauses if line.difference else ()) for v in c.values()], line.other)
        for line in queries.log_of(notice)
    ]  # fmt: skip


def test_taking_over_and_changing_a_notice_leave_sentences_and_the_difference(country, system):
    notice = take_over(system)
    take_over(system, due=20, more='number = "样办〔2023〕1号"', at=SECOND)
    take_over(system, due=20, more='number = "样办〔2023〕1号"', at=SECOND)  # says nothing new

    assert told(notice) == [
        ("作了改动：改动1条，改了文头：发文字号。", ["期限：2023年9月23日 → 2023年9月20日"], ""),
        ("录入，共2条。", [], ""),
    ]
    assert [line.at for line in queries.log_of(notice)] == [SECOND, FIRST]


def test_a_parent_is_told_what_of_its_dates_and_conditions_a_child_changes(country, system):
    nation = take_over(system, "nation", "CN")
    child = take_over(system, due=20, text="号召")
    take_over(system, due=18, text="号召", at=SECOND)

    assert told(nation) == [
        ("下级的《city的通知》改了：改动1条。", ["期限：2023年9月20日 → 2023年9月18日"], "city"),
        ("下级依据本通知发出《city的通知》，对本通知的时间、数量或条件有改动：改动1条。", ["期限：2023年9月23日 → 2023年9月20日"], "city"),
        ("录入，共2条。", [], ""),
    ]  # fmt: skip
    assert told(child)[0][1] == ["期限：2023年9月20日 → 2023年9月18日"]


def test_a_child_that_changes_no_date_says_so(country, system):
    nation = take_over(system, "nation", "CN")
    take_over(system, text="号召")
    take_over(system, text="呼吁")
    assert [sentence for sentence, *_rest in told(nation)] == [
        "下级的《city的通知》改了，时间、数量和条件没有变。",
        "下级依据本通知发出《city的通知》，没有改动本通知的时间、数量和条件。",
        "录入，共2条。",
    ]


def test_what_a_notice_replaces_or_amends_is_told_what_became_of_it(country, system):
    advance = take_over(system, "advance", more='status = "advance"')
    take_over(system, "formal", due=20, more='replaces = ["advance"]')
    formal = Notice.objects.get(code="formal")
    head = 'amends = ["formal"]\nstatus = "supplement"'
    file = HEAD % ("extra", "extra", "441900", head) + (CLAUSES % (15, "另行补充")).replace("A-", "B-")
    actions.take_over_notice(read_notice(file, "n.toml"), file, "n.toml", by=system, at=SECOND)

    assert told(advance)[0] == (
        "由《formal的通知》代替：改动1条，改了文头：代码、标题、性质、代替的通知。", ["期限：2023年9月23日 → 2023年9月20日"], "formal",
    )  # fmt: skip
    assert told(formal)[0] == (
        "《extra的通知》作了补充或更正：改动2条。", ["期限：2023年9月20日 → 2023年9月15日", "名称：要求 → 另行补充"], "extra",
    )  # fmt: skip


def test_what_was_replaced_before_is_not_told_again(country, system):
    advance = take_over(system, "advance", more='status = "advance"')
    take_over(system, "formal", more='replaces = ["advance"]')
    take_over(system, "formal", due=20, more='replaces = ["advance"]')
    assert len(told(advance)) == 2


def test_a_withdrawal_is_told_with_its_reason_to_the_parents_too(country, system):
    nation = take_over(system, "nation", "CN")
    child = take_over(system, more='parents = ["nation"]')
    actions.withdraw_notice(child, by=system, at=SECOND, reason=" 发错了 ")

    lines = [(line.sentence, line.reason) for line in (queries.log_of(child)[0], queries.log_of(nation)[0])]
    assert lines == [("撤回。", "发错了"), ("下级的《city的通知》撤回了。", "发错了")]


def test_a_draft_that_is_issued_is_in_the_log_and_in_its_parents(db):
    county = a_county()
    draft = ready(county)
    seen = actions.digest_of(queries.whole_file(draft, queries.clauses_in_order(draft)))

    notice = actions.issue_draft(draft, seen=seen, by=county.by, at=AT)

    [line] = queries.log_of(notice)
    assert (line.sentence, line.who, line.at) == ("发出，共6条。", "滦南县科协", AT)
    sentence, values, other = told(county.city_notice)[0]
    assert sentence.startswith("下级依据本通知发出《关于举办滦南县2023年全国科普日活动的通知》")
    assert ("期限：2023年9月26日 → 2023年9月20日" in values, other) == (True, notice.code)


@pytest.mark.parametrize(("places", "more", "expected"), [
    (["CN", "440000"], "", ["above-1"]),  # the nearest place that has any
    (["CN", "440000"], 'parents = ["above-0"]', ["above-0"]),  # but what it names
    (["441900"], "", []),  # its own place is not above
    ([], "", []),
])  # fmt: skip
def test_the_parents_are_those_named_else_the_nearest_above(country, system, places, more, expected):
    for n, place in enumerate(places):
        take_over(system, f"above-{n}", place)
    assert [n.code for n in parents_of(take_over(system, more=more))] == expected


def test_a_notice_that_was_replaced_or_withdrawn_has_no_more_children(country, system):
    take_over(system, "advance", "CN", more='status = "advance"')
    take_over(system, "nation", "CN", more='replaces = ["advance"]')
    gone = take_over(system, "gone", "CN")
    actions.withdraw_notice(gone, by=system, at=SECOND, reason="发错了")
    assert [n.code for n in parents_of(take_over(system))] == ["nation"]


def test_a_line_says_which_unit_acted_and_never_who(country, system, django_assert_num_queries):
    office = a_unit(country[2], "东莞市科协")
    person = Actor(
        person_id=7,
        person_name="陈晓明",
        unit=office,
        posts=(Held(Role.COORDINATOR, (country[2].path,), ()),),
    )
    notice = take_over(person)
    for due in (22, 21, 20):
        take_over(person, due=due)

    with django_assert_num_queries(2):
        lines = queries.log_of(notice)

    assert {line.who for line in lines} == {"东莞市科协"}
    assert "陈晓明" not in repr(lines)


def test_the_log_is_paged_and_the_newest_are_enough_for_a_page(country, system):
    notice = take_over(system)
    for due in range(10, 16):
        take_over(system, due=due)

    assert len(queries.log_of(notice, most=3)) == 3
    first = queries.log_page(notice, size=5)
    second = queries.log_page(notice, cursor=first.next, size=5)
    assert [len(first.lines), len(second.lines), bool(second.next)] == [5, 2, False]
    assert [*first.lines, *second.lines] == queries.log_of(notice)


def test_lines_from_before_differences_were_kept_are_still_told(country, system):
    notice = take_over(system)

    @transaction
    def older():
        audit.record(
            "notice.taken_over", notice, by=system, at=SECOND, added=["A-3"], changed=[], removed=["A-1"]
        )
        audit.record("notice.sent", notice, by=system, at=SECOND)  # another part's, and not for this log

    older()
    assert told(notice)[0] == ("录入：新增1条，修改0条，删去1条。", [], "")
