"""Tags of our templates, known everywhere without ``load``. What they draw is under templates/components."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms, template
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BaseForm, BoundField
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kepu.notices.explaining import unknown_words
from kepu.notices.inheritance import ClauseView, NoticeView
from kepu.web.portal.activities.cards import group_html
from kepu.web.portal.activities.showing import Group
from kepu.web.shared.icons import icon
from kepu.web.shared.purposes import PURPOSES
from kepu.web.shared.sources import source_of, url_of
from kepu.web.shared.tones import tone_of

register = template.Library()


register.simple_tag(icon)


@register.simple_tag
def event_group(group: Group, level: str = "h2", bare: bool = False) -> SafeString:
    """The activities of one day, as every list shows them."""
    return group_html(group, level, bare)


@register.inclusion_tag("components/state-badge.html")
def state_badge(state: object, label: object = "") -> dict[str, Any]:
    """``{% state_badge activity.state activity.get_state_display %}``"""
    return {"state": state, "label": label or getattr(state, "label", state), "tone": tone_of(state)}


@register.inclusion_tag("components/clause.html")
def why(it: object) -> dict[str, Any]:
    """``{% why rule %}``: where a rule, a reason or a clause comes from, and behind “为什么？” the whole chain."""
    return {"it": source_of(it), "short": False}


@register.simple_tag
def clause_link(clause: ClauseView) -> SafeString:
    """A clause as it is cited, leading to it on the page of its notice, and its code there."""
    url = url_of(clause)
    cite = format_html('<a href="{}">{}</a>', url, clause.cite) if url else clause.cite
    return format_html("{} <code>{}</code>", cite, clause.code)


@register.simple_tag
def unknown_layer(notice: NoticeView) -> str:
    """That a layer has a notice whose text is not in hand."""
    return unknown_words(notice)


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, clause: object = None, note: object = "", width: str = "") -> dict[str, Any]:
    """A field with its label, help, errors, and the rule that asks for it. ``width``: short, middle or (full)."""
    form = bound.form
    reasons = getattr(form, "reasons", {}).get(bound.name, ())
    widget: Any = bound.field.widget
    grouped = isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple) or getattr(
        widget, "grouped", False
    )
    single = isinstance(bound.field.widget, forms.CheckboxInput)
    described = [f"{bound.auto_id}_help"] if bound.help_text else []
    described += [f"{bound.auto_id}_note"] if note or clause else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    attributes: dict[str, Any] = {}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if bound.errors and not grouped:
        attributes["aria-invalid"] = "true"
    if bound.field.required and not (grouped or single):
        attributes["aria-required"] = "true"
    return {
        "field": bound,
        "widget": SafeString(bound.as_widget(attrs=attributes)),
        "kind": "group" if grouped else "check" if single else "one",
        "clause": source_of(clause),
        "note": note,
        "width": width,
        "sources": list(filter(None, map(source_of, reasons))),
    }


@register.inclusion_tag("components/form-errors.html")
def form_errors(form: BaseForm) -> dict[str, Any]:
    """What is wrong with a form, above it: every sentence, leading to its field."""
    anchors: dict[str, str] = getattr(form, "anchors", {})  # of questions with several controls
    lines = [
        {
            "sentence": sentence,
            "to": anchors.get(str(sentence)) or form[name].id_for_label or form[name].auto_id,
            "label": form[name].label,
        }
        for name in form.fields
        for sentence in form.errors.get(name, ())
    ]
    kept = getattr(form, "reasons", {}).get(NON_FIELD_ERRORS, ())
    sources = {str(reason.sentence): source_of(reason) for reason in kept}
    general = [{"sentence": text, "source": sources.get(str(text))} for text in form.non_field_errors()]
    secret = any(isinstance(field.widget, forms.PasswordInput) for field in form.fields.values())
    return {"lines": lines, "general": general, "count": len(lines) + len(general), "kept": not secret}


@register.inclusion_tag("components/progress.html")
def progress(
    done: int, least: int | None = None, most: int | None = None, label: object = "", unit: object = ""
) -> dict[str, Any]:
    """How far a number has come on its scale. ``least`` must be reached; passing ``most`` is never wrong."""
    scale = max(done, least or 0, most or 0, 1)
    return {
        "done": done,
        "least": least,
        "most": most,
        "label": label,
        "unit": unit,
        "filled": f"{done / scale * 100:.2f}",
        "least_at": f"{least / scale * 100:.2f}" if least is not None else "",
        "reached": least is not None and done >= least,
        "missing": max((least or 0) - done, 0),
        "ticks": [f"{position * 5}" for position in range(1, 20)],
    }


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: object) -> str:
    """The page's own query with some of its parameters changed: ``?{% query cursor=page.next %}``; "" removes one."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        if value in ("", None):
            parameters.pop(name, None)
        else:
            parameters[name] = str(value)
    return parameters.urlencode()


@register.simple_tag
def crumbs(*parts: object) -> Sequence[tuple[object, object]]:
    """``{% crumbs label url label url as trail %}`` for components/breadcrumb.html."""
    return list(zip(parts[::2], parts[1::2], strict=True))


@register.inclusion_tag("components/purpose.html")
def purpose(name: str) -> dict[str, Any]:
    """``{% purpose "contact" %}``: why personal data is asked for here, and where more is said about it."""
    return {"sentence": PURPOSES[name]}
