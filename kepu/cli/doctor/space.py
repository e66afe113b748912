"""Which space this is, and whether the training space beside it is one: another database, another address, nobody's data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import gettext as _

from kepu.accounts.models import Person
from kepu.cli.doctor.finding import Finding, fault, fine, warning
from kepu.cli.throwaway import instead
from kepu.cli.training import kind_of, training_entry
from kepu.core import space
from kepu.core.refusals import Refused
from kepu.core.space import Space
from kepu.rehearsal.training.accounts import LOGIN


def findings(_at: datetime) -> Iterator[Finding]:
    try:
        found = space.marked()
    except DatabaseError:
        yield fault(
            "space.mark", _("数据库还没有“正式还是演练”的标记。"), _("没有标记，练习的数据就可能写进正式的一届。"),
            _("运行 kepu setup，更新数据表。"),
        )  # fmt: skip
        return
    if found is not None and found is not space.meant():
        yield fault(
            "space.mark",
            space.sentence(found),
            _("网站、后台和命令都不会在这里工作。"),
            _("核对 KEPU_REHEARSAL 和 KEPU_DATABASE_URL。"),
        )
        return
    if found is None:
        yield warning(
            "space.mark",
            _("数据库还没有“正式还是演练”的标记。"),
            _("第一个在上面工作的进程会标上它自己的。"),
            _("运行 kepu setup。"),
        )
    else:
        words = {Space.REAL: _("正式"), Space.REHEARSAL: _("演练")}
        yield fine("space.mark", _("数据库标记为“%(kind)s”，与设置一致。") % {"kind": words[found]})
    if found is not Space.REHEARSAL and settings.KEPU_TRAINING_URL and not settings.KEPU_REHEARSAL:
        yield _training()


def _training() -> Finding:
    if settings.KEPU_TRAINING_URL == settings.KEPU_PUBLIC_URL:
        return fault(
            "space.training", _("培训空间的网址就是正式网站的网址。"), _("练习的人会填进正式的一届。"),
            _("给培训空间另一个网址，写进 KEPU_TRAINING_URL。"),
        )  # fmt: skip
    try:
        entry = training_entry()
        kind = kind_of(entry)
    except Refused as wrong:
        return fault(
            "space.training", str(wrong), _("练习没有自己的数据库。"), _("改好后运行 kepu training open。")
        )
    if kind is None:
        return warning(
            "space.training",
            _("培训空间还没有建（KEPU_TRAINING_URL 已经设了）。"),
            _("“帮助”页上的“去培训空间”打不开。"),
            _("运行 kepu training open。"),
        )
    if kind is Space.REAL:
        return fault(
            "space.training",
            _("KEPU_TRAINING_DATABASE_URL 指着一个正式的数据库。"),
            _("培训空间不会启动。"),
            _("换一个数据库，再运行 kepu training open。"),
        )
    with instead(entry):
        strangers = Person.objects.exclude(username__startswith=LOGIN).count()
    if strangers:
        return fault(
            "space.training", _("培训空间里有 %(n)d 个不是培训用的账号。") % {"n": strangers}, _("真人的信息不该在练习的地方。"),
            _("运行 kepu training open 重建。"),
        )  # fmt: skip
    return fine("space.training", _("培训空间是另一个数据库，里面只有培训账号。"))
