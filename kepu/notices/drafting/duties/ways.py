"""How something is handed in: in which parts, through which channels, to whom."""

from __future__ import annotations

import re
from typing import Any

from kepu.notices.drafting.values.vocabulary import LINES

_PARTS = (
    (re.compile(r"(?:加盖公章的?|盖章的?|已?盖章)(?:后的?)?(?:版)?(?:的)?PDF(?:版|格式|文件)?(?:扫描件)?|PDF(?:格式)?盖章(?:版|扫描件)"), "sealed_pdf"),
    (re.compile(r"(?:加盖[^，。；、]{0,6}章的?|盖章的?)(?:后的?)?(?:版|纸质)?(?:的)?(?:原件)?(?:扫描件|扫描版)|盖章版?扫描件"), "sealed_scan"),
    (re.compile(r"PDF(?:版|格式|扫描件)?"), "pdf"),
    (re.compile(r"(?<!盖章)(?<!盖章版)扫描(?:件|版)"), "scan"),
    (re.compile(r"(?:Word|WORD|word|可编辑|Excel)(?:版|格式)?(?:文档|电子版|电子文档)?|电子(?:版|档|稿|文档|文本|件|材料|表格)"), "electronic"),
    (re.compile(r"(?:加盖[^，。；、]{0,6}章的?|盖章的?)?纸质(?:版|件|稿|材料|文件)?(?:（?[一1]式[\d一二三四五六两]+份）?)?|书面材料|加盖公章的?(?:原件|材料|推荐表)|盖章(?:版|件|原件)(?!PDF|扫描|的?PDF)"), "paper"),
    (re.compile(r"(?:新闻|媒体)(?:报道)?(?:的)?链接"), "news_link"),
)  # fmt: skip
_ADDRESS = re.compile(r"[A-Za-z0-9._+-]{1,40}@[A-Za-z0-9-]{1,40}(?:\.[A-Za-z0-9-]{1,20}){1,3}")
_CHANNELS = (
    ("oa_mailbox", re.compile(r"[^，。；、“”（）：至到]{0,18}(?:OA|办公(?:自动化)?系统|公文(?:交换|传输)(?:系统|平台)|政务邮箱|内网邮箱|粤政易|浙政钉|政务微信|政务钉钉|协同办公)[^，。；、”（）或和并报发送至]{0,8}")),
    ("mailbox", re.compile(r"[^，。；、“”（）：至到发送并将或电]{0,12}(?:电子)?(?:邮箱|邮件)|E-?mail|e-?mail")),
    ("app", re.compile(r"“?[^，。；、（）“”通过或和在]{0,10}”?(?:客户端|APP|App)")),
    ("platform", re.compile(r"(?P<lead>通过|在|登录|登陆|至|到|进入|利用|于|依托|访问|上|关注)“?(?P<name>(?:(?!通过|登录|登陆|或)[^，。；、（）“”]){0,18}?”?(?:平台|网站|官网|门户网|管理系统|申报系统|填报系统|报送系统|信息系统|报名系统|投稿系统|系统平台|系统|小程序|公众号|网页|H5))(?![谋地内])")),
    ("post", re.compile(r"邮寄|快递|寄送|寄至|寄到")),
    ("onsite", re.compile(r"现场(?:报名|提交|报送|交|确认)|送达|送交|面交|直接送|当面")),
    ("group", re.compile(r"[^，。；、（）]{0,8}(?:微信群|QQ群|工作群|钉钉群|联络群|qq群)")),
)  # fmt: skip
_LABELS = {"post": "邮寄", "onsite": "现场报送", "mailbox": "邮箱"}
_IN_PLATFORM = re.compile(r"在|通过|登录|登陆|于|至|或者?|下载|日前")
_IN_MAILBOX = re.compile(r"[报发送至到传版件式以将前]|通过")
_LEAD = re.compile(
    r"^(?:请|并|将|以|的|需|须|应|可|由|电子版|同时|统一|一并|纸质版|发送|报送|提交|上传|上报|报|发|送|及|和|或|与|各|其|以下|指定|材料|至|到|传|为)+"
)
_TO = re.compile(
    rf"(?:报送?|上报|提交|发送?|送|交|反馈|寄送?|汇总|传|呈报|报备|备案|递交)(?:至|到|给|往|于|由)?“?(?P<who>(?:(?:各|所在|本|当地|属地)?(?:[\u4e00-\u9fff（、）“”]{{0,18}}?)"
    rf"(?:科协|科学技术协会|领导小组办公室|组委会(?:办公室)?|活动办公室|办公室|联席办|安委办|安委会办公室|{'|'.join(map(re.escape, sorted(LINES, key=len, reverse=True)))}|[\u4e00-\u9fff]{{2,8}}(?:局|厅|委员会|中心|馆|办(?=[，。；]|$)))|我[会局委办部厅院校馆]|本办))"
    r"(?:（[^（）]{2,20}）)?[/／]?(?P<desk>[\u4e00-\u9fff]{2,9}?(?:部|处|科|股|室|中心|办|组))?(?=OA|电子|邮箱|汇总|备案|处|，|。|；|（|$|联系|指定|审核|进行|”|统一|工作|公|报|、|并)"
)
_DESK = re.compile(
    r"(?:报送?|送|交|反馈)(?:至|到|给)?(?P<desk>[\u4e00-\u9fff]{2,6}?(?:处|科|股|部))(?=[，。；（]|$)"
)
_LEVELS = (
    ("中国", "nation"),
    ("全国", "nation"),
    ("国家", "nation"),
    ("省", "province"),
    ("自治区", "province"),
    ("市", "city"),
    ("县", "county"),
    ("区", "county"),
    ("镇", "town"),
    ("街", "town"),
    ("乡", "town"),
)
_RANK = {"nation": 0, "province": 1, "city": 2, "county": 3, "town": 4, "village": 5}


def parts_in(text: str) -> list[dict[str, Any]]:
    """In which forms something is to be handed in: 盖章PDF版及电子版."""
    found: dict[str, tuple[int, str]] = {}
    taken: list[tuple[int, int]] = []
    for pattern, code in _PARTS:
        for m in pattern.finditer(text):
            if code not in found and all(m.end() <= a or m.start() >= b for a, b in taken):
                found[code] = (m.start(), m[0])
                taken.append((m.start(), m.end()))
    return [
        {"code": code, "label": label} for code, (_at, label) in sorted(found.items(), key=lambda f: f[1][0])
    ]


def without_parts(text: str) -> str:
    """The text up to where its parts begin."""
    starts = [
        m.start() for pattern, code in _PARTS if code != "news_link" for m in [pattern.search(text)] if m
    ]
    return text[: min(starts)] if starts else text


def channels_in(text: str) -> list[dict[str, str]]:
    """Through which channels; labels never have an address in them."""
    found: dict[str, str] = {}
    if _ADDRESS.search(text):
        found["mailbox"] = "邮箱"
    plain = _ADDRESS.sub("，", text)
    taken: list[tuple[int, int]] = []
    for code, pattern in _CHANNELS:
        for m in pattern.finditer(plain):
            if any(m.start() < b and m.end() > a for a, b in taken):
                continue
            taken.append((m.start(), m.end()))
            name = m["name"] if code == "platform" else m[0]
            label = _LABELS[code] if code in ("post", "onsite") else _label(code, name)
            if code == "platform" and (
                len(label) < 2 or label in ("系统",) or re.search("本系统|各系统", name)
            ):
                continue
            if code not in found or found[code] == "邮箱":
                found[code] = label[-24:] or _LABELS.get(code, name[-12:])
    order = [c for c, _p in _CHANNELS]
    return [{"code": c, "label": found[c]} for c in sorted(found, key=order.index)]


def _label(code: str, name: str) -> str:
    cut = _IN_PLATFORM if code in ("platform", "app") else _IN_MAILBOX
    label = _LEAD.sub("", cut.split(name)[-1]).strip("“”")
    return "邮箱" if code == "mailbox" and len(label) <= 3 else label


def all_needed(text: str) -> bool:
    """Whether the channels are all to be used: 在网站提交…，并将电子版发送至邮箱."""
    return (
        re.search(r"并(?:同时)?(?:将|把|以|发|报|在|通过)|同时(?:将|报|发|通过|以)|一并", text) is not None
        and "或" not in text
    )


def receiver_in(text: str, level: str, issuer: str) -> tuple[str, str]:
    """To whom, as a duty says it, and which desk of theirs; ("", "") when the text names nobody."""
    for m in _TO.finditer(text):
        who, desk = m["who"], m["desk"] or ""
        if desk.endswith("办") and len(desk) < 3:
            desk = ""
        to = _receiver(who, level, issuer)
        if to:
            return to, desk
    own = _DESK.search(text)
    return ("issuer", own["desk"]) if own else ("", "")


def _receiver(who: str, level: str, issuer: str) -> str:
    if (
        who.startswith(("我", "本"))
        or who in ("组委会", "组委会办公室", "活动办公室", "办公室", "领导小组办公室")
        or (issuer and (who in issuer or issuer in who))
    ):
        return "issuer"
    named = next((code for word, code in _LEVELS if word in who[:6]), "")
    if not named or (named == level and "各" not in who):
        return "issuer"
    line = next((LINES[w] for w in sorted(LINES, key=len, reverse=True) if who.endswith(w)), "")
    if line and _RANK[named] > _RANK.get(level, 2):
        return f"line:{line}@{named}"
    return f"coordinator@{named}" if named in ("nation", "province", "city", "county", "town") else "issuer"
