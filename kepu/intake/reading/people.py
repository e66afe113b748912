"""How many people, as people write it: 约200人, 1.2万人次, 100人/场，共3场, 线上1万人、线下200人."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

from kepu.core.numerals import CHINESE, number_of
from kepu.intake.reading.said import Cell, Said

MOST = 2_000_000_000
_NUMBER = rf"(?:\d[\d,]*(?:\.\d+)?|[{CHINESE}]+)\s*[万千百]?"
_AMOUNT = re.compile(
    rf"(?P<n>{_NUMBER})(?:\s*[-~—–至到]+\s*(?P<to>{_NUMBER}))?\s*(?P<more>[余多来+]|以上)?\s*(?P<wan>万)?\s*(?:余|多)?\s*(?P<unit>人次|人|名|位|次)?(?P<each>\s*[/每]\s*(?:场|次|期|站|天|批)|左右|以上|以内)?"
)
_ALL = re.compile(rf"(?:共|总计|合计|总共|共计)\s*(?:约|计|近)?\s*(?P<n>{_NUMBER})\s*(?P<unit>人次|人)")
_TIMES = re.compile(rf"(?P<n>{_NUMBER})\s*(?:场|次(?!数)|期|站|批)(?!.*人/)")
_EACH = re.compile(r"(?:每|/)\s*(?:场|次|期|站|天|批)")
_ONLINE = re.compile(r"(?:线上|网络|直播|在线)")
_ABOUT = re.compile(r"约|近|余|多|左右|以上|以内|不少于|不低于|超|预计|上下|\+|来人|至少|大概")


def read_people(said: Said) -> None:
    """Set ``participants_expected`` and ``online_expected``."""
    for cell in said.of("online_expected"):
        number = _plain(said, cell, "online_expected")
        if number is not None:
            said.content["online_expected"] = number
    for cell in said.of("participants_expected"):
        text = unicodedata.normalize("NFKC", cell.text)
        online = _after_word(text, r"(?:线上|网络|直播|在线)")
        offline = _after_word(text, r"(?:线下|现场|场地)")
        if online is not None and (offline is not None or "online_expected" not in said.content):
            said.content["online_expected"] = online
            said.content["participants_expected"] = online + (offline or 0)
            if offline is None and "其中" in text:
                _set(said, cell, text)
            elif offline is not None:
                words = _("读作共%(all)s人，其中线上%(online)s人，请核对。")
                said.hint(
                    cell,
                    "participants_expected",
                    "summed",
                    words % {"all": online + offline, "online": online},
                )
            continue
        _set(said, cell, text)
    online_count, everybody = said.content.get("online_expected"), said.content.get("participants_expected")
    if online_count is not None and everybody is None and not said.of("participants_expected"):
        said.content["participants_expected"] = online_count


def _set(said: Said, cell: Cell, text: str) -> None:
    number = _plain(said, cell, "participants_expected", text)
    if number is not None:
        said.content["participants_expected"] = number


def _plain(said: Said, cell: Cell, field: str, text: str | None = None) -> int | None:
    text = unicodedata.normalize("NFKC", cell.text) if text is None else text
    if whole := _ALL.search(text):
        return _fit(said, cell, field, number_of(re.sub(r"\s", "", whole["n"])))
    amounts = [m for m in _AMOUNT.finditer(text) if m["unit"] in ("人", "人次", "名", "位")] or [
        m
        for m in [
            _AMOUNT.fullmatch(re.sub(r"^[约近超]|^(?:不少于|不低于|预计|大约|大概|至少)", "", text.strip()))
        ]
        if m
    ]
    if not amounts:
        said.error(
            cell, field, "no_number", _("“%(text)s”读不出人数，请写一个数。") % {"text": cell.text[:30]}
        )
        return None
    amount = amounts[0]
    number = _value(amount["n"], amount["wan"])
    each = _EACH.search(text)
    times = next(
        (m for m in _TIMES.finditer(text) if m.start() >= amount.end() or m.end() <= amount.start()), None
    )
    if number is not None and each:
        count = number_of(times["n"]) if times else len(said.content.get("sessions", ())) or None
        if count is None:
            words = _("写的是每场的人数，没有写几场，按%(n)s人填，请核对。")
            said.hint(cell, field, "per_session", words % {"n": int(number)})
        else:
            words = _("每场%(n)s人，共%(times)s场，读作%(all)s人，请核对。")
            said.hint(
                cell, field, "per_session",
                words % {"n": int(number), "times": int(count), "all": int(number * count)},
            )  # fmt: skip
            number *= count
    elif amount["to"]:
        words = _("写的是一个范围，按较小的%(n)s人填，请核对。")
        if (
            amount["n"].isdigit()
            and "万" in (amount["to"] + (amount["wan"] or ""))
            and number
            and number < 1000
        ):
            number *= 10000  # 1-2万
        said.hint(cell, field, "range", words % {"n": int(number or 0)})
    elif len(amounts) > 1:
        words = _("格里有几个人数，按%(n)s人填，请核对。")
        said.hint(cell, field, "several_numbers", words % {"n": int(number or 0)})
    elif _ABOUT.search(text):
        said.hint(cell, field, "about", _("写的是大概的人数，按%(n)s人填。") % {"n": int(number or 0)})
    return _fit(said, cell, field, number)


def _fit(said: Said, cell: Cell, field: str, number: float | None) -> int | None:
    if number is None or not 0 <= number <= MOST or number != int(number):
        said.error(
            cell, field, "no_number", _("“%(text)s”读不出人数，请写一个数。") % {"text": cell.text[:30]}
        )
        return None
    return int(number)


def _after_word(text: str, word: str) -> int | None:
    """The number that stands right behind a word: 线上约1万人."""
    found = re.search(
        rf"{word}(?:参与|参加|观看|直播|活动)?\s*[:：]?\s*(?:约|预计|近|超)*\s*(?P<n>{_NUMBER})\s*(?P<more>[余多])?(?P<wan>万)?",
        text,
    )
    number = _value(found["n"], found["wan"]) if found else None
    return int(number) if number is not None and number == int(number) else None


def _value(said: str, wan: str | None) -> float | None:
    number = number_of(re.sub(r"\s", "", said))
    return (
        round(number * 10000, 6)
        if number is not None and wan
        else round(number, 6)
        if number is not None
        else None
    )
