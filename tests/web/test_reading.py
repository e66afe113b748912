"""The checker of pages finds what it should."""

import pytest

from tests.web.reading import Page

GOOD = """<!doctype html><html lang="zh-hans"><head><title>活动 · 科普日</title></head><body><main><h1>活动</h1>
<form method="post" action="/a/"><input type="hidden" name="csrfmiddlewaretoken"><label for="n">名称</label>
<input id="n" name="n"><button>提交</button></form></main></body></html>"""


def test_a_good_page_is_not_complained_about():
    assert Page(GOOD).wrong() == []


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (' lang="zh-hans"', "", "the page does not say its language"),
        ("<h1>活动</h1>", "<h1>活动</h1><h1>又</h1>", "there are 2 h1"),
        ("<h1>活动</h1>", "<h1>事</h1>", "the title “活动 · 科普日” does not begin with the h1 “事”"),
        ('<label for="n">名称</label>', "", "the field n has no label"),
        ("csrfmiddlewaretoken", "other", "the form to /a/ has no csrf token"),
        (' action="/a/"', "", "a form has no action"),
        ("<main>", '<main id="n">', "the id n is there 2 times"),
        ('for="n"', 'for="m"', "for leads to no m"),
        ("<h1>", '<h1 style="color: red">', "<h1> has a style of its own"),
        ("<main>", "<main><script>1</script>", "a script stands inline"),
        ("<main>", '<main><a href="/" onclick="x()">去</a>', "<a> has onclick"),
        (
            "<main>",
            '<main><script src="https://cdn.example/x.js"></script>',
            "<script> fetches https://cdn.example/x.js",
        ),
        ("<main>", '<main><a href="/"></a>', "<a {'href': '/'}> says nothing"),
        ("<main>", "<main><p>Inside(code='11')</p>", "<p> shows a value: Inside(code="),
        ("</h1>", "</h2></h1>", "</h2> closes <h1>"),
        (
            "<main>",
            "<main><p><span><details><summary>为什么？</summary></details></span></p>",
            "<details class=> stands inside a <p>: 为什么？",
        ),
    ],
)
def test_what_is_wrong_is_named(old, new, sentence):
    assert sentence in Page(GOOD.replace(old, new, 1)).wrong()
