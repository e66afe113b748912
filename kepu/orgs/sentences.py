"""What the trace says of places, units and posts; and how people, units and places are called to whoever reads."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from kepu.accounts.models import Person
from kepu.core.telling import Named, Row, Told, day_said, group, hidden, listed, names, quoted, say, tells
from kepu.orgs import rules
from kepu.orgs.actor import TRACING, Actor
from kepu.orgs.models import Hook, Line, Message, Place, Post, Role, Term, Unit, Vocabulary
from kepu.orgs.workflow import Event

group("post", lazy("人员和岗位"))
group("unit", lazy("单位"))
group("list", lazy("地区、系统和词表"))
group("message", lazy("消息"))

say("unit", {Event.UNIT_CHANGED: lazy("%(who)s改正了单位%(thing)s的登记。")})
say("message", {Event.MESSAGE_READ: lazy("%(who)s读了消息%(thing)s。")})


@tells("unit", Event.UNIT_REGISTERED)
def registered(row: Row) -> Told:
    if row.detail.get("imported"):
        return row.say(_("%(who)s从表格导入了单位%(thing)s，编号%(code)s。"), code=row.detail.get("code", ""))
    return row.say(_("%(who)s登记了单位%(thing)s，编号%(code)s。"), code=row.detail.get("code", ""))


@tells("unit", Event.DESIGNATED, refs={"code": "term"})
def designated(row: Row) -> Told:
    title = row.ref("term", row.detail.get("code"))
    return row.say(_("%(who)s登记了%(thing)s的称号%(title)s。"), _lasting(row), title=title)


@tells("unit", Event.MEMBERSHIP_ADDED, refs={"body": "term"})
def membership(row: Row) -> Told:
    body = row.ref("term", row.detail.get("body"))
    return row.say(_("%(who)s登记%(thing)s为%(body)s的成员单位。"), _lasting(row), body=body)


@tells("unit", Event.COORDINATOR_NAMED, refs={"code": "place or line", "before": "unit"})
def coordinator_named(row: Row) -> Told:
    before = row.detail.get("before")
    also = _("此前由%(unit)s统筹。") % {"unit": row.ref("unit", before)} if before else ""
    area = row.ref("place or line", row.detail.get("code"))
    return row.say(_("%(who)s指定%(thing)s统筹%(area)s。"), also, area=area)


@tells(
    "post",
    Event.POST_GIVEN,
    refs={"person": "person", "unit": "unit", "place": "place or line", "line": "place or line"},
)
def post_given(row: Row) -> Told:
    code = row.detail.get("place") or row.detail.get("line")
    reach = _("管到%(area)s。") % {"area": row.ref("place or line", code)} if code else ""
    return row.say(
        _("%(who)s安排%(person)s在%(unit)s任“%(role)s”岗位。"), reach, _lasting(row), **_post(row)
    )  # fmt: skip


@tells("post", Event.POST_ENDED, refs={"person": "person", "unit": "unit"})
def post_ended(row: Row) -> Told:
    return row.say(_("%(who)s结束了%(person)s在%(unit)s的“%(role)s”岗位。"), **_post(row))


@tells("list", Event.PLACES_WRITTEN)
def places_written(row: Row) -> Told:
    counts = {name: row.detail.get(name, 0) for name in ("created", "changed")}
    return row.say(_("%(who)s导入了%(thing)s的地区：新增%(created)s个，改正%(changed)s个。"), **counts)


@tells("list", Event.LINES_WRITTEN, refs={"codes": "place or line"})
def lines_written(row: Row) -> Told:
    lines = listed(row.ref("place or line", code) for code in row.detail.get("codes", ()))
    return row.say(_("%(who)s写入了系统：%(lines)s。"), lines=lines)


@tells("list", Event.TERMS_WRITTEN, refs={"codes": "term"})
def terms_written(row: Row) -> Told:
    codes = row.detail.get("codes", ())
    words = listed(row.ref("term", code) for code in codes[:12])
    n = len(codes)
    more = ngettext("共%(n)s个词。", "共%(n)s个词。", n) % {"n": n} if n > 12 else ""
    return row.say(_("%(who)s写入了词表：%(words)s。"), more, words=words)


_STANDING_IN = {"person": "person", "stands_in_for": "person", "unit": "unit"}
_INVITING = {"unit": "unit", "place": "place or line", "line": "place or line"}


@tells("post", "post.changed", refs={"person": "person", "unit": "unit"})
def post_changed(row: Row) -> Told:
    until = row.detail.get("until")
    last = until[-1] if isinstance(until, list) and until else until
    also = _("现在到%(until)s为止。") % {"until": day_said(last)} if last else _("现在没有期限。")
    return row.say(_("%(who)s改了%(person)s在%(unit)s的“%(role)s”岗位的期限。"), also, **_post(row))


@tells("post", "unit.handed_over", refs={"leaver": "person", "successor": "person"})
def posts_handed_over(row: Row) -> Told:
    people = {name: row.ref("person", row.detail.get(name)) for name in ("leaver", "successor")}
    roles = listed(_role(code) for code in row.detail.get("posts") or ())
    also = _("移交的岗位：%(roles)s。") % {"roles": roles} if roles else ""
    return row.say(_("%(who)s把%(leaver)s在%(thing)s的岗位移交给%(successor)s。"), also, **people)


@tells("post", "invitation.given", refs=_INVITING)
def invited(row: Row) -> Told:
    return row.say(_("%(who)s发出了一份到%(unit)s任“%(role)s”岗位的邀请。"), **_invited(row))


@tells("post", "invitation.withdrawn", refs=_INVITING)
def invitation_withdrawn(row: Row) -> Told:
    return row.say(_("%(who)s收回了一份到%(unit)s任“%(role)s”岗位的邀请。"), **_invited(row))


@tells("post", "invitation.accepted", refs=_INVITING)
def invitation_accepted(row: Row) -> Told:
    return row.say(_("%(who)s接受邀请，到%(unit)s任“%(role)s”岗位。"), **_invited(row))


@tells("post", "deputy.given", refs=_STANDING_IN)
def deputy_given(row: Row) -> Told:
    absent = row.ref("person", row.detail.get("stands_in_for"))
    return row.say(
        _("%(who)s让%(person)s代理%(absent)s在%(unit)s的“%(role)s”岗位。"),
        _lasting(row),
        absent=absent,
        **_post(row),
    )


@tells("post", "deputy.ended", refs=_STANDING_IN)
def deputy_ended(row: Row) -> Told:
    absent = row.ref("person", row.detail.get("stands_in_for"))
    return row.say(
        _("%(who)s结束了%(person)s对%(absent)s在%(unit)s的“%(role)s”岗位的代理。"),
        absent=absent,
        **_post(row),
    )


say("unit", {
    "application.filed": lazy("%(who)s提交了%(thing)s。"),
    "application.returned": lazy("%(who)s把%(thing)s退回补充。"),
    "application.approved": lazy("%(who)s通过了%(thing)s。"),
    "application.merged": lazy("%(who)s把%(thing)s并入了已有的单位。"),
    "application.refused": lazy("%(who)s没有同意%(thing)s。"),
    "application.withdrawn": lazy("%(who)s收回了%(thing)s。"),
    "application.contact_forgotten": lazy("%(who)s按期限清除了%(thing)s里的联系人。"),
    "unit.change_planned": lazy("%(who)s定下了%(thing)s的一次变动。"),
    "unit.change_called_off": lazy("%(who)s取消了%(thing)s的一次变动。"),
    "unit.change_held_up": lazy("%(who)s没能办成%(thing)s的一次变动，留待再办。"),
    "unit.closed": lazy("%(who)s撤销了%(thing)s。"),
})  # fmt: skip
say("personal", {"application.contact_seen": lazy("%(who)s查看了%(thing)s的联系人和联系方式。")})
say("message", {
    Event.HOOK_ADDED: lazy("%(who)s加了一个推送地址%(thing)s。"),
    Event.HOOK_REMOVED: lazy("%(who)s删去了推送地址%(thing)s。"),
    Event.HOOK_TRIED: lazy("%(who)s试发了推送地址%(thing)s。"),
    Event.HOOK_PAUSED: lazy("%(who)s暂停了推送地址%(thing)s，因为一直送不到。"),
    Event.HOOK_RESUMED: lazy("%(who)s恢复了推送地址%(thing)s。"),
})  # fmt: skip


@tells("unit", "unit.moved", refs={"place": "place or line", "line": "place or line"})
def moved(row: Row) -> Told:
    area = row.ref("place or line", row.detail.get("place") or row.detail.get("line"))
    return row.say(_("%(who)s把%(thing)s移到了%(area)s。"), area=area)


@tells("unit", "unit.merged", refs={"into": "unit"})
def merged(row: Row) -> Told:
    return row.say(_("%(who)s把单位%(thing)s并入了%(into)s。"), into=_units(row, "into"))


@tells("unit", "unit.split", refs={"into": "unit"})
def split(row: Row) -> Told:
    return row.say(_("%(who)s从%(thing)s分出了%(into)s。"), into=_units(row, "into"))


@tells("unit", "unit.taken_in", refs={"into": "unit", "part": "unit"})
def taken_in(row: Row) -> Told:
    if row.detail.get("into"):
        return row.say(_("%(who)s让%(thing)s成为%(into)s的下属单位。"), into=_units(row, "into"))
    return row.say(_("%(who)s给%(thing)s加了下属单位%(part)s。"), part=_units(row, "part"))


@tells("unit", "unit.let_go", refs={"of": "unit"})
def let_go(row: Row) -> Told:
    return row.say(_("%(who)s让%(thing)s不再是%(of)s的下属单位。"), of=_units(row, "of"))


def _units(row: Row, key: str) -> str:
    value = row.detail.get(key)
    return listed(row.ref("unit", pk) for pk in (value if isinstance(value, list) else [value]))


def _invited(row: Row) -> dict[str, Any]:
    return {"unit": row.ref("unit", row.detail.get("unit")), "role": _role(row.detail.get("role", ""))}


def _role(code: str) -> str:
    return str(Role(code).label) if code in Role.values else code


def _post(row: Row) -> dict[str, Any]:
    return {
        "person": row.ref("person", row.detail.get("person")),
        "unit": row.ref("unit", row.detail.get("unit")),
        "role": _role(row.detail.get("role", "")),
    }


def _lasting(row: Row) -> str:
    since, until = day_said(row.detail.get("since")), day_said(row.detail.get("until"))
    if since and until:
        return _("从%(since)s到%(until)s。") % {"since": since, "until": until}
    if until:
        return _("到%(until)s为止。") % {"until": until}
    return _("从%(since)s起。") % {"since": since} if since else ""


@names("person")
def people(reader: Actor, ids: Collection[int]) -> dict[int, Named]:
    """Colleagues, and people of the units whose trace one reads, by name; others are somebody. Two queries."""
    found = dict(Person.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "name"))
    near: set[int | None] = set(found)
    if not reader.is_system:
        posts = Post.objects.filter(person_id__in=found, unit__in=rules.traceable_by(reader))
        near = {reader.person_id, *posts.order_by("pk").values_list("person_id", flat=True)}
    kind = "person" if reader.is_system or reader.holds(*TRACING) else "colleague"  # who has a page of theirs
    return {pk: _person(pk, found, near, kind) for pk in ids}


def _person(pk: int, found: dict[int, str], near: Collection[int | None], kind: str) -> Named:
    if not found.get(pk):
        return Named(_("已注销人员（%(id)s号）") % {"id": pk}, "erased")
    return Named(found[pk], kind, {"pk": pk}) if pk in near else Named(_("一位外单位人员"))


@names("unit")
def units(reader: Actor, ids: Collection[int]) -> dict[int, Named]:
    """Every unit has a name to everybody; a page has that whose trace one may read. Two queries."""
    found = Unit.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "name")
    open_to = set(rules.traceable_by(reader).filter(pk__in=ids).values_list("pk", flat=True))
    return {pk: Named(name, "unit", {"pk": pk}) if pk in open_to else Named(name) for pk, name in found}


@names("place")
def places(_reader: Actor, ids: Collection[int]) -> dict[int, Named]:
    return {
        pk: Named(name)
        for pk, name in Place.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "name")
    }


@names("line")
def lines(_reader: Actor, ids: Collection[int]) -> dict[int, Named]:
    return {
        pk: Named(name)
        for pk, name in Line.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "name")
    }


@names("place or line")
def areas(_reader: Actor, codes: Collection[str]) -> dict[str, Named]:
    """Places and lines by their codes. Two queries."""
    wanted = [str(code) for code in codes]
    found: dict[str, Named] = {}
    for model in (Line, Place):
        rows = model._default_manager.filter(code__in=wanted).order_by("pk").values_list("code", "name")
        found |= {code: Named(name) for code, name in rows}
    return found


@names("term")
def terms(_reader: Actor, codes: Collection[Any]) -> dict[Any, Named]:
    """Words of the vocabularies, by code where a row keeps the code, and by key where a word is the thing."""
    rows = Term.objects.filter(vocabulary__in=Vocabulary.values).order_by("pk")
    found: dict[Any, Named] = {}
    for term in rows.filter(code__in=[code for code in codes if isinstance(code, str)]):
        found[term.code] = Named(quoted(term))
    for term in rows.filter(pk__in=[key for key in codes if isinstance(key, int)]):
        found[term.pk] = Named(quoted(term))
    return found


@names("message")
def messages(reader: Actor, ids: Collection[int]) -> dict[int, Named]:
    """A message is its unit's own."""
    rows = Message.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "unit_id", "subject")
    return {
        pk: Named(quoted(subject)) if reader.is_system or reader.acts_for(unit) else hidden()
        for pk, unit, subject in rows
    }  # fmt: skip


@names("hook")
def hooks(reader: Actor, ids: Collection[int]) -> dict[int, Named]:
    """What a unit calls a push address is its own; one that was removed has no name any more."""
    rows = Hook.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "unit_id", "name")
    return {
        pk: Named(quoted(name)) if reader.is_system or reader.acts_for(unit) else hidden()
        for pk, unit, name in rows
    }  # fmt: skip


@names("post")
def posts(_reader: Actor, ids: Collection[int]) -> dict[int, Named]:
    rows = Post.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "unit__name", "role")
    return {
        pk: Named(_("%(unit)s的“%(role)s”岗位") % {"unit": unit, "role": Role(role).label})
        for pk, unit, role in rows
    }
