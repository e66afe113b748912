"""标识: marks to use, or words that must stand on what is published."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kepu.notices.kinds.mark import Item, Mark
from kepu.web.workspace.desk.clauseforms.layout import Ask, Known, Part, Rows

ITEM = Part(
    Item,
    auto="mark",
    first=(
        Ask("label", _("名称或字样"), _("例如：全国科普日。")),
        Ask("rules", _("怎么用"), _("例如：放在左上角，不改颜色。")),
    ),
    more=(Ask("code", _("代码"), _("由系统编，不用改；与上级是同一个标识的，写上级的代码。")),),
)  # fmt: skip

PART = Part(
    Mark,
    lead=_("宣传时要用的品牌标识，或必须标注的字样。各级的加在一起用，一个不少。"),
    first=(
        Ask(
            "code", _("是哪一种"),
            known=Known(fixed=(("marks", _("品牌标识")), ("labels", _("必须标注的字样"))), own=True, auto="chosen"),
        ),
        Ask("items", _("各个标识或字样"), rows=Rows(ITEM, _("个"), open=True)),
        Ask("required", _("必须用"), _("不勾就是“可以用”。")),
        Ask("open_ended", _("后面有“等”字，可以另加")),
    ),
)  # fmt: skip
