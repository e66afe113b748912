"""“为什么？” is drawn in one place, so that it opens the same on every page."""

import re
from pathlib import Path

import kepu.web

TEMPLATES = Path(kepu.web.__file__).parent / "templates"
COMPONENT = {
    "components/clause.html", "components/_clause-chip.html", "components/_clause-words.html", "components/_clause-links.html",
}  # fmt: skip
# what only the component may say: the question, its classes, the words of a chain
MARKS = re.compile(r'为什么？|class="(?:clause|[\w -]*\bclause-(?:chip|chain))\b"|依据链')
WHOLE = {"portal/notices/why.html"}  # the page that shows one chain whole


def templates():
    return {
        path.relative_to(TEMPLATES).as_posix(): path.read_text("utf-8") for path in TEMPLATES.rglob("*.html")
    }


def test_no_other_template_draws_a_chain():
    assert {name for name, text in templates().items() if MARKS.search(text)} - COMPONENT == set()


def test_the_component_is_drawn_by_its_tag():
    """What a page is given may be a rule, a reason or a citation: the tag makes one thing of them."""
    included = {
        name for name, text in templates().items() if re.search(r'include "components/_?clause', text)
    }
    assert included - COMPONENT == WHOLE


def test_no_reason_is_shown_without_the_way_to_its_clause():
    shown = {name for name, text in templates().items() if "reason.sentence" in text}
    with_way = {
        name for name, text in templates().items() if "{% why reason %}" in text or "clause=reason" in text
    }
    assert shown - with_way == set()
