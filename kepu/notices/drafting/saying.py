"""The summary of a proposal: a sentence of our own, made from its parameters, with nobody's name or number in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import override
from pydantic import ValidationError

from kepu.notices.kinds import kinds

_PERSONAL = re.compile(
    r"[A-Za-z0-9._+-]{1,40}@[A-Za-z0-9-]{1,40}(?:\.[A-Za-z0-9-]{1,20}){1,3}|(?<!\d)0\d{2,3}[-—]\d{7,8}(?!\d)|(?<!\d)\d{7,18}(?!\d)"
)
LONGEST = 300


def said(kind: str, params: Mapping[str, Any], who: str = "", status: str = "final") -> str:
    """The rule as a sentence, whom it is for before it; in Chinese, whatever language the moment has."""
    with override("zh-hans"):
        try:
            sentence = kinds()[kind].model_validate(dict(params)).sentence()
        except ValidationError:
            sentence = str(params.get("title") or params.get("text") or "")
    who = f"{who}：" if who else ""
    settled = {"tentative": "（暂定）", "pending": "（待定）"}.get(status, "")
    return without_personal(f"{who}{sentence}{settled}")[:LONGEST] or "（没有内容）"


def without_personal(text: str) -> str:
    """The text without mailboxes and long numbers."""
    return _PERSONAL.sub("", text)


def nothing_personal(value: Any) -> Any:
    """Parameters with mailboxes and long numbers taken out of their texts."""
    if isinstance(value, str):
        return without_personal(value).strip() or "（略）" if value else value
    if isinstance(value, Mapping):
        return {k: nothing_personal(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [nothing_personal(v) for v in value]
    return value
