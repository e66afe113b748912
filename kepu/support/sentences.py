"""What the trace says of the support desk, and how its things are called."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.core.telling import Named, Row, Told, group, hidden, names, quoted, say, tells
from kepu.orgs.actor import Actor
from kepu.support import rules
from kepu.support.models import ErrorReport, OfficeContact, SharedAnswer, Training
from kepu.support.workflow import Event, Wrong

group("help", lazy("帮助"))

say("help", {
    Event.CONTACT_KEPT: lazy("%(who)s写了办公室联系方式%(thing)s。"),
    Event.CONTACT_REMOVED: lazy("%(who)s撤下了办公室联系方式%(thing)s。"),
    Event.QUESTION_ADDED_TO: lazy("%(who)s补充了问题%(thing)s。"),
    Event.QUESTION_ANSWERED: lazy("%(who)s答复了问题%(thing)s。"),
    Event.QUESTION_CLOSED: lazy("%(who)s结束了问题%(thing)s。"),
    Event.QUESTION_REOPENED: lazy("%(who)s就%(thing)s再次提问。"),
    Event.ANSWER_SHARED: lazy("%(who)s把%(thing)s列入问答。"),
    Event.ANSWER_CHANGED: lazy("%(who)s修改了问答%(thing)s。"),
    Event.ANSWER_WITHDRAWN: lazy("%(who)s撤下了问答%(thing)s。"),
    Event.TRAINING_ANNOUNCED: lazy("%(who)s发布了培训%(thing)s。"),
    Event.TRAINING_CHANGED: lazy("%(who)s修改了培训%(thing)s。"),
    Event.TRAINING_CANCELLED: lazy("%(who)s取消了培训%(thing)s。"),
    Event.TRAINING_SIGNED_OFF: lazy("%(who)s退出了培训%(thing)s的报名。"),
    Event.ERROR_ANSWERED: lazy("%(who)s处理了关于%(thing)s的纠错。"),
    Event.ERROR_CLOSED: lazy("%(who)s认为关于%(thing)s的纠错不用处理。"),
})  # fmt: skip


@tells("help", Event.QUESTION_ASKED, refs={"to": "unit"})
def asked(row: Row) -> Told:
    return row.say(_("%(who)s向%(to)s提问%(thing)s。"), to=row.ref("unit", row.detail.get("to")))


@tells("help", Event.QUESTION_PASSED_ON, refs={"to": "unit"})
def passed_on(row: Row) -> Told:
    return row.say(_("%(who)s把问题%(thing)s转给了%(to)s。"), to=row.ref("unit", row.detail.get("to")))


@tells("help", Event.TRAINING_SIGNED_UP)
def signed_up(row: Row) -> Told:
    return row.say(_("%(who)s给培训%(thing)s报名 %(n)s 人。"), n=row.detail.get("people", ""))


@tells("help", Event.ERROR_REPORTED)
def error_reported(row: Row) -> Told:
    wrong = str(row.detail.get("wrong", ""))
    what = Wrong(wrong).label if wrong in Wrong.values else _("没有说明")
    return row.say(_("%(who)s指出%(thing)s的页面有错（%(what)s）。"), what=what)


@names("officecontact")
def contacts(_reader: Actor, ids: Collection[int]) -> dict[int, Named]:
    rows = OfficeContact.objects.filter(pk__in=ids).order_by("pk")
    return {pk: Named(quoted(office)) for pk, office in rows.values_list("pk", "office")}


@names("question")
def questions(reader: Actor, ids: Collection[int]) -> dict[int, Named]:
    """A question has its subject to the units that had a word in it."""
    seen = dict(
        rules.questions_visible_to(reader).filter(pk__in=ids).order_by("pk").values_list("pk", "subject")
    )
    return {pk: Named(quoted(seen[pk])) if pk in seen else hidden() for pk in ids}


@names("sharedanswer")
def answers(_reader: Actor, ids: Collection[int]) -> dict[int, Named]:
    rows = SharedAnswer.objects.filter(pk__in=ids).order_by("pk")
    return {pk: Named(quoted(text)) for pk, text in rows.values_list("pk", "question")}


@names("training")
def trainings(_reader: Actor, ids: Collection[int]) -> dict[int, Named]:
    rows = Training.objects.filter(pk__in=ids).order_by("pk")
    return {pk: Named(quoted(title)) for pk, title in rows.values_list("pk", "title")}


@names("errorreport")
def error_reports(_reader: Actor, ids: Collection[int]) -> dict[int, Named]:
    """Known by the title that the public read."""
    rows = ErrorReport.objects.filter(pk__in=ids).order_by("pk")
    return {pk: Named(quoted(title)) for pk, title in rows.values_list("pk", "title")}
