"""The list of activities as HTML: what changes from one question to another is written here, what stays is in its template.

A list has some hundred links; written as text they cost a tenth of what a template takes for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape  # Django's takes ten times as long, and a list has hundreds of words

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kepu.web.portal.activities.asking import Asked
from kepu.web.portal.activities.cards import group_html
from kepu.web.portal.activities.facets import Asks, Choice, address, kept
from kepu.web.portal.activities.facets import Group as Kinds
from kepu.web.portal.activities.finding import Found
from kepu.web.portal.activities.markup import as_script
from kepu.web.portal.activities.relevance import in_order, in_time, kept_by_words, part_of_it
from kepu.web.portal.activities.showing import Group
from kepu.web.portal.machines.markup import item_list
from kepu.web.portal.within import ways
from kepu.web.shared.icons import icon
from kepu.web.shared.robots import robots_of


def parts_of(asks: Asks, groups: Sequence[Group], found: Found) -> dict[str, str]:
    """The parts of ``portal/activities/list.html``."""
    asked = asks.asked
    return {
        "title": escape(asks.heading), "meta": _meta(asks, groups), "text": escape(asked.text),
        "kept_by_text": _hidden(kept_by_words(asked)), "kept_by_day": _hidden(kept(asked, "day", "when")), "day": escape(asked.day),
        "tabs": "".join(_tab(tab) for tab in asks.tabs), "ways": "".join(_tab(way) for way in ways(asked, "portal:activities")), "trail": _trail(asks.trail), "inside": _places(asks.inside),
        "groups": "".join(_group(group) for group in asks.groups), "chips": _chips(asks),
        "head": _head(asks, found) if groups else "",
        "found": "".join(group_html(group) for group in groups) + _pager(asked, found) if groups else _nothing(asks),
        "query": escape(f"?{query}") if (query := in_time(asked).query()) else "",
    }  # fmt: skip


def _meta(asks: Asks, groups: Sequence[Group]) -> str:
    """What crawlers are told of this question, and the list as a list of pages."""
    told = robots_of(asks.asked)
    robots = f'<meta name="robots" content="{told}">' if told else ""
    pks = dict.fromkeys(row.publication.pk for group in groups for row in group.rows)
    listed = (
        f'<script type="application/ld+json">{as_script(item_list(pks, name=asks.heading))}</script>'
        if pks
        else ""
    )
    return robots + listed


def _hidden(pairs: Iterable[tuple[str, str]]) -> str:
    return "".join(f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in pairs)


def _tab(tab: Choice) -> str:
    current = ' aria-current="page"' if tab.current else ""
    return f'<li><a href="{escape(tab.url)}"{current}>{escape(tab.label)}</a></li>'


def _trail(steps: Iterable[Choice]) -> str:
    return "".join(
        f'<strong aria-current="true">{escape(step.label)}</strong>'
        if step.current
        else f'<a href="{escape(step.url)}">{escape(step.label)}</a> <span aria-hidden="true">›</span> '
        for step in steps
    )


def _places(places: Sequence[Choice]) -> str:
    return f'<ul class="facet-places" role="list">{_choices(places)}</ul>' if places else ""


def _group(group: Kinds) -> str:
    """A kind with its choices; "" where there is none to make."""
    if not group.choices:
        return ""
    name, title, more, label = escape(group.name), escape(group.title), group.more, escape(_("更多"))
    rest = (
        f'<details class="facet-more"><summary>{label}{icon("down")}</summary>'
        f'<ul class="facet-list" role="list">{_choices(more)}</ul></details>'
        if more
        else ""
    )
    return (
        f'<section aria-labelledby="f-{name}"><h2 id="f-{name}">{title}</h2>'
        f'<ul class="facet-list" role="list">{_choices(group.choices)}</ul>{rest}</section>'
    )


def _choices(choices: Iterable[Choice]) -> str:
    return "".join([_choice(choice) for choice in choices])


def _choice(choice: Choice) -> str:
    current = ' aria-current="true"' if choice.current else ""
    tally = f' <span class="tally">{choice.n}</span>' if choice.n is not None else ""
    return f'<li><a href="{escape(choice.url)}"{current}>{escape(choice.label)}{tally}</a></li>'


def _chips(asks: Asks) -> str:
    if not asks.chips:
        return ""
    off = escape(_("去掉条件："))
    chips = "".join(
        f'<li><a class="chip" href="{escape(chip.url)}"><span class="visually-hidden">{off}</span>{escape(chip.label)}'
        f"{icon('close')}</a></li>"
        for chip in asks.chips
    )
    if len(asks.chips) > 1:
        everything, label = escape(address(Asked(season=asks.asked.season))), escape(_("全部去掉"))
        chips += f'<li><a href="{everything}">{label}</a></li>'
    name = escape(_("现在的条件"))
    return f'<ul class="chips" role="list" aria-label="{name}">{chips}</ul>'


def _head(asks: Asks, found: Found) -> str:
    """How many there are, and in which order."""
    asked, n = asks.asked, len(found.items)
    if asked.near:
        said = ngettext("最近的%(n)s场", "最近的%(n)s场", n) % {"n": n}
    elif asks.total.more:
        said = _("超过%(n)s场") % {"n": f"{asks.total.n:,}"}
    else:
        said = ngettext("共%(n)s场活动", "共%(n)s场活动", asks.total.n) % {"n": f"{asks.total.n:,}"}
    said = in_order(asks, said, n)
    sorts = "".join(
        f'<li><strong aria-current="true">{escape(sort.label)}</strong></li>'
        if sort.current
        else f'<li><a href="{escape(sort.url)}" rel="nofollow">{escape(sort.label)}</a></li>'
        for sort in asks.sorts
    )
    if not asked.near:
        label, wait = escape(_("离我近的在前")), escape(_("正在看您在哪里…"))
        fault = escape(_("没有问到位置：可能没有允许，也可能设备不知道。"))
        sorts += (
            f'<li><button type="button" data-near="{escape(address(asked.but(sort="")))}" data-near-as="near"'
            f' data-near-wait="{wait}" data-near-fault="{fault}">{label}</button> <span role="status"></span></li>'
        )
    order = escape(_("排列"))
    return (
        f'<div class="row row-apart found-head"><p class="soft small">{escape(said)}</p>'
        f'<ul class="sorts" role="list" aria-label="{order}">{sorts}</ul></div>'
    )


def _pager(asked: Asked, found: Found) -> str:
    if not (found.next or found.previous):
        return ""
    links = ""
    for cursor, rel, label, sign in (
        (found.previous, "prev", _("上一页"), "previous"), (found.next, "next", _("下一页"), "next"),
    ):  # fmt: skip
        if cursor:
            before, after = (icon(sign), "") if rel == "prev" else ("", icon(sign))
            url = f"?{replace(asked, cursor=cursor).query()}"
            links += f'<a class="button button-plain" rel="{rel}" href="{escape(url)}">{before}{escape(label)}{after}</a>'
    name = escape(_("翻页"))
    return f'<nav class="pager" aria-label="{name}">{links}</nav>'


def _nothing(asks: Asks) -> str:
    if asks.asked.senseless:
        title, text = _("没有看懂要找什么"), _("请写两个字以上的词，比如“天文”“石龙”。")
    elif in_part := part_of_it(asks.asked):
        return render_to_string("components/empty.html", in_part)
    elif asks.chips:
        title, text = _("没有找到合适的活动"), _("换个词，或者去掉上面的一个条件再看。")
    else:
        title = _("接下来还没有活动")
        text = _("新发布的活动会出现在这里；办过的可以在上面的“办过的”里找到。")
    context = {"title": title, "text": text}
    if asks.chips:
        context |= {"href": address(Asked(season=asks.asked.season)), "action": _("看全部活动")}
    return render_to_string("components/empty.html", context)
