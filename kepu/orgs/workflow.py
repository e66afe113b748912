"""The words this module thinks in: levels and kinds of places, roles, vocabularies, acts. Data, and nothing else."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

NATION = "CN"  # the code of the place above all others


class Level(models.TextChoices):
    """How high a place stands, whatever it is called: a development zone may stand at county level."""

    NATION = "nation", _("国家")
    PROVINCE = "province", _("省级")
    CITY = "city", _("市级")
    COUNTY = "county", _("县级")
    TOWN = "town", _("镇街级")
    VILLAGE = "village", _("村和社区")


LEVELS = tuple(Level)  # from the nation down; a place never stands above the one it lies in


class PlaceKind(models.TextChoices):
    """What a place is. Beside the administrative divisions there are areas that are none (CD-04, TS-05, NA-82)."""

    NATION = "nation", _("国家")
    PROVINCE = "province", _("省、自治区、直辖市、特别行政区")
    CORPS = "corps", _("新疆生产建设兵团")
    SUB_PROVINCIAL_CITY = "sub_provincial_city", _("副省级城市")
    CITY = "city", _("地级市、地区、州、盟")
    COUNTY = "county", _("县（市、区）")
    ZONE = "zone", _("开发区（管理区）")
    NEW_AREA = "new_area", _("新区")
    PARK = "park", _("园区")
    TOWN = "town", _("乡镇、街道")
    VILLAGE = "village", _("村")
    COMMUNITY = "community", _("社区")


class Vocabulary(models.TextChoices):
    UNIT_KIND = "unit_kind", _("单位类别")
    DESIGNATION = "designation", _("称号")
    BODY = "body", _("成员机制")


class Role(models.TextChoices):
    FILER = "filer", _("填报")
    REVIEWER = "reviewer", _("审核")
    COORDINATOR = "coordinator", _("统筹")
    EVALUATOR = "evaluator", _("评审")
    AUDITOR = "auditor", _("审计")
    OPERATOR = "operator", _("运维")


class Event(StrEnum):
    """The acts, as the audit names them."""

    PLACES_WRITTEN = "places.written"
    LINES_WRITTEN = "lines.written"
    TERMS_WRITTEN = "terms.written"
    UNIT_REGISTERED = "unit.registered"
    UNIT_CHANGED = "unit.changed"
    DESIGNATED = "designated"
    MEMBERSHIP_ADDED = "membership.added"
    COORDINATOR_NAMED = "coordinator.named"
    POST_GIVEN = "post.given"
    POST_ENDED = "post.ended"
    POST_CHANGED = "post.changed"
    HANDED_OVER = "unit.handed_over"
    INVITED = "invitation.given"
    INVITATION_WITHDRAWN = "invitation.withdrawn"
    INVITATION_ACCEPTED = "invitation.accepted"
    DEPUTY_GIVEN = "deputy.given"
    DEPUTY_ENDED = "deputy.ended"
    MESSAGE_READ = "message.read"
    HOOK_ADDED = "hook.added"
    HOOK_REMOVED = "hook.removed"
    HOOK_TRIED = "hook.tried"
    HOOK_PAUSED = "hook.paused"
    HOOK_RESUMED = "hook.resumed"
    APPLICATION_FILED = "application.filed"
    APPLICATION_RETURNED = "application.returned"
    APPLICATION_APPROVED = "application.approved"
    APPLICATION_MERGED = "application.merged"
    APPLICATION_REFUSED = "application.refused"
    APPLICATION_WITHDRAWN = "application.withdrawn"
    APPLICATION_CONTACT_SEEN = "application.contact_seen"
    APPLICATION_CONTACT_FORGOTTEN = "application.contact_forgotten"
    CHANGE_PLANNED = "unit.change_planned"
    CHANGE_CALLED_OFF = "unit.change_called_off"
    CHANGE_HELD_UP = "unit.change_held_up"
    UNIT_MOVED = "unit.moved"
    UNIT_MERGED = "unit.merged"
    UNIT_SPLIT = "unit.split"
    UNIT_CLOSED = "unit.closed"
    UNIT_TAKEN_IN = "unit.taken_in"
    UNIT_LET_GO = "unit.let_go"
