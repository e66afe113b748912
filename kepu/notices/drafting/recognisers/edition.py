"""Which edition it is: 今年是第二十届…; a local edition where the title names one of a place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kepu.core.numerals import whole_number
from kepu.notices.drafting.context import Context
from kepu.notices.drafting.proposals import Found

ORDER = 13
_IN_TEXT = re.compile(
    r"(?:今年|本届|本次)[^，。；]{0,8}?(?:是|为)第(?P<n>[一二三四五六七八九十百\d]{1,4})[届个]"
)
_IN_TITLE = re.compile(
    r"(?P<local>[\u4e00-\u9fff]{1,6}[省市县区州盟])?第(?P<n>[一二三四五六七八九十百\d]{1,4})届"
)


def recognise(context: Context) -> Iterator[Found]:
    title = context.found.get("title")
    if title is not None:
        for m in _IN_TITLE.finditer(title.value):
            number = whole_number(m["n"])
            if number:
                key = "edition_local" if m["local"] else "edition"
                yield Found(key, number, title.spans, 0.9, "edition")
    for sentence in context.sentences:
        said = _IN_TEXT.search(sentence.text)
        number = whole_number(said["n"]) if said else None
        if said and number:
            span = context.part(sentence, said.start(), said.end())
            yield Found("edition", number, (span,), 0.9, "edition")
            return
