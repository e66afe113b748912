"""How many days ahead an activity is to be published or filed: 应于活动举办前7日在平台发布."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.proposals import Proposal
from kepu.notices.drafting.values.dates import Dated

_PUBLISH = re.compile(r"发布|公布|公告|预告|上线")
_FILE = re.compile(
    r"告知|预约|报[省市县区镇校院我]|审[核批]|联系|对接|沟通|填报|申报|登记|录入|备案|报备|提交|上传|注册|上报|报送"
)
_PAPERS = re.compile(r"方案|预案|材料|报告|清单|计划|表(?!示|现|明|彰|扬)|名单|通知|邀请|申请")
_MUST = re.compile(r"应|须|需|必须|务必|至少|不得少于")


def recognise(context: Context) -> Iterator[Proposal]:
    for sentence in context.body():
        for dated in context.dates(sentence):
            counted = dated.counted
            if counted is None or not counted.is_before or not counted.days:
                continue
            before, after = _beside(sentence.text, dated)
            near = f"{before}{dated.words}{after}"
            publishes, files = _PUBLISH.search(after) or _PUBLISH.search(near), _FILE.search(near)
            if not (publishes or files) or (
                files and not publishes and _PAPERS.search(near) and "平台" not in near
            ):
                continue
            stage = (
                "publication" if publishes and not (files and files.start() < publishes.start()) else "filing"
            )
            params = {"fact": "lead_days", "stages": [stage], "min": counted.days, "unit": "天"}
            strictness = "in_principle" if "原则上" in near else "hard" if _MUST.search(near) else ""
            yield context.propose("gate_lead", "gate", params, sentence, 0.9, strictness=strictness)


def _beside(text: str, dated: Dated) -> tuple[str, str]:
    """The words of its clause before a date, and those behind it up to the clause with the verb."""
    before = re.split("[，。；（]", text[max(0, dated.start - 30) : dated.start])[-1]
    after = ""
    for piece in re.split("(?<=，)", re.split("[。；]", text[dated.end : dated.end + 50])[0]):
        if after and re.search("提前|日前|天前", piece):
            break
        after += piece
        if _FILE.search(piece) or _PUBLISH.search(piece):
            break
    return before, after
