"""What holds of every text: it never fails, says where it found what, proposes only what a notice file takes."""

import time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kepu.notices.drafting.documents.document import Document
from kepu.notices.drafting.drafting import draft
from tests.notices.drafting.notice import HEAD, TAIL, drafted

FRAGMENTS = (
    "一、", "（二）", "1.", "（3）", "附件", "附件2：", "##", "\n", "\n\n", "，", "。", "；", "：", "“", "”", "（", "）", "《", "》", "\t", "　", " ",
    "各县（市、区）科协", "市级各学会", "各单位", "每校", "请", "于", "将", "9月8日前", "2024年2月30日", "即日起至", "9月17日—23日", "5个工作日内",
    "13月1日", "另行通知", "活动总结", "报送至", "市科协邮箱", "不少于", "不超过", "3", "十", "项", "场", "人", "字以内", "主题：", "待定", "全覆盖",
    "原则上", "线下活动参与人数", "序号", "活动名称", "推荐名额", "征集时间", "JPG格式", "大于3M", "表扬", "归口单位选择", "使用标识", "围绕", "等领域",
    "关于开展2024年活动的通知", "临溪市科学技术协会", "联系人：", "抄送：", "行动", "读书 科学", "書香活動週", "０９", "①", "a@b.cn", "00001234567",
)  # fmt: skip
texts = st.one_of(
    st.lists(st.sampled_from(FRAGMENTS), max_size=60).map("".join),
    st.text(max_size=300),
    st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=8)), max_size=40).map("".join),
)
often = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def of(text, **more):
    return draft(Document("a.txt", "txt", text), season="reading-2024", **more)


@given(texts)
@example("")
@example("附件1\n序号\t名称\t时间\n")
@often
def test_every_text_gives_a_draft_that_a_notice_file_takes(text):
    made = of(text)

    file = made.notice_file()

    assert len(file.clause) == len(made.clauses)
    assert [c.id for c in file.clause] == [f"C-{n:02d}" for n in range(1, len(made.clauses) + 1)]


@given(texts)
@often
def test_what_is_found_lies_in_the_text(text):
    made = of(text)

    spans = [s for found in (*made.header, *made.clauses) for s in found.spans]
    spans += [f.span for f in made.flags if f.span]
    assert all(0 <= s.start <= s.end <= len(text) for s in spans)
    assert all(0 < c.confidence <= 1 for c in made.clauses)


@given(texts)
@often
def test_the_same_text_gives_the_same_draft(text):
    assert of(text) == of(text)


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join))
@often
def test_no_number_and_no_mailbox_gets_into_what_is_proposed(words):
    made = drafted("一、联系", f"{words}联系人：某人，电话：13800000000，邮箱：someone@example.org")

    said = repr([(c.params, c.summary, c.waits_for) for c in made.clauses])
    assert "13800000000" not in said
    assert "someone@example.org" not in said


def test_the_clauses_stand_in_the_order_of_the_text():
    made = drafted(
        "一、主题",
        "活动主题为：读好书，走好路。",
        "二、时间",
        "活动时间：4月20日至5月20日。",
        "三、报送",
        "请于5月30日前报送活动总结。",
    )

    assert [c.kind for c in made.clauses] == ["theme", "window", "duty"]
    assert [c.number for c in made.clauses] == ["一", "二", "三"]
    assert [f.words(made.document.text) for c in made.clauses[2:] for f in c.spans] == [
        "请于5月30日前报送活动总结。"
    ]


def test_what_is_not_found_has_words_that_say_so():
    file = of("请于5月30日前报送活动总结。", today_year=2024).notice_file()

    assert (file.notice.title, file.notice.issuer, file.notice.season) == (
        "（没有标题的通知）",
        "（发文单位待补）",
        "reading-2024",
    )


def test_a_date_without_any_year_is_not_guessed():
    (duty,) = of("请于5月30日前报送活动总结。").clauses

    assert (duty.status, [f.code for f in duty.flags]) == ("pending", ["year_unknown"])


@pytest.mark.parametrize(("text", "most"), [
    (HEAD + "一、报送\n" + "请各县科协于9月8日前报送活动总结，不少于3篇，" * 1500 + TAIL, 0.5), ("附件1：表\n" * 5000, 0.5), ("不少于3场" * 6000, 0.6),
    ("各市、" * 11000, 0.5), ("“" * 33000, 0.5),
])  # fmt: skip
def test_the_time_grows_with_the_text_and_no_faster(text, most):
    of("先读一遍")
    quarter = len(text) // 4

    def seconds(words):
        took = []
        for _ in range(2):
            begun = time.process_time()
            of(words)
            took.append(time.process_time() - begun)
        return min(took)

    # four times as much takes four times as long; were it to grow with the square, sixteen times
    assert seconds(text) <= max(8 * seconds(text[:quarter]), most)
