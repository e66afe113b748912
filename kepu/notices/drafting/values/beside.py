"""What stands beside a date: its clause, the label or the heading before it, what it is called."""

from __future__ import annotations

import re

from kepu.notices.drafting.text.sentences import Sentence
from kepu.notices.drafting.values.dates import Dated
from kepu.notices.drafting.values.spells import Spell

TIME = re.compile(r"时间|日期|期限|阶段|时段|档期|[周月日]$")
PLAIN_TIME = re.compile(
    r"(?:活动|举办|开展|实施|宣传|起止|总体|具体)?(?:时间|日期|时间安排|时间[和与、及]地点|时间地点|时间[和与、及](?:活动)?主题|(?:活动)?主题[和与、及](?:活动)?时间)"
)
_CLAUSE = re.compile(r"[，。；\t]|（(?=\d)")
_NAMED = re.compile(r"(?:期间)?(?:确定)?为“?(?P<w>[\u4e00-\u9fff]{2,12}(?:阶段|期|周|月|时间))")
_LED = re.compile(
    r"(?P<w>[\u4e00-\u9fff]{2,14}(?:时间|阶段|时段|日期))(?:初步|暂)?(?:为|是|：|定为|定于|安排在|（|从|自)$"
)
STAGE = re.compile(
    r"(?P<w>(?:报名|推荐|申报|评审|初审|公示|颁奖|展示)(?=于|时间)|初赛|复赛|预赛|半决赛|(?:总)?决赛|初评|复评|终评)(?:时间)?(?:(?:初步)?(?:拟|暂)?(?:定|安排)?(?:为|于|在))?：?$"
)
_OPENS = re.compile(r"(?:发布推广|发布|推广|填报|报名|申报|征集|投票|答题)[^，。；（]{0,10}")
_CONCENTRATED = re.compile(r"集中(?:开展|宣传|举办|举行|组织)")
_NO_NAME = re.compile(r"[各请要应须]|(?:在|于)$")
_DAY = re.compile(r"“?(?P<w>[\u4e00-\u9fff]{2,10}(?:咨询日|宣传日|主题日|开放日|活动日|阅读日|读书日))”?")
_MARK = re.compile(r"（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[.、]")
LONGEST_TITLE = 24


def around(text: str, dated: Dated) -> tuple[str, str]:
    """The clause in which a date stands, and what of it stands before the date."""
    starts = [m.end() for m in _CLAUSE.finditer(text, 0, dated.start)]
    start = starts[-1] if starts else 0
    stop = _CLAUSE.search(text, dated.end)
    return text[start : stop.start() if stop else len(text)], text[start : dated.start]


def following(text: str, dated: Dated) -> str:
    """The words behind a date up to the end of their clause."""
    return re.split("[，。；]", text[dated.end :].lstrip("，"))[0]


def label_of(sentence: Sentence, dated: Dated) -> str:
    """What a date is labelled: by 为…阶段 behind it, by a label or a heading right before it; else ""."""
    text, block = sentence.text, sentence.block
    if named := _NAMED.match(text[dated.end :]):
        return named["w"]
    own = sentence.label
    if own and dated.start <= len(own) + 8:
        return own
    at = sentence.start - block.start + dated.start
    if (
        block.title
        and 0 < block.body <= at <= block.body + 4
        and (TIME.search(block.title) or STAGE.search(block.title) or block.text[block.body - 1] in "： ")
    ):
        return block.title
    if block.is_heading and dated.start > 0 and not block.title[:1].isdigit():
        return re.split(r"[（：]", block.title)[0]
    if led := _LED.search(text[max(0, dated.start - 20) : dated.start]):
        return led["w"]
    if staged := STAGE.search(text[max(0, dated.start - 20) : dated.start]):
        return staged["w"]
    titles = block.titles[:-1] if block.is_heading else block.titles
    above = titles[-1] if titles else ""
    return above if (dated.start <= 2 or _MARK.fullmatch(text, 0, dated.start)) and TIME.search(above) else ""


def title_of(sentence: Sentence, dated: Dated, label: str, spell: Spell) -> str:
    """A name for the stretch of time: its label, what is held in it, the heading it stands under."""
    if label and not PLAIN_TIME.fullmatch(label):
        return re.sub(r"^[（\d.、）]+", "", label)[:LONGEST_TITLE]
    clause = around(sentence.text, dated)[0]
    if dated.edge == "from" and (opens := _OPENS.search(sentence.text[dated.end :])):
        return opens[0][:LONGEST_TITLE]
    if held := _CONCENTRATED.search(clause):
        return held[0]
    plain = clause.replace(dated.words, "").strip("（）：定于拟将在从自的为 “”当天")
    plain = re.sub(r"期间$|^\d+\.|^(?:举办|开展|组织开展|组织|为)+(?=.{3})", "", plain).strip("：，")
    if 2 <= len(plain) <= LONGEST_TITLE and not _NO_NAME.search(plain):
        return plain
    if own := _DAY.search(following(sentence.text, dated)):
        return own["w"]
    heading = sentence.block.title if sentence.start - sentence.block.start <= sentence.block.body else ""
    found = spell.pattern.search(plain) or spell.pattern.search(following(sentence.text, dated))
    return re.sub("^(?:举办|开展|组织开展|组织)+", "", heading)[:LONGEST_TITLE] or (
        found[0] if found else "活动时间"
    )
