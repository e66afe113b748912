"""How long a text may be where a form in force says so: of one answer of an activity, and of a whole text in parts. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from kepu.activities.facts import characters
from kepu.activities.models import CONTENT, PERSONAL, Activity
from kepu.notices.inheritance import InForce, Rules
from kepu.notices.kinds.form import Column, Form

# what a row of a form is where its columns bind the record of one activity. A row of a series sums several up: its limits
# bind the table that is handed up
ONE_ACTIVITY = frozenset({"activity", "row"})
_FIELDS = {"outline": "summary"}  # what forms call by another name
_SOURCE = "activity."


def columns_of(rules: Rules) -> Iterator[tuple[str, Column, InForce]]:
    """The columns of forms in force that limit a text of an activity: the field, the column, the form's rule."""
    for rule in rules.of_kind("form"):
        form = rule.params
        if not isinstance(form, Form) or form.object not in ONE_ACTIVITY:
            continue
        for column in form.columns:
            if (column.min_chars or column.max_chars) and (field := _field_of(column)):
                yield field, column, rule


def length_faults(activity: Activity, rules: Rules) -> Iterator[tuple[InForce, str, str]]:
    """What is too long or too short for a form in force: its rule, the sentence and the field. An empty answer is asked
    for by gates, not by its length."""
    for field, column, rule in columns_of(rules):
        text = getattr(activity, field)
        if isinstance(text, str) and text.strip():
            label = str(Activity._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
            if sentence := fault_of(label, characters(text), column.min_chars, column.max_chars):
                yield rule, sentence, field


def fault_of(title: str, now: int, least: int | None, most: int | None) -> str:
    """What is wrong with the length of a text; "" where nothing is."""
    said = {"title": title, "now": now, "least": least, "most": most}
    if most and now > most:
        return _("“%(title)s”最多%(most)s个字，现在有%(now)s个字。") % said
    if least and now < least:
        return _("“%(title)s”至少%(least)s个字，现在有%(now)s个字。") % said
    return ""


def whole_fault(form: Form, now: int) -> str:
    """What is wrong with the length of all parts of a text together; "" where nothing is."""
    said = {"title": form.title, "now": now, "least": form.min_chars, "most": form.max_chars}
    if form.max_chars and now > form.max_chars:
        return _("《%(title)s》各部分合计最多%(most)s个字，现在有%(now)s个字。请删减。") % said
    if form.min_chars and now < form.min_chars:
        return _("《%(title)s》各部分合计至少%(least)s个字，现在有%(now)s个字。请补充。") % said
    return ""


def whole_limit(form: Form) -> str:
    """How long all parts of a text may be together, in words; "" where nothing is laid down."""
    said = {"least": form.min_chars, "most": form.max_chars}
    if form.min_chars and form.max_chars:
        return _("各部分合计%(least)s—%(most)s字。") % said
    if form.max_chars:
        return _("各部分合计限%(most)s字以内。") % said
    return _("各部分合计不少于%(least)s字。") % said if form.min_chars else ""


def _field_of(column: Column) -> str:
    """The field of an activity from which a column is filled; "" where it is none, or somebody's contact."""
    source = column.source or ""
    name = source.removeprefix(_SOURCE)
    field = _FIELDS.get(name, name)
    return field if source.startswith(_SOURCE) and field in CONTENT and field not in PERSONAL else ""
