"""Every column that can hold text is spoken for: it holds personal data, or it holds none."""

from pathlib import Path

from kepu.core import personal
from kepu.privacy.drawing import as_markdown

ROOT = Path(__file__).resolve().parents[2]


def test_every_column_of_text_is_declared():
    """Declare a new one in its module's ``personal.py``: ``declare`` says whose it is and why, ``free`` that it holds nobody."""
    assert list(personal.undeclared()) == []


def test_no_declaration_speaks_of_a_column_that_is_gone():
    assert list(personal.stale()) == []


def test_phones_and_papers_lie_closed():
    open_to_anybody = {
        str(column)
        for column in personal.inventory()
        if "phone" in column.name or column.name == "source_text"
    } - {str(column) for column in personal.inventory() if column.closed or column.name.endswith("digest")}
    assert open_to_anybody == set()


def test_the_documentation_says_what_is_declared():
    """After a change: ``kepu keys inventory`` prints the table for ``docs/personal-data.md``."""
    text = (ROOT / "docs" / "personal-data.md").read_text("utf-8")
    written = text.split("<!-- inventory -->\n")[1].split("<!-- /inventory -->")[0]
    assert written == as_markdown()
