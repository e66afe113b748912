"""What files must be like: formats, size, pixels, length, name; one rule for each material of a part of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.proposals import Proposal
from kepu.notices.drafting.text.sentences import Sentence
from kepu.notices.drafting.values.bounds import Limited, limits_in
from kepu.notices.drafting.values.calls import call_code

_MATERIALS = (
    ("video", re.compile(r"视频|微电影|短片|录像|动画|影片|公益广告片")), ("picture", re.compile(r"图片|照片|摄影|影像|海报|漫画|绘画|科幻画|儿童画|画作|插画|每幅|每张")), ("audio", re.compile(r"音频|录音")),
    ("document", re.compile(r"文档|征文|文稿|稿件|课件|PPT|文字(?:作品|类)|论文|剧本|案例")),
)  # fmt: skip
_FORMAT = re.compile(
    r"(?<![A-Za-z])(?P<f>jpe?g|png|tiff?|bmp|gif|raw|psd|mp4|mov|avi|wmv|flv|mpe?g|mkv|mp3|wav|docx?|wps|pdf|pptx?|xlsx?|txt|rar|zip)(?![A-Za-z])",
    re.I,
)
_WORD = re.compile(r"(?<![A-Za-z])(?:Word|WORD|word)(?![A-Za-z])")
_SAME = {
    "jpg": ["jpg", "jpeg"],
    "jpeg": ["jpg", "jpeg"],
    "tiff": ["tiff", "tif"],
    "tif": ["tiff", "tif"],
    "doc": ["doc", "docx"],
    "mpg": ["mpeg", "mpg"],
    "mpeg": ["mpeg", "mpg"],
    "ppt": ["ppt", "pptx"],
}
_NAME = re.compile(
    r"(?:以|按|按照|命名为|文件名(?:称)?(?:为|：)|统一命名(?:为)?|命名(?:格式|规则|方式)?(?:为|：|统一为))“(?P<p>[^“”]{3,60})”(?:的)?(?:格式|形式|方式)?(?:进行|统一)?(?:命名)?"
)
_SUBJECT = re.compile(
    r"(?:邮件)?(?:主题|标题|名称)(?:请)?(?:注明|为|写明|统一为|命名为|：)“(?P<p>[^“”]{3,60})”"
)
_FIELDS = (
    (re.compile(r"报送单位|推荐单位|单位名称|提供单位|参赛单位|作者单位|学校名称|单位|学校"), "{unit}"), (re.compile(r"联系方式|联系电话|手机号?|电话"), "{contact}"),
    (re.compile(r"(?:图片/视频|作品|视频|图片|照片|征文|文章|活动|案例|稿件)?(?:题目|名称|标题)|作品名"), "{title}"), (re.compile(r"地区|县区|区县|省份|城市"), "{area}"), (re.compile(r"序号|编号"), "{serial}"),
    (re.compile(r"作者姓名|参赛者姓名|姓名|作者"), "{author}"), (re.compile(r"组别|类别"), "{category}"),
)  # fmt: skip
_ASPECT = re.compile(r"(?<!\d)(16|4|9|3|1):(9|3|16|4|1|2)(?!\d)")
_SIZE = re.compile(r"(?P<w>\d{3,5})(?:像素)?[×xX*](?P<h>\d{3,5})")
_CRITERIA = re.compile(r"清晰|真实|突出|生动|完整|原创|水印|侵权|权属|版权|健康|准确|不得|纠纷")
ORDER = 68


def recognise(context: Context) -> Iterator[Proposal]:
    parts: dict[tuple[str, str], tuple[dict[str, Any], list[Sentence]]] = {}
    for sentence in context.body():
        if "\t" in sentence.text:
            continue
        for material, params in _rules(sentence):
            key = (_part(sentence), material)
            have, sentences = parts.setdefault(key, ({}, []))
            for name, value in params.items():
                have.setdefault(name, value)
            sentences.append(sentence)
    for (_where, material), (params, sentences) in parts.items():
        if set(params) - {"name_pattern"} or material == "mail":
            call = call_code(context, sentences[0])
            yield context.propose(
                "file_rule", "file_rule", {"call": call, "material": material, **params}, sentences, 0.82
            )
    yield from _by_eye(context)


def _part(sentence: Sentence) -> str:
    """The part of the text whose points belong together: the attachment, or the section."""
    number = sentence.block.attachment or sentence.number
    return (
        re.sub(r"（?\d+）?$", "", number)
        if not sentence.block.attachment
        else re.sub(r"\d+$", "", sentence.number) or number
    )


def _rules(sentence: Sentence) -> Iterator[tuple[str, dict[str, Any]]]:
    text = sentence.text
    materials = [(m.start(), code) for code, pattern in _MATERIALS for m in pattern.finditer(text)]
    heading = next(
        (code for t in reversed(sentence.titles) for code, pattern in _MATERIALS if pattern.search(t)), ""
    )
    if (m := _SUBJECT.search(text)) and ("邮" in text or "主题" in m[0]):
        yield "mail", {"subject_pattern": _pattern(m["p"])}
    named = _NAME.search(text)
    if (named and "命名" in text) or (named and "文件名" in text):
        codes = list(dict.fromkeys(code for _at, code in sorted(materials) if _at < named.end())) or (
            [heading] if heading else ["work"] if "作品" in text else []
        )
        for code in codes:
            yield code, {"name_pattern": _pattern(named["p"])}
    for start, end in _pieces(text, sorted(materials)):
        near = [code for at, code in sorted(materials) if start <= at < end]
        material = near[0] if near else heading
        params = _limits(text[start:end])
        if params and (material or len({c for _a, c in materials}) == 1):
            material = material or materials[0][1]
            yield material, params


def _pieces(text: str, materials: list[tuple[int, str]]) -> Iterator[tuple[int, int]]:
    """The sentence cut at its semicolons, and before a second material where both have limits of their own."""
    for piece in re.finditer(r"[^；。]+", text):
        inside = [(at, code) for at, code in materials if piece.start() <= at < piece.end()]
        cuts = [
            cut
            for (before, one), (at, other) in pairwise(inside)
            if one != other and (cut := max(text.rfind(mark, before, at) for mark in "，、")) > 0
        ]
        parts = list(pairwise([piece.start(), *cuts, piece.end()]))
        if cuts and all(_limits(text[a:b]) for a, b in parts):
            yield from parts
        else:
            yield piece.span()


def _limits(text: str) -> dict[str, Any]:
    """What one piece of a sentence says of a file."""
    params: dict[str, Any] = {}
    formats = list(
        dict.fromkeys(x for m in _FORMAT.finditer(text) for x in _SAME.get(m["f"].lower(), [m["f"].lower()]))
    )
    if formats and re.search(r"格式|提交|为|以|类型|文件|扩展名", text):
        params["formats"] = formats
    elif _WORD.search(text) and re.search("格式|文档", text):
        params["formats"] = ["doc", "docx"]
    for limit in limits_in(text):
        before = text[max(0, limit.start - 14) : limit.start]
        if limit.unit in ("M", "MB", "Mb", "mb", "KB", "kb", "K", "G", "GB", "Kb") and limit.is_limit:
            scale = {"K": 1 / 1024, "G": 1024}.get(limit.unit[0].upper(), 1)
            params["size_mb"] = _scaled(limit, scale)
        elif limit.unit == "像素" and limit.is_limit:
            name = (
                "long_side"
                if re.search("长边|最长边", before)
                else "short_side"
                if "短边" in before
                else "width"
                if re.search("宽", before)
                else "height"
                if re.search("高度|高不", before)
                else "pixels"
            )
            params[name] = _scaled(limit, 1)
        elif (
            limit.unit in ("分钟", "秒", "分", "小时")
            and limit.is_limit
            and re.search("时长|视频|长度|片长|音频|不|控制|限|以内|—|-|至", text)
        ):
            params["duration_s"] = _scaled(limit, {"秒": 1, "小时": 3600}.get(limit.unit, 60))
        elif limit.unit in ("dpi", "DPI"):
            params["dpi"] = _scaled(limit, 1) if limit.is_limit else {"min": int(limit.exact or 0)}
        elif limit.unit in ("张", "幅") and limit.is_limit and re.search("组照|每组|组图|每件|每套", text):
            params["count"] = _scaled(limit, 1)
    if m := _SIZE.search(text):
        params |= {"width": {"min": int(m["w"])}, "height": {"min": int(m["h"])}}
    if re.search(r"1080[pP]", text) and "height" not in params:
        params["height"] = {"min": 1080}
    if re.search(r"横(?:屏|幅|版|向|拍)", text) and not re.search("竖", text):
        params["orientation"] = "landscape"
    elif re.search(r"竖(?:屏|幅|版|向|拍)", text) and not re.search("横", text):
        params["orientation"] = "portrait"
    if aspects := [
        f"{m[1]}:{m[2]}" for m in _ASPECT.finditer(text) if re.search("比例|画幅|画面|横|竖|屏", text)
    ]:
        params["aspect"] = aspects
    return params


def _scaled(limit: Limited, scale: float) -> dict[str, float]:
    return {
        k: int(v * scale) if float(v * scale).is_integer() else round(v * scale, 4)
        for k, v in limit.bounds().items()
    }


def _pattern(said: str) -> str:
    """报送单位（地区）-题目 with its parts in braces."""
    said = said.replace("报送单位（地区）", "{unit}（{area}）")
    for pattern, code in _FIELDS:
        if code not in said:
            said = pattern.sub(code, said, count=1)
    return said


def _by_eye(context: Context) -> Iterator[Proposal]:
    """Demands that people judge, under a heading such as 图片标准 or 作品要求."""
    for sentence in context.body():
        if not re.search(
            r"标准|作品要求|征集要求|格式要求|素材要求|投稿要求|参赛要求", "".join(sentence.titles[-2:])
        ) or not _CRITERIA.search(sentence.text):
            continue
        text = re.sub(r"^(?:\d+\.|（\d+）)", "", sentence.text).rstrip("；。")
        criteria = [
            c.strip()
            for c in re.split("[，；]", text)
            if 2 <= len(c.strip()) <= 60
            and not _FORMAT.search(c)
            and not re.search(r"\d{4}年|\d+(?:M|MB|分钟|像素|字)", c)
        ]
        material = next(
            (
                code
                for t in (sentence.text, *reversed(sentence.titles))
                for code, p in _MATERIALS
                if p.search(t)
            ),
            "work",
        )
        if criteria and not re.search("报送|提交|发送", text):
            code = "rights" if re.search("权", text) else "by_eye"
            params = {
                "call": call_code(context, sentence),
                "material": material,
                "code": code,
                "criteria": criteria,
            }
            yield context.propose("file_rule", "file_rule", params, sentence, 0.65)
