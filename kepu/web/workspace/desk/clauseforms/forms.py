"""The form of a clause and that of a notice's head: drawn from a draft, read back from what a browser sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from kepu.notices.format.schema import FileClause, Header
from kepu.notices.kinds import kinds
from kepu.web.workspace.desk.clauseforms.common import common_part
from kepu.web.workspace.desk.clauseforms.header import HEADER
from kepu.web.workspace.desk.clauseforms.kinds import PARTS
from kepu.web.workspace.desk.clauseforms.posted import Pressed, Tree, pressed, tree_of
from kepu.web.workspace.desk.clauseforms.problems import Problem, problems_of
from kepu.web.workspace.desk.clauseforms.questions import questions_of
from kepu.web.workspace.desk.clauseforms.widgets.base import (
    Node,
    Path,
    Reading,
    Sheet,
    Spot,
    as_table,
    without_blank_rows,
)
from kepu.web.workspace.desk.clauseforms.widgets.rows import Grouping
from kepu.web.workspace.desk.clauseforms.words import Words

CLAUSE, HEAD = "c", "h"


class DrawnForm:
    """The questions of a form with what stands in them, and what is wrong. Draws itself, without a <form> around it."""

    template = "workspace/desk/fields/form.html"

    def __init__(self, label: Any, lead: Any, action: str) -> None:
        self.label, self.lead, self.action = label, lead, action
        self.groups: list[Grouping] = []
        self.problems: list[Problem] = []
        self.index: dict[Path, Node] = {}

    def ask(self, first: list[Node], more: list[Node], fold: Any = "") -> None:
        self.groups.append(Grouping(first, more, str(fold)))

    def blame(self, problems: list[Problem], *, shown: bool) -> None:
        """Put each problem to its question."""
        self.problems = problems
        for problem in problems if shown else ():
            if problem.node is not None:
                problem.node.errors.append(problem.sentence)
        self.told = problems if shown else []

    def __str__(self) -> str:
        return SafeString(render_to_string(self.template, {"form": self}))


def clause_form(
    kind: str, data: Mapping[str, Any], words: Words, *, code: str = "", posted: Mapping[str, Any] | None = None,
    action: str = "", ids: str = "c", tells: bool = True,
) -> DrawnForm:  # fmt: skip
    """The form of a clause of ``kind`` (one of :func:`kepu.notices.kinds.kinds`), with ``data`` as a notice file has it, perhaps faulty.

    ``code`` is the code of the clause. ``posted`` is what a browser has just sent, of which ``data`` was read: with it empty rows stay,
    and the button that was pressed is done and in hand. ``action`` is the address at which htmx asks for the changed list; without it the
    buttons just send the form around. ``ids`` begins the ids, for a page with several forms. ``tells`` shows what is wrong.
    """
    params = kinds()[kind]
    whole = without_blank_rows({**data, "kind": kind, kind: data.get(kind) or {}})
    if code or not whole.get("id"):
        whole["id"] = code
    press = pressed(posted) if posted is not None else None
    shown: Mapping[str, Any] = whole
    if posted is not None:
        shown = {**whole, **_read_clause(kind, tree_of(posted, CLAUSE), press, keeps_empty_rows=True)}
    part, common = PARTS[kind], common_part(params)
    form = DrawnForm(params.LABEL, part.lead, action)
    sheet = Sheet(words, ids, form.index, press, action)
    root = Spot((), CLAUSE)
    form.ask(*questions_of(part).nodes(root.at(kind), sheet, as_table(shown.get(kind))), part.fold)
    form.ask(*questions_of(common).nodes(root, sheet, shown), common.fold)
    form.blame(problems_of(FileClause, {**whole, "id": whole["id"] or "new"}, form.index), shown=tells)
    return form


def read_clause(kind: str, post: Mapping[str, Any]) -> dict[str, Any]:
    """The clause as it was typed: what is right as what it is, what is wrong as the text that was typed, what is empty left out.

    Buttons that remove and move rows are obeyed; one that adds a row is for :func:`clause_form` with ``posted``. Raises
    :class:`~.posted.TooMuch` (a refusal) where more was sent than any form asks for.
    """
    return _read_clause(kind, tree_of(post, CLAUSE), pressed(post))


def header_form(
    data: Mapping[str, Any], words: Words, *, posted: Mapping[str, Any] | None = None, action: str = "", ids: str = "h",
    tells: bool = True,
) -> DrawnForm:  # fmt: skip
    """The form of a notice's head, as :func:`clause_form` is that of a clause."""
    press = pressed(posted) if posted is not None else None
    whole: dict[str, Any] = without_blank_rows(data)
    shown: Mapping[str, Any] = whole
    if posted is not None:
        reading = Reading(press, keeps_empty_rows=True)
        shown = questions_of(HEADER).read(tree_of(posted, HEAD), reading)
    form = DrawnForm("", HEADER.lead, action)
    sheet = Sheet(words, ids, form.index, press, action)
    form.ask(*questions_of(HEADER).nodes(Spot((), HEAD), sheet, shown), HEADER.fold)
    form.blame(problems_of(Header, whole, form.index), shown=tells)
    return form


def read_header(post: Mapping[str, Any]) -> dict[str, Any]:
    """The head of a notice as it was typed, as :func:`read_clause` reads a clause."""
    return questions_of(HEADER).read(tree_of(post, HEAD), Reading(pressed(post)))


def _read_clause(
    kind: str, tree: Tree, press: Pressed | None, *, keeps_empty_rows: bool = False
) -> dict[str, Any]:
    code = tree.text("id")
    about = questions_of(PARTS[kind]).read(tree.at(kind), Reading(press, keeps_empty_rows, code))
    common = questions_of(common_part(kinds()[kind])).read(tree, Reading(press, keeps_empty_rows))
    return {"kind": kind, **common, kind: about}
