"""HTML to text: what a reader of the page reads of the notice, and not what leads elsewhere."""

from __future__ import annotations

import pytest

from kepu.notices.drafting.documents import DocumentRefused, limits, read_document


def text(body, head="<meta charset=utf-8>"):
    return read_document(
        f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), "a.html"
    ).text


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<h1>通知</h1><p>一、主题</p><div>二、<b>时</b>间<br>4月</div>", "通知\n一、主题\n二、时间\n4月"),
        (
            "<nav>首页</nav><script>var a = '脚本'</script><style>p{}</style><header>网站</header><p>正文</p><footer>备案</footer>",
            "正文",
        ),
        ("<article><header>关于举办阅读月的通知</header><p>正文</p></article>", "关于举办阅读月的通知\n正文"),
        (
            '<p style="display: none">藏着的</p><p hidden>也藏着</p><div role="navigation">导航</div><p>看得见</p>',
            "看得见",
        ),
        ("<p>活动定于4月\n      至5月举办</p><p>a\nb</p>", "活动定于4月至5月举办\na b"),
        ("<pre>一、主题\n二、时间</pre>", "一、主题\n二、时间"),
        ("<ul><li>甲<li>乙</ul>尾", "甲\n乙\n尾"),
        ("<p>活动前、<p>活动后都要宣传。", "活动前、活动后都要宣传。"),
        ("&lt;标识&gt;&nbsp;&amp;", "<标识> &"),
    ],
    ids=[
        "blocks",
        "around",
        "head of an article",
        "hidden",
        "source breaks",
        "as typed",
        "list",
        "broken",
        "entities",
    ],
)
def test_blocks_are_lines(body, said):
    assert text(body) == said


def test_rows_of_a_table_are_lines_with_tabs():
    body = (
        "<table><caption>计划表</caption><thead><tr><th>序号<th>名称</thead>"
        "<tr><td>1<td><p>书展</p><p>两天</p></tr><tr><td></td><td></td></tr><tr><td colspan=2>合计</td></tr></table>"
    )
    assert text(body) == "计划表\n序号\t名称\n1\t书展 两天\n合计"


def test_a_table_that_arranges_the_page_is_no_table():
    body = (
        "<table><tr><td><p>通知</p><p>正文</p><table><tr><td>甲<td>乙</table></td><td>旁栏</td></tr></table>"
    )
    assert text(body) == "通知\n正文\n甲\t乙\n旁栏"


@pytest.mark.parametrize(
    ("head", "codec"),
    [
        ('<meta charset="gb2312">', "gb18030"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=GBK">', "gb18030"),
        ('<meta charset="big5">', "big5"),
        ("", "gb18030"),
        ("", "utf-8-sig"),
        ("", "utf-16"),
        ('<meta charset="utf-8">', "gb18030"),
        ('<meta charset="zlib">', "utf-8"),
    ],
    ids=["said", "said in words", "Big5", "not said", "mark", "UTF-16", "said wrongly", "said to harm"],
)
def test_the_characters_are_found(head, codec):
    page = f"<html><head>{head}</head><body><p>本月集中日期</p></body></html>"
    assert read_document(page.encode(codec), "a.html").text == "本月集中日期"


def test_a_page_with_one_bad_character_is_still_read():
    page = '<html><meta charset="utf-8"><p>关于举办全民阅读月活动的通知</p>'.encode() + b"\xff</html>"
    assert read_document(page, "a.html").text == "关于举办全民阅读月活动的通知\n\ufffd"


def test_a_page_made_to_be_deep_or_endless_is_refused_or_read_in_good_time(monkeypatch):
    deep = "".join("<div>" for _ in range(200)) + "里面" + "".join("</div>" for _ in range(200))
    assert text(deep) == "里面"
    monkeypatch.setattr(limits, "MAX_ELEMENTS", 100)
    with pytest.raises(DocumentRefused, match="正文太大或结构太复杂"):
        text("<b>字</b>" * 200)


def test_entities_of_a_page_are_not_expanded():
    bomb = '<!DOCTYPE html [<!ENTITY a "哈哈哈"><!ENTITY b "&a;&a;&a;">]><html><body><p>正文&b;</p></body></html>'
    assert read_document(bomb.encode(), "a.html").text.endswith("正文&b;")
