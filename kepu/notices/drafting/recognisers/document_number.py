"""The document number: 某科协〔2023〕17号."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.proposals import Found

ORDER = 2
_NUMBER = re.compile(
    r"(?P<word>[\u4e00-\u9fffA-Za-z]{2,16})\s?[〔\[【（]\s?(?P<year>(?:19|20)\d\d)\s?[〕\]】）]\s?第?(?P<n>\d{1,4})\s?号"
)
_LINE = re.compile(rf"（?(?:文号：|发文字号：)?{_NUMBER.pattern}）?(?:[ \t]*签发人.*)?")
SEARCHED = 15


def recognise(context: Context) -> Iterator[Found]:
    for block in context.reading.blocks[:SEARCHED]:
        if found := _LINE.fullmatch(block.text):
            number = f"{found['word']}〔{found['year']}〕{found['n']}号"
            span = context.reading.span(block.start + found.start("word"), block.start + found.end("n") + 1)
            yield Found("number", number, (span,), 0.97, "document_number")
            return
