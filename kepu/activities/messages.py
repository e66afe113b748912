"""Who is told what: always the unit whose turn it is next, in the source language, with the way to the activity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from kepu.activities.concerned import Concerned
from kepu.activities.models import Activity, Double, Incident, OnlineLink, Result
from kepu.activities.sessions import Session
from kepu.activities.workflow import ReturnReason
from kepu.core.calendar import CHINA
from kepu.core.refusals import Reason
from kepu.notices.explaining import cited_with_address
from kepu.notices.inheritance import Rules
from kepu.orgs.messages import tell
from kepu.orgs.models import Unit

LATE_OWN, LATE_BELOW = "/workspace/reviews/?overdue=1", "/workspace/reviews/?tab=below"


def link_to(activity: Activity) -> str:
    """Where the workspace shows the activity."""
    return f"/workspace/activities/{activity.pk}/"


def filed(activity: Activity, host_name: str, rules: Rules, *, at: datetime) -> None:
    """The reviewer's turn: what falls short of an "in principle" is named, with the way to where it comes from."""
    with override(settings.LANGUAGE_CODE):
        subject = _("请审核：%(title)s（%(host)s填报）") % {"title": activity, "host": host_name}
        body = _("这是第%(round)s次填报。") % {"round": activity.round} if activity.round > 1 else ""
        if activity.unmet:
            body += _("有%(n)s处没有达到通知“原则上”的要求，同意例外要写明理由。") % {
                "n": len(activity.unmet)
            }
        if activity.reviewing_unit_id == activity.unit_id:
            body += _("按通知，本单位填报的活动也由本单位审核，请由另一位审核人处理。")
        body = "\n".join([body, *(cited_with_address(rules[key]) for key in activity.unmet if key in rules)])
    _tell(activity, activity.reviewing_unit_id, "filed", subject, body, at)


def passed(activity: Activity, *, at: datetime) -> None:
    with override(settings.LANGUAGE_CODE):
        subject = _("请审核：%(title)s（前一步已通过）") % {"title": activity}
    _tell(activity, activity.reviewing_unit_id, "filed", subject, "", at)


def returned(activity: Activity, reasons: list[str], words: str, *, at: datetime) -> None:
    with override(settings.LANGUAGE_CODE):
        subject = _("已退回，请修改后再填报：%(title)s") % {"title": activity}
        body = _reasons(reasons) + words
    _tell(activity, activity.unit_id, "returned", subject, body, at)


def approved(activity: Activity, words: str, *, at: datetime) -> None:
    with override(settings.LANGUAGE_CODE):
        subject = _("审核已通过，可以发布：%(title)s") % {"title": activity}
    _tell(activity, activity.unit_id, "approved", subject, words, at)


def not_published(activity: Activity, reasons: Iterable[Reason], *, at: datetime) -> None:
    """The host's turn again: its time came, and what the notices ask did not hold."""
    with override(settings.LANGUAGE_CODE):
        subject = _("没有按时发布，请处理：%(title)s") % {"title": activity}
        lines = [f"{reason.sentence}{_in_brackets(reason.clause)}" for reason in reasons]
        body = "\n".join([_("到了定好的发布时间，但是："), *lines, _("定时发布已经取消。改好以后请再发布。")])
    _tell(activity, activity.unit_id, "not_published", subject, body, at)


def waived(activity: Activity, *, at: datetime) -> None:
    with override(settings.LANGUAGE_CODE):
        subject = _("审核单位同意例外，可以发布：%(title)s") % {"title": activity}
    _tell(activity, activity.unit_id, "approved", subject, "", at)


def corrected(activity: Activity, corrections: Mapping[str, tuple[str, str]], *, at: datetime) -> None:
    """The reviewing unit reads what was mended; nothing waits for it."""
    with override(settings.LANGUAGE_CODE):
        subject = _("改了错字，已经生效，不用审核：%(title)s") % {"title": activity}
        lines = [
            _("%(name)s：“%(before)s”改为“%(after)s”") % {
                "name": activity._meta.get_field(name).verbose_name, "before": before, "after": after,  # type: ignore[union-attr]
            }
            for name, (before, after) in corrections.items()
        ]  # fmt: skip
    _tell(activity, activity.reviewing_unit_id, "corrected", subject, "\n".join(lines), at)


def change_proposed(activity: Activity, reason: str, *, at: datetime) -> None:
    with override(settings.LANGUAGE_CODE):
        subject = _("请审核变更：%(title)s") % {"title": activity}
    _tell(activity, activity.reviewing_unit_id, "change_proposed", subject, reason, at)


def change_decided(activity: Activity, agreed: bool, words: str, *, at: datetime) -> None:
    with override(settings.LANGUAGE_CODE):
        subject = (
            _("变更已同意，并已向公众更新：%(title)s")
            if agreed
            else _("变更没有同意，公众看到的不变：%(title)s")
        ) % {"title": activity}
    _tell(activity, activity.unit_id, "change_decided", subject, words, at)


def postponed(activity: Activity, words: str, before: str, concerned: Concerned, *, at: datetime) -> None:
    with override(settings.LANGUAGE_CODE):
        when = when_of(activity)
        subject = _("活动延期（%(when)s）：%(title)s") % {"when": when, "title": activity}
        body = "\n".join(
            [_reason(words), _("时间由%(before)s改为%(after)s。") % {"before": before, "after": when}]
        )
        _tell_all(activity, concerned, "postponed", subject, body, at)


def cancelled(activity: Activity, words: str, concerned: Concerned, *, at: datetime) -> None:
    with override(settings.LANGUAGE_CODE):
        subject = _("活动取消：%(title)s") % {"title": activity}
        body = "\n".join([_reason(words), _("原定%(when)s举办，现在不办了。") % {"when": when_of(activity)}])
        _tell_all(activity, concerned, "cancelled", subject, body, at)


def sessions_cancelled(
    activity: Activity, sessions: Sequence[Session], words: str, concerned: Concerned, *, at: datetime
) -> None:
    with override(settings.LANGUAGE_CODE):
        subject = _("取消%(n)s场，其余照常：%(title)s") % {"n": len(sessions), "title": activity}
        lines = [_("不办的：%(session)s") % {"session": _said(session)} for session in sessions]
        _tell_all(activity, concerned, "session_cancelled", subject, "\n".join([_reason(words), *lines]), at)


def session_moved(
    activity: Activity, before: Session, after: Session, words: str, concerned: Concerned, *, at: datetime
) -> None:  # fmt: skip
    with override(settings.LANGUAGE_CODE):
        subject = _("有一场改期，其余照常：%(title)s") % {"title": activity}
        line = _("由%(before)s改为%(after)s。") % {"before": _said(before), "after": _said(after)}
        _tell_all(activity, concerned, "session_moved", subject, "\n".join([_reason(words), line]), at)


def incident_reported(activity: Activity, incident: Incident, units: Iterable[int], *, at: datetime) -> None:
    with override(settings.LANGUAGE_CODE):
        subject = _("突发情况（%(kind)s%(hurt)s）：%(title)s") % {
            "kind": incident.get_kind_display(), "hurt": _hurt(incident), "title": activity
        }  # fmt: skip
    _tell_of(incident, "incident_reported", subject, _("请打开查看情况和措施。"), units, at)


def incident_updated(activity: Activity, incident: Incident, units: Iterable[int], *, at: datetime) -> None:
    with override(settings.LANGUAGE_CODE):
        subject = _("突发情况有进展%(hurt)s：%(title)s") % {"hurt": _hurt(incident), "title": activity}
    _tell_of(incident, "incident_updated", subject, _("请打开查看情况和措施。"), units, at)


def incident_closed(activity: Activity, incident: Incident, units: Iterable[int], *, at: datetime) -> None:
    with override(settings.LANGUAGE_CODE):
        subject = _("突发情况已了结：%(title)s") % {"title": activity}
    _tell_of(incident, "incident_closed", subject, "", units, at)


def _tell_of(
    incident: Incident, kind: str, subject: str, body: Any, units: Iterable[int], at: datetime
) -> None:
    """What was written may name people: it is read on the page, and stands in no message or mail."""
    for unit_id in units:
        tell(unit_id, f"activity.{kind}", subject, body, f"/workspace/incidents/{incident.pk}/", at=at)


def _hurt(incident: Incident) -> str:
    return _("，%(n)s人受伤") % {"n": incident.people_hurt} if incident.people_hurt else ""


def summarised(activity: Activity, *, at: datetime) -> None:
    with override(settings.LANGUAGE_CODE):
        late = _("（迟交）") if activity.summary_late else ""
        subject = _("活动总结已提交%(late)s：%(title)s") % {"late": late, "title": activity}
    _tell(activity, activity.reviewing_unit_id, "summarised", subject, "", at)


def results_shown(activity: Activity, shown: Sequence[str], *, at: datetime) -> None:
    """The reviewing unit hears of what the public sees and it has not seen."""
    if not shown:
        return
    with override(settings.LANGUAGE_CODE):
        subject = _("活动的成果已向公众公开，请看一看：%(title)s") % {"title": activity}
        body = _("公开了：%(what)s。不合适的，可以在活动的“公开成果”页撤下，并写明原因。") % {
            "what": _("、").join(str(Result(code).label) for code in shown)
        }
    _tell(activity, activity.reviewing_unit_id, "results_shown", subject, body, at)


def results_taken_away(activity: Activity, reason: str, *, at: datetime) -> None:
    """The host, when somebody else has taken away what it had put before the public."""
    with override(settings.LANGUAGE_CODE):
        subject = _("公开的成果被撤下：%(title)s") % {"title": activity}
    _tell(activity, activity.unit_id, "results_taken_away", subject, reason, at)


def pictures_shown(activity: Activity, n: int, *, at: datetime) -> None:
    """The reviewing unit hears of what the public sees and it has not seen."""
    with override(settings.LANGUAGE_CODE):
        subject = ngettext(
            "已发布的活动换了图片，请看一看（%(n)s张新的）：%(title)s",
            "已发布的活动换了图片，请看一看（%(n)s张新的）：%(title)s",
            n,
        ) % {"n": n, "title": activity}
        body = _("图片不经审核，随即向公众显示。不合适的，可以在活动的“海报和图片”页移除，并写明原因。")
    _tell(activity, activity.reviewing_unit_id, "pictures_shown", subject, body, at)


def picture_removed(activity: Activity, reason: str, *, at: datetime) -> None:
    """The host, when somebody else has taken a picture away."""
    with override(settings.LANGUAGE_CODE):
        subject = _("一张图片被移除：%(title)s") % {"title": activity}
    _tell(activity, activity.unit_id, "picture_removed", subject, reason, at)


def reviews_late(unit: Unit, n: int, above: int | None, *, staffed: bool, at: datetime) -> None:
    """Time has run out: the reviewing unit is told, and the coordinator above it."""
    with override(settings.LANGUAGE_CODE):
        subject = _("有%(n)s项活动过了审核期限，请尽快审核") % {"n": n}
        told = _("“%(unit)s”有%(n)s项活动过了审核期限") % {"unit": unit.name, "n": n}
        nobody = "" if staffed else _("这个单位现在没有在岗的审核人，请安排人或让人代理。")
    tell(unit.pk, "review.late", subject, nobody, LATE_OWN, at=at)
    if above is not None:
        tell(above, "review.late", told, nobody, LATE_BELOW, at=at)


def reviews_reminded(unit: Unit, n: int, whose: str, *, at: datetime) -> None:
    with override(settings.LANGUAGE_CODE):
        subject = _("%(who)s提醒：有%(n)s项活动过了审核期限，请尽快审核") % {"who": whose, "n": n}
    tell(unit.pk, "review.reminded", subject, "", LATE_OWN, at=at)


def doubles_found(activity: Activity, doubles: Sequence[Double], *, at: datetime) -> None:
    """Each unit that reviews one of a pair, once for all the pairs of this filing."""
    to: dict[int, list[Double]] = defaultdict(list)
    for double in doubles:
        for unit_id in {one.reviewing_unit_id for one in double.pair} - {None}:
            to[unit_id].append(double)  # type: ignore[index]
    with override(settings.LANGUAGE_CODE):
        subject = _("可能重复填报：%(title)s（%(host)s）") % {"title": activity, "host": activity.unit.name}
        for unit_id, pairs in sorted(to.items()):
            others = [pair.other(activity.pk) for pair in pairs]
            named = _("、").join(
                _("“%(title)s”（%(host)s）") % {"title": other, "host": other.unit.name} for other in others
            )
            body = _("它和%(others)s很像。请看看是不是同一项：合并、关联，或者确认不是。") % {"others": named}
            link = link_to_double(pairs[0]) if len(pairs) == 1 else "/workspace/doubles/"
            tell(unit_id, "activity.double_found", subject, body, link, at=at)


def merged(kept: Activity, left: Activity, words: str, *, at: datetime) -> None:
    """The host of the one that goes, and its reviewer; the other host is told whom it may name."""
    with override(settings.LANGUAGE_CODE):
        subject = _("已并入“%(kept)s”（%(host)s）：%(left)s") % {
            "kept": kept, "host": kept.unit.name, "left": left
        }  # fmt: skip
        for unit_id in sorted({left.unit_id, left.reviewing_unit_id or left.unit_id}):
            _tell(left, unit_id, "merged", subject, words, at)
        if left.unit_id != kept.unit_id:
            subject = _("%(host)s填报的同一项活动并入了这一项：%(kept)s") % {
                "host": left.unit.name,
                "kept": kept,
            }
            body = words + _("可以用“变更”把%(host)s写进承办单位或联合主办单位，由您决定。") % {
                "host": left.unit.name
            }
            _tell(kept, kept.unit_id, "merged", subject, body, at)


def linked(kept: Activity, left: Activity, words: str, *, at: datetime) -> None:
    with override(settings.LANGUAGE_CODE):
        subject = _("和“%(kept)s”（%(host)s）是同一项，只算一次，算在那一项：%(left)s") % {
            "kept": kept, "host": kept.unit.name, "left": left
        }  # fmt: skip
        _tell(left, left.unit_id, "linked", subject, words, at)
        if left.unit_id != kept.unit_id:
            subject = _("%(host)s填报的同一项活动和这一项合计，算在这一项：%(kept)s") % {
                "host": left.unit.name,
                "kept": kept,
            }
            _tell(kept, kept.unit_id, "linked", subject, words, at)


def unlinked(kept: Activity, left: Activity, words: str, *, at: datetime) -> None:
    with override(settings.LANGUAGE_CODE):
        for one, other in ((left, kept), (kept, left)):
            subject = _("不再和“%(other)s”合计，各算各的：%(one)s") % {"other": other, "one": one}
            _tell(one, one.unit_id, "unlinked", subject, words, at)


def counts_again(left: Activity, gone: Activity, *, at: datetime) -> None:
    """What it was counted with has gone: its host, and whoever reviews it."""
    with override(settings.LANGUAGE_CODE):
        subject = _("同一项的“%(gone)s”撤回或取消了，这一项重新单独计数：%(left)s") % {
            "gone": gone,
            "left": left,
        }
        for unit_id in sorted({left.unit_id, left.reviewing_unit_id or left.unit_id}):
            _tell(left, unit_id, "unlinked", subject, "", at)


def link_failing(activity: Activity, link: OnlineLink, *, at: datetime) -> None:
    """The host hears that its web address does not open, since when, and what to do."""
    with override(settings.LANGUAGE_CODE):
        subject = _("线上网址打不开，请看一看：%(title)s") % {"title": activity}
        since = _clock(link.failing_since) if link.failing_since else ""
        body = "\n".join([
            _("网址：%(url)s") % {"url": link.url},
            _("从%(since)s起看了%(n)s次，都打不开：%(why)s。") % {
                "since": since, "n": link.failures, "why": link.get_outcome_display()
            },
            _("请打开看看。网址换了的，请用“变更”改过来；网站坏了的，请告诉管网站的人。公众现在看到“链接暂时打不开”。能打开了，会再告诉您。"),
        ])  # fmt: skip
    _tell(activity, activity.unit_id, "link_failing", subject, body, at)


def link_well(activity: Activity, link: OnlineLink, *, at: datetime) -> None:
    with override(settings.LANGUAGE_CODE):
        subject = _("线上网址又能打开了：%(title)s") % {"title": activity}
        body = _("网址：%(url)s") % {"url": link.url}
    _tell(activity, activity.unit_id, "link_well", subject, body, at)


def link_to_double(double: Double) -> str:
    """Where the workspace shows a pair side by side."""
    return f"/workspace/doubles/{double.pk}/"


def _tell(activity: Activity, unit_id: int | None, kind: str, subject: str, body: str, at: datetime) -> None:
    if unit_id is not None:
        tell(unit_id, f"activity.{kind}", subject, body, link_to(activity), at=at)


def _tell_all(
    activity: Activity, concerned: Concerned, kind: str, subject: str, body: str, at: datetime
) -> None:
    """Everybody once; a partner, who has no part in the filing, is led to what the public reads."""
    for unit_id in concerned.inside:
        _tell(activity, unit_id, kind, subject, body, at)
    for unit_id in concerned.partners:
        tell(unit_id, f"activity.{kind}", subject, body, f"/activities/{activity.pk}/", at=at)


def when_of(activity: Activity) -> str:
    """When it is, as a message says it."""
    with override(settings.LANGUAGE_CODE):
        if activity.time_pending or not activity.starts_at:
            return _("时间另行通知")
        return _clock(activity.starts_at)


def _said(session: Session) -> str:
    when = _clock(session.starts_at) if session.starts_at else ""
    return " ".join(filter(None, (when, session.title, session.venue)))


def _reason(words: str) -> str:
    return _("原因：%(reasons)s。") % {"reasons": words.rstrip("。.")}


def _in_brackets(clause: str) -> str:
    return _("（%(clause)s）") % {"clause": clause} if clause else ""


def _reasons(codes: list[str]) -> Any:
    labels = _("、").join(str(ReturnReason(code).label) for code in codes)
    return _("原因：%(reasons)s。") % {"reasons": labels} if labels else ""


def _clock(instant: datetime) -> str:
    local = instant.astimezone(CHINA)
    return _("%(month)s月%(day)s日%(time)s") % {
        "month": local.month,
        "day": local.day,
        "time": f"{local:%H:%M}",
    }
