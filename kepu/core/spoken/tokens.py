"""A cell cut into what it is written with: days, months, weekdays, hours, parts of the day, joins, and other words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from kepu.core.numerals import whole_number

_CN = "〇零一二三四五六七八九十廿两"
_DIGIT = rf"(?:\d{{1,2}}|[{_CN}]{{1,3}})"
_YEAR = r"(?:20\d\d|二[〇零]二[〇零一二三四五六七八九])"
_WEEK = r"(?:周|星期|礼拜)"
_WD = "一二三四五六日天"
_CLOSE = r"[\d一二三四五六七八九十上下早晚周星礼每第]"  # what a time begins with
_NOT_A_DAY = "(?![楼馆厅门院线教路街室栋展桌会公大机口台店])"  # 9号楼 is no day

_MASTER = re.compile(
    "|".join((
        # 1. before a date counts the entries of a list
        r"(?P<listed>(?:(?<![\s\S])|(?<=[\n;,]))\s*\d{1,2}[.、)]\s*(?=\d{1,2}月))",
        # a whole date with its year
        rf"(?P<date1>(?P<y1>{_YEAR}|(?<!\d)\d\d(?=年))(?:年度?|[-./])(?P<m1>{_DIGIT})(?:月份?|[-./])(?P<d1>{_DIGIT})(?:[日号]|(?![\d:点时])))",
        r"(?P<date2>(?<!\d)(?P<y2>20\d\d)(?P<m2>0[1-9]|1[0-2])(?P<d2>[0-3]\d)(?!\d))",
        rf"(?P<date3>(?<!\d)(?P<m3>{_DIGIT})月份?(?P<d3>{_DIGIT})(?:[日号]{_NOT_A_DAY}|(?![\d:点时个场次{_CN}])))",
        r"(?P<date4>(?<![\d.])(?P<y4>2\d)[./](?P<m4>1[0-2]|0?[1-9])[./](?P<d4>[0-3]?\d)日?(?![\d.]))",
        # 8:30, 8时30分, 八点半
        r"(?P<hour1>(?<![\d:])(?P<h1>\d{1,2}):(?P<n1>\d{2})(?::\d\d(?:\.\d+)?)?(?!\d)[时分点]?)",
        rf"(?P<hour2>(?<!\d)(?P<h2>{_DIGIT})[时点](?![间段长候位])(?:(?P<n2>{_DIGIT})分|(?P<n3>[0-5]\d)(?!\d)|(?P<half>半|一刻|三刻|整|钟)钟?)?)",
        r"(?P<dotted>(?<![\d.])(?P<a>\d{1,2})(?P<sep>[./])(?P<b>\d{1,2})[日号]?(?![\d./月公千米平万元kKmM]))",
        # months, days, weekdays
        rf"(?P<month>(?:(?P<y5>{_YEAR})年)?(?<!\d)(?P<m5>{_DIGIT})月份?(?P<third>上旬|中旬|下旬|初|中(?!午)|底|末)?)",
        rf"(?P<dayno>(?<!\d)(?P<d6>{_DIGIT})[日号]{_NOT_A_DAY})",
        r"(?P<year>20\d\d年)",
        r"(?P<everyday>每天|每日|天天|逐日)",
        rf"(?P<week>(?P<every>每逢|每个|每|逢)?(?P<nth>第[一二三四五1-5]个)?(?:{_WEEK}(?P<w>末|[{_WD}1-7](?![次期场讲课])"
        rf"(?:[-~至到]{_WEEK}?[{_WD}]|[、,和及/]?{_WEEK}?[{_WD}](?![月日号\d十]))*)|(?P<wend>双休日|工作日))"
        rf"(?P<off>除外|闭馆|休馆|休息|不开放)?)",
        # what stands for a time
        r"(?P<season>(?:全国)?科普日(?:活动)?期间|(?:科普)?活动期间|科普周期间|科普月期间)",
        r"(?P<long>长期|常年|全年|常态化(?:开展)?|不定期)",
        r"(?P<vague>(?:具体|时间|日期)*(?:待定|另行通知|另定|未定|待通知|待确定|再定|另行安排|待安排))",
        r"(?P<period>上下午|上午|下午|早上|早晨|清晨|凌晨|中午|正午|傍晚|晚上|晚间|夜间|夜晚|午后|全天|整天|全日|[早晚](?=[\d一二三四五六七八九十])|[AaPp]\.?[Mm]\.?(?![a-zA-Z]))",
        r"(?P<next>次日|第二天|翌日)",
        r"(?P<lasts>(?:[共计]|为期|历时|连续|持续|时长约?|约)*(?P<ln>\d+(?:\.\d+)?|[一二两三四五六七八九十半]+)个?(?P<lu>小时|分钟|天(?!河)))",
        rf"(?P<count>共计?(?P<cn>{_DIGIT})[场次期站批](?:活动)?)",
        rf"(?P<label>第{_DIGIT}[场次期批站]:?|[一二三四五六七八九十]、(?=\d))",
        r"(?P<maybe>[(]?(?:暂定|初定|拟定|拟于|拟|预计|大约|约|左右|前后)[)]?)",
        r"(?P<until>(?:截[至止](?:到|于)?)?(?:之前|以前|前(?![往后面厅台进锋])|为止|截止|止))",
        r"(?P<since>起(?!点)|开始|以后|之后)",
        r"(?P<join>[-~]+|至|到(?!场))",
        rf"(?P<comma>[、,;。/\n]|(?:以及|[和及与])(?=\s*(?:{_CLOSE})))",
        rf"(?P<noise>(?:活动|举办|开展|起止|具体)?(?:时间|日期):?|北京时间|定于|当[天日]|分别|每场|举办|举行|开展|结束|今年|每月的?|每个月的?|[于为在的](?=\s*(?:{_CLOSE}))|[()\[\]【】<>|\"':\s]+)",
        r"(?P<number>(?<![\d.])\d{1,2}(?![\d.%万人楼层号室元]))",
        r"(?P<words>[A-Za-z0-9.]+|.)",
    )),
    re.S,
)  # fmt: skip
_PERIODS = {
    "上下午": "all_day", "全天": "all_day", "整天": "all_day", "全日": "all_day", "上午": "morning", "早上": "morning",
    "早晨": "morning", "清晨": "morning", "早": "morning", "凌晨": "small_hours", "中午": "noon", "正午": "noon",
    "下午": "afternoon", "午后": "afternoon", "傍晚": "evening", "晚上": "evening", "晚间": "evening", "夜间": "evening",
    "夜晚": "evening", "晚": "evening", "AM": "morning", "PM": "afternoon",
}  # fmt: skip
_HALVES = {"半": 30, "一刻": 15, "三刻": 45}
_CIRCLED = re.compile("[①-⑳⑴-⒇]")
_DASHED = re.compile(r"(?<![\d-])(1[0-2]|0?[1-9])-(3[01]|[12]\d|0?[1-9])(?![\d:点时日号月-])")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a cell. Which of the numbers are set depends on its kind; ``weekdays`` count from 0, Monday."""

    kind: str
    text: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    hour: int = 0
    minute: int = 0
    word: str = ""  # the part of a day or of a month, how a day is written, what a weekday is said with
    number: float = 0.0
    weekdays: tuple[int, ...] = ()


def plain(text: str) -> str:
    """A cell's text with one way to write digits, marks and dashes; the blanks that matter nothing are gone."""
    text = unicodedata.normalize("NFKC", _CIRCLED.sub(";", text))
    text = re.sub("[—–―‐‑‒−─〜∼ー﹣]+|--+|~+", "~", text)
    text = re.sub(r"\s*([年月])\s*", r"\1", text)
    text = re.sub(r"(?<=[\d一二三四五六七八九十])\s+([日号时点分])", r"\1", text)
    text = re.sub(r"\s*:\s*", ":", text)
    text = re.sub(r"(?<!\d)(\d{1,2});(?=[0-5]\d(?!\d))", r"\1:", text)  # 9；00
    return re.sub(r"(?<=\d)T(?=\d\d:)", " ", text).strip()


def tokens_of(text: str) -> list[Token]:
    """The pieces of a plain text in its order; together they are the whole of it."""
    found: list[Token] = []
    dashed = None if re.search(r"[月./:]\d|\d[日号]|月", text) else _DASHED.match(text)
    at = 0
    if dashed:
        found.append(Token("date", dashed[0], None, int(dashed[1]), int(dashed[2]), word="dashed"))
        at = dashed.end()
    for match in _MASTER.finditer(text, at):
        found.append(_token(match, found))
    return found


def _token(m: re.Match[str], before: list[Token]) -> Token:
    name, text = m.lastgroup or "", m[0]
    match name:
        case "date1" | "date2" | "date3" | "date4":
            n = name[-1]
            year = _year(m[f"y{n}"]) if n != "3" else None
            bare = n == "3" and not text.endswith(("日", "号"))
            return Token(
                "date",
                text,
                year,
                whole_number(m[f"m{n}"]),
                whole_number(m[f"d{n}"]),
                word="bare" if bare else "",
            )
        case "dotted":
            return _dotted(m, before)
        case "hour1":
            return Token(
                "hour", text, hour=int(m["h1"]), minute=int(m["n1"]), word="0" if text[0] == "0" else ""
            )
        case "hour2":
            minute = _HALVES.get(m["half"] or "", 0) or whole_number(m["n2"] or m["n3"] or "") or 0
            return Token(
                "hour",
                text,
                hour=whole_number(m["h2"]) or 0,
                minute=minute,
                word="0" if text[0] == "0" else "",
            )
        case "month":
            return Token("month", text, _year(m["y5"]), whole_number(m["m5"]), word=m["third"] or "")
        case "dayno":
            return Token("day", text, day=whole_number(m["d6"]))
        case "week":
            word = "off" if m["off"] else "every" if m["every"] or m["wend"] or m["w"] == "末" else ""
            nth = "一二三四五".find(m["nth"][1]) + 1 or int(m["nth"][1]) if m["nth"] else 0
            return Token("week", text, word=word, number=nth, weekdays=_weekdays(m["w"] or m["wend"]))
        case "year":
            return Token("year", text, int(text[:4]))
        case "period":
            return Token("period", text, word=_PERIODS.get(text) or _PERIODS[text.upper().replace(".", "")])
        case "lasts":
            return Token("lasts", text, number=_amount(m["ln"]), word=m["lu"])
        case "count":
            return Token("count", text, number=whole_number(m["cn"]) or 0)
        case "number":
            return Token("number", text, number=int(text))
    return Token(name, text)


def _dotted(m: re.Match[str], before: list[Token]) -> Token:
    """9.17 is a day; 上午9.30, 9.00 and what is joined to an hour are hours."""
    a, b = int(m["a"]), int(m["b"])
    last = [token.kind for token in before[-2:]]
    after_hour = last[-1:] == ["period"] or last == ["hour", "join"]
    two = len(m["b"]) == 2 and m["sep"] == "." and b < 60 and a <= 24
    if two and (after_hour or not (1 <= a <= 12 and 1 <= b <= 31)):
        return Token("hour", m[0], hour=a, minute=b, word="0" if m[0][0] == "0" else "")
    if m["sep"] == "/" and a > 12:
        return Token("words", m[0])
    return Token("date", m[0], None, a, b, word="bare")


def _year(said: str | None) -> int | None:
    year = whole_number(said) if said else None
    return year + 2000 if year is not None and year < 100 else year


def _weekdays(said: str) -> tuple[int, ...]:
    if said in ("末", "双休日"):
        return (5, 6)
    if said == "工作日":
        return (0, 1, 2, 3, 4)
    marks = [
        ("一二三四五六日".index(c.replace("天", "日")) if not c.isdigit() else int(c) - 1, c)
        for c in said
        if c in _WD or c.isdigit()
    ]
    days = [n for n, _c in marks]
    if re.search("[-~至到]", said) and len(days) == 2 and days[0] < days[1]:
        return tuple(range(days[0], days[1] + 1))
    return tuple(dict.fromkeys(days))


def _amount(said: str) -> float:
    if said == "半":
        return 0.5
    if said.endswith("半"):
        return (whole_number(said[:-1]) or 0) + 0.5
    return float(said) if said[0].isdigit() else float(whole_number(said) or 0)


def real_day(year: int, month: int | None, day: int | None) -> date | None:
    """The day of these numbers; None where the calendar has none."""
    try:
        return date(year, month or 0, day or 0)
    except ValueError:
        return None
