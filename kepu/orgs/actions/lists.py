"""Loading the lines and the vocabularies that notices speak in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kepu.core import audit
from kepu.core.db import transaction
from kepu.core.refusals import Incomplete
from kepu.orgs import rules
from kepu.orgs.actor import Actor
from kepu.orgs.models import Line, Term, Vocabulary
from kepu.orgs.workflow import Event


@transaction
def load_lines(lines: Iterable[Mapping[str, str]], *, by: Actor, at: datetime) -> int:
    """Load lines given as ``{"code", "name", "parent"}`` (parent: a code, or empty for a root), in any order.

    Returns how many were new or renamed. Idempotent; a line never moves to another parent.
    """
    rules.check_system(by)
    wanted = {line["code"]: (line["name"], line.get("parent") or "") for line in lines}
    places = {line.code: line for line in Line.objects.select_related("parent").order_by("pk")}
    written: list[Line] = []
    waiting = dict(wanted)
    while waiting:
        known = places.keys() - waiting.keys()
        ready = [code for code, (_name, parent) in waiting.items() if not parent or parent in known]
        if not ready:
            code, (name, parent) = next(iter(waiting.items()))
            raise Incomplete(
                _(
                    "系统“%(name)s”（%(code)s）的上级 %(parent)s 不存在，或上级关系绕成了一圈。请改正上级代码。"
                )
                % {"name": name, "code": code, "parent": parent}
            )
        level = [line for code in ready if (line := _line(code, *waiting.pop(code), places)) is not None]
        new = [line for line in level if line.pk is None]
        renamed = [line for line in level if line.pk is not None]
        places |= {line.code: line for line in Line.objects.bulk_create(new)}
        Line.objects.bulk_update(renamed, ["name"])
        written += [*new, *renamed]
    if written:
        audit.record(Event.LINES_WRITTEN, written[0], by=by, at=at, codes=[line.code for line in written])
    return len(written)


def _line(code: str, name: str, parent: str, known: Mapping[str, Line]) -> Line | None:
    """The line to write; None where nothing changes."""
    line = known.get(code)
    above = known[parent] if parent else None
    if line is None:
        return Line(code=code, name=name, parent=above, path=f"{above.path if above else '/'}{code}/")
    if (line.parent.code if line.parent else "") != parent:
        raise Incomplete(
            _("系统“%(name)s”（%(code)s）已有别的上级，不能改挂。请改回原来的上级代码。")
            % {"name": name, "code": code}
        )
    if line.name == name:
        return None
    line.name = name
    return line


@transaction
def load_terms(terms: Iterable[Mapping[str, Any]], *, by: Actor, at: datetime) -> int:
    """Load words given as ``{"vocabulary", "code", "name", "name_en", "position"}``.

    Returns how many were new or changed. Idempotent; words that are not given stay.
    """
    rules.check_system(by)
    known = {(term.vocabulary, term.code): term for term in Term.objects.order_by("pk")}
    written = [term for given in terms if (term := _term(given, known)) is not None]
    if written:
        Term.objects.bulk_create(
            written,
            update_conflicts=True,
            unique_fields=["vocabulary", "code"],
            update_fields=["name", "name_en", "position"],
        )
        first = Term.objects.get(vocabulary=written[0].vocabulary, code=written[0].code)
        audit.record(Event.TERMS_WRITTEN, first, by=by, at=at, codes=[term.code for term in written])
    return len(written)


def _term(given: Mapping[str, Any], known: Mapping[tuple[str, str], Term]) -> Term | None:
    term = Term(
        vocabulary=Vocabulary(given["vocabulary"]), code=given["code"], name=given["name"],
        name_en=given.get("name_en", ""), position=given.get("position", 0),
    )  # fmt: skip
    before = known.get((term.vocabulary, term.code))
    same = before is not None and (before.name, before.name_en, before.position) == (
        term.name,
        term.name_en,
        term.position,
    )
    return None if same else term
