"""The object of a sentence that asks to hand something in: 将…表报送至…, 报送附件《…》盖章版至…, 填写…表，发送至…"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kepu.notices.drafting.duties.things import is_generic, is_thing
from kepu.notices.drafting.duties.ways import without_parts

STRONG = (
    r"报送|上报|呈报|报至|报到|报给|提交|递交|送交|交至|交到|反馈|发送至|发送到|发至|发到|传真至|传真到|寄至|寄送|邮寄|上传|填报|投稿|报备|备案|"
    r"报(?=[省市县区镇校院我盟]|年度|全年|活动|工作|总结|计划|方案|学院|学会|秘书处|活动办|组委|领导小组|各|送|办公室|科协|名表)|送(?=至|到|[省市县区校]科协|我)|传至|汇总至|汇总报|补充完善|申报|录入|登记"
)
WEAK = r"提供|推荐(?![表书]|材料|名单|名额|人选|意见|对象)|填写|完善|选送|选报|上交|完成|制定|总结|整理|清理|开展自查|确定|提出(?=[^，。；]{0,6}申请)"
VERB = re.compile(rf"(?P<strong>{STRONG})|(?P<weak>{WEAK})")
_TAKING = re.compile(
    r"(?:将|把)(?P<o>(?:《[^《》，。；]{1,60}》|[^，。；《]){1,80}?)(?:以(?!上|下|及)|通过|按(?!照)|用|经|于|随|一并|统一|分别|及时|按时|同时|汇总(?!表)|进行|加以|整理|，(?=(?:并|同时|统一|一并|于)?(?:发送|发至|报送|报至|提交|寄|上传|通过|传至))|电子版[^，。；]{0,4}(?:发|报|送)|(?:电子)?(?:邮件)?"
    rf"(?:{STRONG}|发(?=[^展现布挥扬动起]))|报(?=[^告名道]))"
)
_WRITING = re.compile(
    r"(?:填写|填报|撰写|形成|制定|编制|梳理|完成|整理|汇总|(?<![动作度全年])总结(?!材料|报告|、|和|及))(?P<o>[^，。；]{2,50}?)(?:，|并|后)[^。；]{0,40}?(?:报送|提交|上报|发送|报|发至|发到|寄|上传|反馈)"
)
_AFTER = re.compile(
    rf"(?:{STRONG}|{WEAK})(?!截止|时间|单位|方式|要求|途径|期限|对象|渠道|地址|邮箱|(?:平台|系统)(?!信息)|工作(?:[，。；]|$))(?!于|在)(?:相关|有关|一份|本单位|本地区?|各自|所有|至少|不少于)?(?P<o>[^，。；：]{{2,80}}?)(?=(?:并)?(?:至(?!\d)|到(?!\d)|发到|发至|报送至|报至|提交至|发送至|通过|(?<!少)于\d|（|，|。|；|：|$)|并(?!行|列|且网))"
)
_PASSIVE = re.compile(
    rf"(?:^|[，；、。])(?:所有|全部)?(?P<o>[\u4e00-\u9fffA-Za-z《》“”及和、]{{2,24}}?)(?:必须|须|应|需|请|要|统一|均|由[^，。；]{{2,14}})[^，。；]{{0,40}}?(?:{STRONG}|发)"
)
_PLAIN = re.compile(
    r"(?:^|[，；、。])(?P<o>[\u4e00-\u9fff]{0,20}?(?:情况|报告|总结|方案|清单|名单|材料|台账|表|书|作品|视频|照片|图片|稿件?|回执|意见|资料))(?:一式[一二两三四五六\d]{1,2}份)?(?:(?:于|(?=\d))[^，。；]{2,16}?(?:前|内)|每[周月天日][^，。；]{0,14}?)[^，。；]{0,12}?(?:报|送|提交|发|寄|交|传)"
)
_NUMBERS = re.compile(
    r"(?:各|共|均)?(?:不少于|不得少于|不低于|不超过|至少|最多|不多于)?(?<!\d)\d{1,4}(?:[—~至到-]\d{1,4})?(?:张|个|篇|条|项|份|幅|名|件|部|场|段)(?:以上|以内|左右)?"
)
_TITLED = re.compile(r"《(?P<o>[^《》]{2,60})》")
_LEAD = re.compile(
    r"^(?:请|将|把|征集的?|附件[\d一二三四五]{0,2}|本单位|本地区?|本部门|各自|其|相关的|有关的|上述|以下|一份|至|到|及时|按时|按要求|认真|填写好的?|加盖公章的|盖章后的|至少|不少于|的|各地|好)+"
)
_TAIL = re.compile(
    r"(?:(?:不少于|不超过|不低于|至少|各?\d).*|电子版|纸质版)?(?:和|及|与|并|以|的|等|等材料的|（.*|加盖.*|盖章.*|一式.*|各?一份|[一1]份|汇总|统一|分别)+$"
)
_WHOSE = re.compile(
    r"^各(?:乡镇|镇街?|街道|县区?|市区?|区县?|州|单位|部门|校|学校|学院|学会|分会|成员单位|有关单位|基地|社区|地)+(?:科协|教育局|科技局)?的?(?=..)"
)
_PAPER = re.compile("^(?:纸质|电子)(?:版|件|档|稿)?的?")
_NOTICE = re.compile("(?:的通知|通知》?|文件精神|有关规定)$")
LONGEST = 50


def object_of(segment: str, heading: str = "") -> str:
    """The name of what is to be handed in, "" when the segment names nothing."""
    segment = re.sub(r"^(?:（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[.、](?!\d))", "", segment)
    bare = re.sub(r"（[^（）]{0,80}）", "", segment)
    names = list(_names(bare)) or list(_names(segment))
    for name in names:
        if not is_generic(name):
            return name
    if names:
        return _named(names[0], heading)
    titled = _TITLED.search(segment)
    if titled and VERB.search(segment):
        return titled["o"][:LONGEST]
    return ""


def _names(segment: str) -> Iterator[str]:
    for pattern in (_TAKING, _WRITING, _AFTER):
        for found in pattern.finditer(segment):
            if segment.rfind("《", 0, found.start()) > segment.rfind("》", 0, found.start()):
                continue  # a verb in the name of a form
            name = _cleaned(found["o"])
            if pattern is _WRITING and name and "总结" in found[0][:4] and "总结" not in name:
                name += "总结"
            if name and is_thing(name):
                yield name
    for found in (*_PASSIVE.finditer(segment), *_PLAIN.finditer(segment)):
        name = _WHOSE.sub("", _cleaned(found["o"]))
        if name and is_thing(name, strict=True) and not name.startswith(("各", "请")):
            yield name


def _cleaned(said: str) -> str:
    titled = list(_TITLED.finditer(said))
    if titled and not is_thing(said[: titled[0].start()], strict=True):
        return "、".join(t["o"] for t in titled)[:LONGEST]
    said = _NUMBERS.sub("", re.sub(r"（[^（）]*）|[《》]", "", said))
    name = _LEAD.sub("", without_parts(said) or _PAPER.sub("", said)).strip("“”、，：: （）")
    name = _TAIL.sub("", name).strip("“”、，：: ")
    return name[:LONGEST] if len(name) >= 2 and not _NOTICE.search(name) else ""


def _named(name: str, heading: str) -> str:
    """A name that says too little gets the heading in front."""
    if (
        is_generic(name)
        and heading
        and len(heading) <= 24
        and not re.search("(?:有关|相关|工作|活动|其他)(?:要求|事项)", heading)
    ):
        plain = re.sub(
            r"(?:报送|提交|上报|要求|工作|征集|做好|及时|按时|认真|强化|加强)+", "", heading
        ).strip("，、")
        return f"{plain}{name}" if plain and plain not in name else name
    return name
