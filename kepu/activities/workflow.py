"""An activity's life as a table: its states, which follow which, whose turn it is in each. Data, and nothing else."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    DRAFT = "draft", _("草稿")
    FILED = "filed", _("待审核")
    RETURNED = "returned", _("已退回")
    APPROVED = "approved", _("已通过")
    PUBLISHED = "published", _("已发布")
    CHANGED = "changed", _("变更待审核")  # the public still reads the copy frozen before
    POSTPONED = "postponed", _("已延期")
    CANCELLED = "cancelled", _("已取消")
    HELD = "held", _("已举办")
    COMPLETED = "completed", _("已完善")
    SUMMARISED = "summarised", _("已总结")
    ARCHIVED = "archived", _("已归档")
    WITHDRAWN = "withdrawn", _("已撤回")


class Turn(StrEnum):
    """Whose turn it is."""

    HOST = "host"
    REVIEWER = "reviewer"
    PUBLIC = "public"  # nothing is to be done but to come
    NOBODY = "nobody"


TRANSITIONS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.FILED, State.WITHDRAWN}),
    State.FILED: frozenset({State.RETURNED, State.APPROVED, State.WITHDRAWN}),
    State.RETURNED: frozenset({State.FILED, State.WITHDRAWN}),
    # a material change before publication goes back to review
    State.APPROVED: frozenset({State.PUBLISHED, State.FILED, State.WITHDRAWN}),
    State.PUBLISHED: frozenset({State.CHANGED, State.POSTPONED, State.CANCELLED, State.HELD}),
    State.CHANGED: frozenset({State.PUBLISHED, State.POSTPONED, State.CANCELLED, State.HELD}),
    State.POSTPONED: frozenset({State.CHANGED, State.CANCELLED, State.HELD}),
    State.HELD: frozenset({State.COMPLETED, State.ARCHIVED}),
    State.COMPLETED: frozenset({State.SUMMARISED, State.ARCHIVED}),
    State.SUMMARISED: frozenset({State.ARCHIVED}),
    State.CANCELLED: frozenset(),
    State.WITHDRAWN: frozenset(),
    State.ARCHIVED: frozenset(),
}

TURN: dict[State, Turn] = {
    State.DRAFT: Turn.HOST,
    State.FILED: Turn.REVIEWER,
    State.RETURNED: Turn.HOST,
    State.APPROVED: Turn.HOST,
    State.PUBLISHED: Turn.PUBLIC,
    State.CHANGED: Turn.REVIEWER,
    State.POSTPONED: Turn.PUBLIC,
    State.HELD: Turn.HOST,
    State.COMPLETED: Turn.HOST,
    State.SUMMARISED: Turn.NOBODY,
    State.CANCELLED: Turn.NOBODY,
    State.WITHDRAWN: Turn.NOBODY,
    State.ARCHIVED: Turn.NOBODY,
}

WITH_AUTHOR = frozenset({State.DRAFT, State.RETURNED})
AWAITING_REVIEW = frozenset(state for state, turn in TURN.items() if turn is Turn.REVIEWER)
IN_PUBLIC = frozenset({State.PUBLISHED, State.CHANGED, State.POSTPONED})  # announced, and still to come
AFTERWARDS = frozenset({State.HELD, State.COMPLETED, State.SUMMARISED})
FINAL = frozenset(state for state, nexts in TRANSITIONS.items() if not nexts)


class Event(StrEnum):
    """The acts as the audit names them."""

    DRAFTED = "activity.drafted"
    EDITED = "activity.edited"
    FILED = "activity.filed"
    WITHDRAWN = "activity.withdrawn"
    RETURNED = "activity.returned"
    PASSED = "activity.passed"  # one step of several approved
    APPROVED = "activity.approved"
    WAIVED = "activity.waived"
    KEY_CONFIRMED = "activity.key_confirmed"
    PUBLISHED = "activity.published"
    SCHEDULED = "activity.scheduled"
    UNSCHEDULED = "activity.unscheduled"
    CORRECTED = "activity.corrected"  # a typing error of what the public relies on
    CHANGE_PROPOSED = "activity.change_proposed"
    CHANGED = "activity.changed"
    CHANGE_RETURNED = "activity.change_returned"
    CHANGE_TAKEN_BACK = "activity.change_taken_back"
    POSTPONED = "activity.postponed"
    CANCELLED = "activity.cancelled"
    SESSIONS_CANCELLED = "activity.sessions_cancelled"
    SESSION_MOVED = "activity.session_moved"
    FULL = "activity.full"  # no place is left
    PLACES_LEFT = "activity.places_left"  # there are some again
    INCIDENT_REPORTED = "activity.incident_reported"
    INCIDENT_UPDATED = "activity.incident_updated"
    INCIDENT_CLOSED = "activity.incident_closed"
    HELD = "activity.held"
    COMPLETED = "activity.completed"
    SUMMARISED = "activity.summarised"
    RESULTS_SHOWN = "activity.results_shown"  # what came of it is before the public, or no longer
    ARCHIVED = "activity.archived"
    PICTURES_ADDED = "activity.pictures_added"
    PICTURE_DESCRIBED = "activity.picture_described"
    PICTURE_MOVED = "activity.picture_moved"
    PICTURE_REMOVED = "activity.picture_removed"
    CLAIMED = "activity.claimed"  # a reviewer has it in hand
    RELEASED = "activity.released"
    ESCALATED = "activity.escalated"  # its review is late, and those above know
    REMINDED = "review.reminded"  # a unit, of the reviews that are late with it
    BATCH_BEGUN = "review.batch_begun"
    WORDS_ADDED = "review.word_added"
    WORDS_REMOVED = "review.word_removed"
    HANDED_OVER = "activity.handed_over"  # its host or its reviewer was merged or moved
    DOUBLE_FOUND = "activity.double_found"  # it may be the same as another
    LINKED = "activity.linked"  # it counts with another
    UNLINKED = "activity.unlinked"  # it counts again itself
    COUNTS_FOR = "activity.counts_for"  # another counts with it
    MERGED = "activity.merged"  # it went into another
    TOLD_APART = "activity.told_apart"
    LINK_FAILING = "activity.link_failing"  # its web address does not open, and its host knows
    LINK_WELL = "activity.link_well"  # it opens again


class Cause(TextChoices):
    """Why a coordinator stops many activities at once."""

    HEAT = "heat", _("高温")
    STORM = "storm", _("暴雨")
    FLOOD = "flood", _("洪水")
    OTHER = "other", _("其他原因")


class IncidentKind(TextChoices):
    """What went wrong at an activity."""

    HEAT = "heat", _("高温中暑")
    FLOOD = "flood", _("暴雨洪水")
    INJURY = "injury", _("人员受伤")
    CROWD = "crowd", _("人员拥挤")
    PUBLIC_OPINION = "public_opinion", _("舆情")
    EQUIPMENT = "equipment", _("设备故障")
    OTHER = "other", _("其他")


class ReturnReason(TextChoices):
    """Why a reviewer sends something back; words say more."""

    INCOMPLETE = "incomplete", _("内容不完整")
    INCORRECT = "incorrect", _("信息有误")
    DUPLICATE = "duplicate", _("重复填报")
    NOT_IN_SCOPE = "not_in_scope", _("不符合通知要求")
    SAFETY = "safety", _("安全措施不足")
    CONTENT = "content", _("内容需要修改")
    OTHER = "other", _("其他")


def drawn() -> str:
    """The table as a Mermaid state diagram, for the documentation."""
    names = {state: str(state.label) for state in State}
    lines = ["stateDiagram-v2", "    [*] --> draft"]
    lines += [f"    {state.value}: {names[state]} ({TURN[state].value})" for state in State]
    lines += [f"    {a.value} --> {b.value}" for a in State for b in State if b in TRANSITIONS[a]]
    lines += [f"    {state.value} --> [*]" for state in State if state in FINAL]
    return "\n".join(lines) + "\n"
