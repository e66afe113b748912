"""Reads a page as a strict visitor does: what it says, and everything that is wrong with its make."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
LABELLED = ("input", "select", "textarea")
BLOCKS = (
    "details", "div", "dl", "fieldset", "form", "h1", "h2", "h3", "h4", "ol", "p", "pre", "section", "table", "ul",
)  # fmt: skip
LEADING = frozenset(["for", "aria-labelledby", "aria-describedby", "aria-controls", "list"])
NEEDS_NO_LABEL = ("hidden", "submit", "button", "image", "reset")


class Element:
    def __init__(self, tag, attributes, parent):
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.children, self.pieces = [], []

    def __getitem__(self, name):
        return self.attributes.get(name) or ""

    def has(self, name):
        return name in self.attributes

    @property
    def text(self):
        """Everything it says, with single spaces."""
        said = "".join(piece if isinstance(piece, str) else piece._raw() for piece in self.pieces)
        return re.sub(r"\s+", " ", said).strip()

    def _raw(self):
        if self.tag in ("script", "style", "template"):
            return ""
        return " " + "".join(piece if isinstance(piece, str) else piece._raw() for piece in self.pieces) + " "

    def walk(self):
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(reversed(element.children))

    def all(self, tag="", **attributes):
        """Elements below it; ``class_`` asks for one of the classes, other attributes for equality."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        for element in self.walk():
            if element is not self and element.tag == (tag or element.tag) and element.answers(wanted):
                yield element

    def answers(self, wanted):
        return all(
            value in self[name].split() if name == "class" else self[name] == value
            for name, value in wanted.items()
        )

    def one(self, tag="", **attributes):
        found = list(self.all(tag, **attributes))
        assert len(found) == 1, f"{len(found)} of {tag} {attributes}"
        return found[0]

    def inside(self, tag):
        above = self.parent
        while above is not None and above.tag != tag:
            above = above.parent
        return above


class _Builder(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = Element("", {}, None)
        self.here = self.root
        self.found = []  # in the order of the page
        self.wrong = []

    def handle_starttag(self, tag, attrs):
        element = Element(tag, dict(attrs), self.here)
        if len(element.attributes) < len(attrs):
            twice = [name for name, n in Counter(name for name, _ in attrs).items() if n > 1]
            self.wrong.append(f"<{tag}> has {twice} twice")
        self.here.children.append(element)
        self.here.pieces.append(element)
        self.found.append(element)
        if tag not in VOID:
            self.here = element

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.here = self.here.parent

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if self.here.tag != tag:
            self.wrong.append(f"</{tag}> closes <{self.here.tag}>")
            return
        self.here = self.here.parent

    def handle_data(self, data):
        self.here.pieces.append(data)


class Page(Element):
    """A whole page, or a piece of one."""

    def __init__(self, html):
        builder = _Builder()
        builder.feed(html)
        builder.close()
        super().__init__("", {}, None)
        self.children, self.pieces = builder.root.children, builder.root.pieces
        self._walked = [self, *builder.found]
        self.html = html
        self.misnested = builder.wrong + (
            [f"<{builder.here.tag}> stays open"] if builder.here is not builder.root else []
        )

    def walk(self):
        """All of it, as often as it is asked for: a page is read many times and never changes."""
        return iter(self._walked)

    @property
    def title(self):
        return self.one("head").one("title").text  # a drawing has a title of its own

    @property
    def h1(self):
        return self.one("h1").text

    @property
    def notices(self):
        """The sentences after an act."""
        return [notice.text for area in self.all(id="notices") for notice in area.all(class_="notice")]

    def wrong(self):
        """Everything that is wrong with a whole page, in sentences."""
        return [*self.misnested, *_frame(self), *self.wrong_with_piece()]

    def wrong_with_piece(self):
        return [*_ids(self), *_forms(self), *_inline(self), *_nesting(self), *_words(self), *_values(self)]


def _frame(page):
    html = list(page.all("html"))
    if len(html) != 1 or not html[0]["lang"]:
        yield "the page does not say its language"
    headings = list(page.all("h1"))
    if len(headings) != 1:
        yield f"there are {len(headings)} h1"
    elif not page.title.startswith(headings[0].text) or not headings[0].text:
        yield f"the title “{page.title}” does not begin with the h1 “{headings[0].text}”"
    if len(list(page.all("main"))) != 1:
        yield "there is not one main"


def _ids(page):
    ids = Counter(element["id"] for element in page.walk() if element["id"])
    yield from (f"the id {name} is there {n} times" for name, n in ids.items() if n > 1)
    for element in page.walk():
        for name in LEADING & element.attributes.keys():
            yield from (f"{name} leads to no {to}" for to in element[name].split() if to not in ids)
        if element.tag == "a" and element["href"].startswith("#") and element["href"][1:] not in ids:
            yield f"a link leads to no {element['href']}"


def _forms(page):
    for form in page.all("form"):
        if not form["action"] and not form.has("hx-post"):
            yield "a form has no action"
        token = any(field["name"] == "csrfmiddlewaretoken" for field in form.all("input"))
        if form["method"].lower() == "post" and not (token or form.has("data-without-token")):
            yield f"the form to {form['action']} has no csrf token"
        if form["method"].lower() != "post" and token:
            yield f"the form to {form['action']} puts its csrf token into the address"
    labels = {label["for"] for label in page.all("label") if label["for"]}
    for field in page.walk():
        if field.tag in LABELLED and field["type"] not in NEEDS_NO_LABEL:
            named = (
                field["aria-label"]
                or field["aria-labelledby"]
                or field.inside("label")
                or field["id"] in labels
            )
            if not named:
                yield f"the field {field['name']} has no label"


def _inline(page):
    for element in page.walk():
        if element.has("style") or element.tag == "style":
            yield f"<{element.tag}> has a style of its own"
        yield from (f"<{element.tag}> has {name}" for name in element.attributes if name.startswith("on"))
        if element.tag == "script" and not (element["src"] or element["nonce"] or "json" in element["type"]):
            yield "a script stands inline"
        for name in ("src", "href"):
            names_only = element.tag == "a" or element["rel"] == "canonical" or element.has("hreflang")
            if element[name].startswith(("http:", "https:", "//", "javascript:")) and not names_only:
                yield f"<{element.tag}> fetches {element[name]}"
        if element["href"].startswith("javascript:"):
            yield "a link runs a script"


def _nesting(page):
    """A browser ends a paragraph where a block begins, and what follows falls out of it."""
    for element in page.walk():
        if element.tag in BLOCKS and element.inside("p"):
            yield f"<{element.tag} class={element['class']}> stands inside a <p>: {element.text[:40]}"


def _values(page):
    """What was meant for a programmer: a value of ours that nobody put into words."""
    for leaf in page.walk():
        if not leaf.children and (found := re.match(r"[A-Z]\w+\(\w+=|<\w+ object|<[A-Z]\w+: ", leaf.text)):
            yield f"<{leaf.tag}> shows a value: {found[0]}"


def _words(page):
    for element in page.walk():
        if element.tag == "img" and not element.has("alt"):
            yield f"the picture {element['src']} has no alt"
        if element.tag not in ("a", "button"):
            continue
        said = element.text or element["aria-label"] or element["aria-labelledby"]
        said = (
            said
            or any(img["alt"] for img in element.all("img"))
            or any(svg["aria-label"] for svg in element.all("svg"))
        )
        if not said:
            yield f"<{element.tag} {element.attributes}> says nothing"
