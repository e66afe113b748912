"""The questions about a notice as a whole: what it is, whose, when, on what basis, to whom."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kepu.notices.format.schema import Attachment, Header, Recipient, Section
from kepu.notices.models import NoticeStatus
from kepu.web.workspace.desk.clauseforms.layout import Ask, Known, Part, Rows
from kepu.web.workspace.desk.clauseforms.widgets.text import HiddenWidget


def _pick(name: str, label: object, vocabulary: str) -> Ask:
    return Ask(name, label, known=Known(vocabulary=vocabulary, own=True), blank=_("不限"), folded=True)


RECIPIENT = Part(
    Recipient,
    first=(
        Ask("title", _("通知里怎么写的"), _("例如：各乡镇、各中小学校。")),
        Ask("role", _("主送还是抄送"), words={"to": _("主送"), "cc": _("抄送")}),
        _pick("kinds", _("单位类别"), "kind"),
        _pick("levels", _("级别"), "level"),
        _pick("lines", _("系统"), "line"),
        _pick("places", _("地区"), "place"),
    ),
    more=(
        _pick("members_of", _("成员单位"), "body"),
        _pick("designations", _("称号"), "designation"),
        _pick("place_kinds", _("地区的类别"), "place_kind"),
        _pick("units", _("点名的单位"), "unit"),
        Ask("names", _("点名的单位，写名称"), _("系统里没有的单位写在这里。")),
        Ask("count", _("一共几家"), _("通知里说了才写。")),
    ),
    fold=_("更窄的条件、点名的单位"),
)

ATTACHMENT = Part(
    Attachment,
    numbers="number",
    first=(
        Ask("title", _("附件标题"), _("例如：活动计划表。")),
        Ask("known", _("附件的正文在手里")),
    ),
    more=(
        Ask("number", _("第几号"), _("不写就按次序编。"), thrice=True),
        Ask("note", _("说明"), _("例如：另行下发。")),
    ),
)

SECTION = Part(
    Section,
    first=(
        Ask("number", _("标题的位置"), _("例如：一，或：六（二）。"), short=True),
        Ask("title", _("标题的文字"), _("例如：主题和时间。")),
    ),
)

NOTICES = Known(vocabulary="notice", own=True)

HEADER = Part(
    Header,
    first=(
        Ask("title", _("标题"), _("可以略去“关于”“的通知”。例如：2025年临溪县全民阅读月通知。"), long=True),
        Ask("number", _("发文字号"), _("没有文号就空着。例如：临阅办〔2025〕3号。")),
        Ask("issuer", _("发文单位"), _("联合发文的，写牵头的一家，其余写在下面。")),
        Ask("joint_issuers", _("联合发文的单位"), _("按落款的次序。")),
        Ask("status", _("是一份什么通知"), words=dict(NoticeStatus.choices)),
        Ask(
            "place", _("发给哪个地区"), _("这个地区和它下面的都归这份通知管。"),
            known=Known(fixed=(("CN", _("全国")),), vocabulary="place", own=True),
        ),
        Ask(
            "line", _("只发给哪个系统"), _("发给一个地区所有系统的，不用选。"), known=Known(vocabulary="line", own=True),
            blank=_("不分系统"),
        ),
        Ask("issued", _("落款日期"), _("正文没有日期的空着，不要猜。")),
        Ask("in_force", _("从什么时候起适用"), _("不写就从落款那天起。")),
        Ask("recipients", _("主送、抄送"), _("一类写一项；按这里选的条件发到各单位。"), rows=Rows(RECIPIENT, _("类"), open=True)),
        Ask("attachments", _("附件"), rows=Rows(ATTACHMENT, _("个附件"))),
        Ask("parents", _("依据哪些上级通知"), _("按地区自然在上面的，不选也算。"), known=NOTICES, blank=_("没有选"), folded=True),
        Ask(
            "replaces", _("代替哪几份通知"), _("例如正式通知代替预备通知；从这份生效起，它们不再适用。"), known=NOTICES, blank=_("没有选"),
            folded=True,
        ),
        Ask(
            "amends", _("补充或更正哪几份通知"), _("它们仍然适用，这份说到的以这份为准。"), known=NOTICES, blank=_("没有选"), folded=True,
            when=(("status", ("supplement", "correction")),),
        ),
        Ask("opening", _("正文开头的一段"), _("只印在公文里。例如：为办好全民阅读月，现将有关事项通知如下。"), long=True),
        Ask("sections", _("正文的各级标题"), _("只印在公文里，印在条款的上面。"), rows=Rows(SECTION, _("个标题"))),
    ),
    more=(
        Ask("names", _("活动在当地的名称"), _("例如：书香临溪。")),
        Ask("edition", _("第几届")),
        Ask("edition_local", _("当地的第几届"), _("当地另有届数的才写。")),
        Ask("level", _("发文层级"), known=Known(vocabulary="level", own=True), blank=_("没有说")),
        Ask("based_on", _("所依据的其他文件"), _("没有录入系统的，写字号或名称。")),
        Ask("printed", _("印发日期"), _("与落款日期不同才写。")),
        Ask("issuer_unit", _("发文单位在系统里的编号"), known=Known(vocabulary="unit", own=True), blank=_("没有选")),
        Ask("note", _("录入时要交代的话"), _("例如：正文没有落款日期。"), long=True),
        Ask("code", _("这份通知的代码"), _("由系统定；别的通知用它来指这一份。")),
        Ask("season", _("届次"), widget=HiddenWidget()),
    ),
    fold=_("届数、依据、代码"),
)  # fmt: skip
