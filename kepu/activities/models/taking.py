"""How one takes part in an activity, and what makes it accessible: words with codes that stay the same over the years."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class TakingPart(models.TextChoices):
    """How one comes."""

    WALK_IN = "walk_in", _("直接来，不用预约")
    BOOKING = "booking", _("需要预约")
    GROUPS = "groups", _("只对内部或组织好的团体")


class Access(models.TextChoices):
    """What somebody finds who could not take part without it. That one may be there online says the mode."""

    WHEELCHAIR = "wheelchair", _("轮椅可以进出")
    TOILET = "toilet", _("无障碍卫生间")
    SIGN_LANGUAGE = "sign_language", _("手语翻译")
    CAPTIONS = "captions", _("字幕")
    HEARING_AID = "hearing_aid", _("助听设备")
    SPOKEN = "spoken", _("口述讲解")
    BRAILLE = "braille", _("盲文或大字材料")
    TOUCH = "touch", _("可以触摸的展品")
    GUIDE_DOG = "guide_dog", _("导盲犬可以进")
    HELPERS = "helpers", _("有人陪同协助")


OPEN_TO_ALL = frozenset({TakingPart.WALK_IN, TakingPart.BOOKING})
