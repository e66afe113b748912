"""How one takes part, as people write it: 需预约, 免预约, 限50人, 电话预约0769-…; and what makes it accessible.

None of it is required, so nothing that cannot be read keeps a row from being filed: it is told.
"""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

from kepu.activities.content import MOST_PEOPLE
from kepu.activities.models import Access, TakingPart
from kepu.activities.records import is_address
from kepu.core.numerals import CHINESE, number_of
from kepu.intake.reading.choices import longest_of, mode_of, says_no, says_yes
from kepu.intake.reading.columns import FIELDS
from kepu.intake.reading.said import Cell, Said

TAKING = (
    "taking_part",
    "booking_link",
    "booking_note",
    "capacity",
    "accessibility",
    "accessibility_note",
)
_LINK = re.compile(r"https?://[^\s，。；、（）()<>“”]+")
_FREE = re.compile(
    r"(?:免|无需|不需要?|无须|不用|不必|没有|非)(?:提前|网上|电话)?(?:预约|报名|登记)|直接(?:来|到|参[加与观]|入[场馆])|"
    r"随[到来]随|自由(?:参[加与观]|入)|自行(?:前往|参)|即来即|免费开放|向公众开放"
)
_BOOK = re.compile(
    r"(?:需要?|须|要|先|请)?(?:提前|网上|电话|线上|微信)?(?:预约|报名|登记)(?:参[加与观]|制)?|凭票|抢票"
)
_GROUPS = re.compile(r"内部|不对外|不公开|非公开|团体|组织|定向|仅限|只限|只对|本[校院单]|校内")
_FULL = re.compile(r"满额|已满|满员|约满|名额满|报满")
_NO_LIMIT = re.compile(r"不限|不设限|无限制?|没有限制|若干|/|-|—")
_NUMBER = re.compile(rf"\d[\d,]*|[{CHINESE}]+")
_EACH = re.compile(r"每\s*(?:场|次|期|站|天|批)|/\s*(?:场|次|期|站|天|批)")
_BARE = 4  # characters that may stand beside the word itself without saying how
_WORDS: tuple[tuple[Access, str], ...] = (
    (Access.TOILET, r"(?:无障碍|残疾人|第三)(?:专用)?(?:卫生间|厕所|洗手间)|无障碍厕"),
    (Access.WHEELCHAIR, r"轮椅|坡道|无障碍(?:通道|出入口|电梯|入口)|无障碍$"),
    (Access.SIGN_LANGUAGE, r"手语"),
    (Access.CAPTIONS, r"字幕|速录"),
    (Access.HEARING_AID, r"助听|听觉辅助|环路"),
    (Access.SPOKEN, r"口述|语音(?:讲解|导览)|讲解"),
    (Access.BRAILLE, r"盲文|大字"),
    (Access.TOUCH, r"触摸|可触"),
    (Access.GUIDE_DOG, r"导盲犬"),
    (Access.HELPERS, r"陪同|协助|志愿者(?:引导|帮助)|专人"),
)
_FEATURES = tuple((code, re.compile(pattern)) for code, pattern in _WORDS)
_APART = re.compile(r"[、，,；;\n+＋|/和及与]|\s+")


def read_taking(said: Said) -> None:
    """Set :data:`TAKING`. That it is full is said once it is published: it is told, and not kept."""
    for cell in said.of("booking_link"):
        _book(said, cell, cell.text)
    for cell in said.of("booking_note"):
        if _is_free(cell.text):
            said.content.setdefault("taking_part", TakingPart.WALK_IN.value)
        elif says_no(cell.text):
            said.content.setdefault("booking_note", "")
        else:
            _book(said, cell, cell.text)
    for cell in said.of("taking_part"):
        _way(said, cell)
    for cell in said.of("capacity"):
        _capacity(said, cell)
    for cell in said.of("accessibility"):
        _access(said, cell)
    for cell in said.of("accessibility_note"):
        _text(said, cell, "accessibility_note", "" if says_no(cell.text) else cell.text)
    for cell in said.of("taking_part", "booking_note", "capacity"):
        if _FULL.search(cell.text):
            words = _("名额满了，等发布以后在活动的页面上按一下“名额已满”，公众马上看到。")
            said.hint(cell, cell.column.field, "full", words)


def _way(said: Said, cell: Cell) -> None:
    """直接来, 需要预约, or only for groups; what is said besides is how to book."""
    text = unicodedata.normalize("NFKC", cell.text).strip()
    by_header = "预约" in cell.header or "报名" in cell.header
    if by_header and (says_yes(text) or says_no(text)):
        said.content["taking_part"] = (TakingPart.BOOKING if says_yes(text) else TakingPart.WALK_IN).value
        return
    books = bool(_BOOK.search(_FREE.sub("", text)))
    free = bool(_FREE.search(text))
    if books:
        said.content["taking_part"] = TakingPart.BOOKING.value
        if free or len(_BOOK.sub("", text).strip(" ，,。；;、()")) > _BARE:
            _book(said, cell, text)
        if free:
            words = _("有的要预约，有的不用，读作“需要预约”，原话放在“怎么预约”里，请核对。")
            said.hint(cell, "taking_part", "both_ways", words)
    elif free:
        said.content["taking_part"] = TakingPart.WALK_IN.value
    elif _GROUPS.search(text):
        said.content["taking_part"] = TakingPart.GROUPS.value
    elif mode_of(text):
        said.content.setdefault("mode", mode_of(text))  # 线上 in a column of ways says how it is held
    elif not _FULL.search(text):
        words = _("“%(text)s”看不出怎么参加，没有导入。可以写：直接来、需要预约、只对团体。")
        said.hint(cell, "taking_part", "no_way", words % {"text": cell.text[:30]})


def _book(said: Said, cell: Cell, text: str) -> None:
    """The address, and the words beside it."""
    said.content.setdefault("taking_part", TakingPart.BOOKING.value)
    links = [link for link in _LINK.findall(text) if is_address(link)]
    if links:
        said.content.setdefault("booking_link", links[0])
    rest = (_LINK.sub("", text) if links else text).strip(" ：:，,；;\n")
    if rest and not (links and len(rest) <= _BARE):
        _text(said, cell, "booking_note", rest)


def _text(said: Said, cell: Cell, name: str, text: str) -> None:
    text = " ".join(filter(None, (said.content.get(name, ""), " ".join(text.replace("\0", "").split()))))
    most = longest_of(name) or len(text)
    if len(text) > most:
        words = _("“%(name)s”最多%(most)s个字，现在有%(now)s个字。")
        values = {"name": FIELDS[name], "most": most, "now": len(text)}
        said.error(cell, name, "too_long", words % values)
        return
    said.content[name] = text


def _capacity(said: Said, cell: Cell) -> None:
    text = unicodedata.normalize("NFKC", cell.text).strip()
    found = _NUMBER.search(text)
    number = number_of(found[0]) if found else None
    if number is not None and 0 < number <= MOST_PEOPLE and number == int(number):
        said.content["capacity"] = int(number)
        if _EACH.search(text):
            words = _("写的是每场的名额，按%(n)s个填；名额是几场合起来的，请核对。")
            said.hint(cell, "capacity", "per_session", words % {"n": int(number)})
    elif _NO_LIMIT.search(text) or says_no(text):
        said.content.setdefault("capacity", None)
    elif not _FULL.search(text):
        words = _("“%(text)s”读不出名额，没有导入，请写一个数。")
        said.hint(cell, "capacity", "no_number", words % {"text": cell.text[:30]})


def _access(said: Said, cell: Cell) -> None:
    """Each thing that is named; words for none of them are kept as words."""
    text = unicodedata.normalize("NFKC", cell.text).strip()
    if says_no(text):
        said.content.setdefault("accessibility", [])
        return
    if says_yes(text):
        words = _("写的是“有”，没有写有什么。请写轮椅、手语、字幕这样的词，公众才知道。")
        said.hint(cell, "accessibility", "which", words)
        return
    codes, others = [], []
    for part in filter(None, _APART.split(text)):
        named = [code.value for code, pattern in _FEATURES if pattern.search(part)]
        codes += named
        if not named:
            others.append(part)
    if codes:
        said.content["accessibility"] = [code for code in Access.values if code in codes]
    if others:
        _text(said, cell, "accessibility_note", text)


def _is_free(text: str) -> bool:
    return bool(_FREE.search(text)) and not _BOOK.search(_FREE.sub("", text))
