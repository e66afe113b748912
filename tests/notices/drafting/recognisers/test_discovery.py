import sys

import pytest

from kepu.notices.drafting import recognisers as package
from kepu.notices.drafting.recognisers import recognisers
from tests.notices.drafting.notice import only

NEW = """
ORDER = 90

def recognise(context):
    for sentence in context.body():
        if "雨天顺延" in sentence.text:
            yield context.propose("weather", "text", {"subject": "rain"}, sentence, 0.8)
"""


@pytest.fixture
def new_file(tmp_path, monkeypatch):
    """A directory with a recogniser of its own and a file that is none."""
    (tmp_path / "weather.py").write_text(NEW, encoding="utf-8")
    (tmp_path / "_helper.py").write_text("raise AssertionError('read as a recogniser')", encoding="utf-8")
    monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
    recognisers.cache_clear()
    yield
    recognisers.cache_clear()
    sys.modules.pop(f"{package.__name__}.weather", None)


@pytest.mark.usefixtures("new_file")
def test_a_new_file_is_a_new_recogniser():
    assert [r.name for r in recognisers()][-1] == "weather"


def test_the_head_comes_before_the_clauses():
    names = [r.name for r in recognisers()]

    assert names.index("title") < names.index("issuer") < names.index("recipients") < names.index("duty")


def test_a_proposal_says_by_whom_and_where_it_was_found():
    one = only("duty", "一、报送", "请于5月20日前报送活动总结。")

    assert (one.recogniser, one.number, one.kind) == ("duty", "一", "duty")
