"""What a notice file says: words that are known, conditions that can come true, names that point at something."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from kepu.notices.format.checking import Surroundings, check_notice
from kepu.notices.format.lines import Lines
from kepu.notices.format.problems import NoticeFileRefused
from kepu.notices.format.reading import read_notice, read_season
from kepu.notices.format.surroundings import beside
from kepu.notices.kinds import kinds

HEAD = """\
format = 1

[notice]
code = "sample"
season = "sample-2025"
title = "样例通知"
issuer = "样例单位"
place = "CN"
"""
WORDS = {
    "kind": frozenset({"school", "society"}), "line": frozenset({"education"}), "level": frozenset({"city", "county"}),
}  # fmt: skip


def file(kind: str, body: str, head: str = HEAD) -> str:
    return f'{head}\n[[clause]]\nid = "S-1"\nkind = "{kind}"\nsummary = "样例"\n[clause.{kind}]\n{body}\n'


def remarks(text: str, **around) -> list[tuple[int, str, bool]]:
    problems = check_notice(read_notice(text), text, "n.toml", Surroundings(**around))
    return [(p.line, p.sentence, p.is_error) for p in problems]


def refused(text: str) -> list[tuple[int, str]]:
    with pytest.raises(NoticeFileRefused) as refusal:
        read_notice(text, "n.toml")
    return [(p.line, p.sentence) for p in refusal.value.problems]


# ── Words and facts ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("kind", "body", "said"), [
    ("routing", 'routes = [\n  { host_kinds = ["scool"], steps = ["issuer"] },\n  { steps = ["issuer"] },\n]',
     (16, "S-1：host_kinds 不认识“scool”。是不是“school”？", True)),
    ("routing", 'routes = [{ steps = ["line:educaton@county"] }]', (15, "S-1：steps 不认识“educaton”。是不是“education”？", True)),
    ("duty", 'what = "w"\ntitle = "样表"\nto = "line:farming@city"', (17, "S-1：to 不认识“farming”。请先在 season.toml 里登记。", True)),
    ("quota", 'of = "activities"\nmin = 1\nper = "place"\nplace_level = "citys"', (18, "S-1：place_level 不认识“citys”。是不是“city”？", True)),
    ("gate", 'fact = "lead_day"\nmin = 7', (15, "S-1：没有“lead_day”这一项；自己起名的，要写这一项叫什么（label）。是不是“lead_days”？", True)),
    ("gate", 'fact = "title"\nmin = 7', (15, "S-1：“活动名称”不是数，不能写 min、max。", True)),
    ("gate", 'fact = "budget"\nnot_before = 2025-01-01', (15, "S-1：“经费”不是时间，不能写 not_before、not_after、within。", True)),
    ("gate", 'fact = "mode"\none_of = ["onlin"]', (16, "S-1：“举办方式”没有“onlin”这个值，可以写：offline、online、mixed。", True)),
    ("gate", 'fact = "risk_plan"\nrequired = true\nwhen = { budget = ["500+"] }',
     (17, "S-1：“经费”是数，when 里要写界限，如 { budget = { min = 500 } }。", True)),
    ("form", 'code = "f"\ntitle = "样表"\ncolumns = [{ code = "a", title = "甲" }]\nvariants = [{ title = "乙", without = ["b"] }]',
     (18, "S-1：without 里的“b”不是这张表的栏。", True)),
])  # fmt: skip
def test_what_can_never_come_true_is_an_error_at_its_line(kind, body, said):
    assert remarks(file(kind, body), words=WORDS) == [said]


@pytest.mark.parametrize(("kind", "body", "key"), [
    ("gate", 'fact = "starts_at"\nwithin = "window.main"', "window.main"),
    ("duty", 'what = "w"\ntitle = "样表"\nform = "table"', "form.table"),
    ("duty", 'what = "w"\ntitle = "样表"\ndue = { days = 3, after = "window.main.end" }', "window.main"),
    ("duty", 'what = "w"\ntitle = "样表"\ndue = { days = 3, after = "event.opening" }', "programme.opening"),
    ("file_rule", 'call = "photos"\nmaterial = "picture"\nformats = ["jpg"]', "call.photos"),
    ("quota", 'of = "activities"\nmin = 1\nwindow = "window.main"', "window.main"),
    ("form", 'code = "f"\ntitle = "样表"\ncolumns = [{ code = "a", title = "甲", type = "choice", list = "formats" }]', "list.formats"),
])  # fmt: skip
def test_a_name_that_points_at_nothing_is_worth_a_look(kind, body, key):
    text = file(kind, body)

    [(_line, sentence, is_error)] = remarks(text, known_notices=frozenset({"sample"}))

    assert f"“{key}”" in sentence
    assert not is_error
    assert remarks(text) == []  # nothing is known of what stands around
    assert remarks(text, known_notices=frozenset({"sample", "above"}), unread={"above": "above.toml"}) == []


def test_words_of_the_header_are_checked():
    head = HEAD + 'recipients = [{ title = "各校", kinds = ["shcool"] }]\n'

    assert remarks(file("gate", 'fact = "lead_days"\nmin = 7', head), words=WORDS) == [
        (9, "kinds 不认识“shcool”。是不是“school”？", True)
    ]


def test_a_file_in_the_wrong_folder_and_a_parent_with_errors_are_told(tmp_path):
    season = 'format = 1\n[season]\ncode = "other-2025"\ncampaign = "c"\nyear = 2025\nname = "样"\nfirst_day = 2025-01-01\nlast_day = 2025-12-31\n'
    (tmp_path / "season.toml").write_text(season, "utf-8")
    (tmp_path / "above.toml").write_text(HEAD.replace('"sample"', '"above"') + "colour = 1\n", "utf-8")
    text = HEAD + 'parents = ["above"]\n'
    path = tmp_path / "n.toml"
    path.write_text(text, "utf-8")

    said = check_notice(read_notice(text), text, "n.toml", beside(read_notice(text), path))

    assert [(p.line, p.is_error) for p in said] == [(5, True), (9, False)]
    assert "other-2025" in said[0].sentence
    assert "above.toml" in said[1].sentence


def test_a_notice_of_a_line_is_checked_against_the_one_of_its_place(tmp_path):
    gate = 'fact = "lead_days"\nmin = %s'
    (tmp_path / "above.toml").write_text(file("gate", gate % 7, HEAD.replace('"sample"', '"above"')), "utf-8")
    text = file("gate", gate % 3, HEAD + 'line = "education"\n')

    around = beside(read_notice(text), tmp_path / "n.toml")

    assert [n.notice.code for n in around.parents] == ["above"]


@pytest.mark.parametrize(("more", "said"), [
    ('[[unit_kind]]\ncode = "a"\nname = "甲"\n[[unit_kind]]\ncode = "a"\nname = "乙"\n', "代码重复：a。"),
    ('[[line]]\ncode = "a"\nname = "甲"\nparent = "b"\n', "上级系统没有登记：b。"),
])  # fmt: skip
def test_a_season_file_holds_together(more, said):
    season = 'format = 1\n[season]\ncode = "s"\ncampaign = "c"\nyear = 2025\nname = "样"\nfirst_day = 2025-01-01\nlast_day = 2025-12-31\n'

    with pytest.raises(NoticeFileRefused) as refusal:
        read_season(season + more)

    assert [p.sentence.endswith(said) for p in refusal.value.problems] == [True]


# ── Nonsense within one clause ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("kind", "params"), [
    ("duty", {"what": "w", "title": "样", "opens": {"date": "2025-05-02"}, "due": {"date": "2025-05-01"}}),
    ("duty", {"what": "w", "title": "样", "channels": [{"code": "a", "label": "甲"}, {"code": "a", "label": "乙"}]}),
    ("call", {"code": "c", "title": "样", "opens": {"date": "2025-05-02"}, "closes": {"date": "2025-05-01"}}),
    ("call", {"code": "c", "title": "样", "made_from": {"date": "2025-05-02"}, "made_until": {"date": "2025-05-01"}}),
    ("call", {"code": "c", "title": "样", "conditions": [{"code": "a", "label": "甲", "min": 5, "under": 5}]}),
    ("routing", {"routes": [{"steps": ["issuer"], "days": 1, "working_days": 1}]}),
    ("routing", {"routes": [{"steps": ["issuer"]}, {"host_kinds": ["school"], "steps": ["issuer"]}]}),
    ("file_rule", {"call": "c", "material": "video"}),
    ("file_rule", {"call": "c", "material": "video", "size_mb": {"min": 9, "max": 1}}),
    ("file_rule", {"call": "c", "material": "video", "size_mb": {}}),
    ("file_rule", {"call": "c", "material": "video", "aspect": ["宽屏"]}),
    ("gate", {"fact": "budget", "min": float("inf")}),
    ("gate", {"fact": "budget", "required": True, "share_of": "x"}),
    ("gate", {"fact": "budget", "max": 5, "preferred": {"min": 9}}),
    ("gate", {"fact": "mode", "one_of": ["online"], "none_of": ["online"]}),
    ("gate", {"fact": "starts_at", "not_before": {"date": "2025-05-02"}, "not_after": {"date": "2025-05-01"}}),
    ("quota", {"of": "entries", "min": 3, "cap": True}),
    ("quota", {"of": "entries", "max": -3}),
    ("quota", {"of": "entries", "max": 3, "place_level": "city"}),
    ("quota", {"of": "entries", "max": 3, "per": "class"}),
    ("quota", {"of": "entries", "classes": [{"code": "a", "label": "甲", "min": 150, "percent": True}]}),
    ("quota", {"of": "entries", "classes": [{"code": "a", "label": "甲", "min": 3, "max": 1}]}),
    ("quota", {"of": "entries", "classes": [{"code": "a", "label": "甲", "parent": "a"}]}),
    ("quota", {"of": "entries", "classes": [{"code": "a", "label": "甲", "max": 3}, {"code": "b", "label": "乙", "parent": "a", "min": 5}]}),
    ("commendation", {"step": "commend", "awards": [{"code": "a", "label": "甲"}, {"code": "a", "label": "乙"}]}),
    ("form", {"code": "f", "title": "样", "rows_min": 9, "rows_max": 3, "columns": [{"code": "a", "title": "甲"}]}),
    ("form", {"code": "f", "title": "样", "columns": [{"code": "a", "title": "甲", "type": "number", "min": 9, "max": 3}]}),
    ("form", {"code": "f", "title": "样", "columns": [{"code": "a", "title": "甲", "min": 9}]}),
    ("form", {"code": "f", "title": "样", "header": [{"code": "a", "title": "甲"}], "columns": [{"code": "a", "title": "甲"}]}),
    ("mark", {"items": [{"code": "a", "label": "甲"}, {"code": "a", "label": "乙"}]}),
    ("theme", {"text": "样", "set_by": ["host"]}),
    ("coverage", {"of": "village", "min": -1}),
])  # fmt: skip
def test_what_contradicts_itself_is_refused(kind, params):
    with pytest.raises(ValidationError):
        kinds()[kind].model_validate(params)


# ── Slips of the hand ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("body", "line", "said"), [
    ('fact = “lead_days”\nmin = 3', 15, "““”是中文符号"), ('fact ＝ "lead_days"\nmin = 3', 15, "“＝”是中文符号"),
    ('fact： "lead_days"\nmin = 3', 15, "“：”是中文符号"), ('fact = "mode"\none_of = ["online"，"mixed"]', 16, "“，”是中文符号"),
    ('fact　= "lead_days"\nmin = 3', 15, "“全角空格”是中文符号"), ('fact = "lead_days"\nmin = ３', 16, "“３”是中文符号"),
    ('事实 = "lead_days"\nmin = 3', 15, "键要用英文"), ('fact = "lead_days"\nmin = 3\nmin = 4', 17, "同一个键写了两次"),
    ('fact = "lead_days\nmin = 3', 15, "引号没有配对"), ('fact = "lead_days"\nrequired = True', 16, "是否要写成小写的 true 或 false"),
    ('fact = "starts_at"\nnot_before = 2025/9/1', 16, "日期写成 2023-09-08"),
    ('fact = "starts_at"\nnot_before = { date = 2025-09-01, time = 8:00 }', 16, '写成 time = "16:00"'),
    ('fact = "mode"\none_of = ["online" "mixed"]', 16, "方括号没有配对，或者两项之间缺了逗号"),
    ('fact = "starts_at"\nnot_before = { days = 3,\n after = "activity_end" }', 16, "花括号里不能换行"),
    ('fact = "lead_days"\nmin = 3 # 全角“引号”在注释里\nmin = 4', 17, "同一个键写了两次"),
])  # fmt: skip
def test_a_slip_is_told_in_words_at_its_line(body, line, said):
    [(where, sentence)] = refused(file("gate", body))

    assert where == line
    assert said in sentence


@pytest.mark.parametrize(("kind", "body", "line", "said"), [
    ("form", 'code = "f"\ntitle = "样"\ncolumns = [\n  { code = "a", title = "甲" },\n  { code = "b", titel = "乙", title = "乙" },\n]', 19,
     "第1条 form columns 第2项：不认识“titel”这个键。是不是“title”？"),
    ("form", 'code = "f"\ntitle = "样"\nrows_min = 1.5\ncolumns = [{ code = "a", title = "甲" }]', 17, "第1条 form：“rows_min”要写成整数。"),
    ("duty", 'what = "w"\ntitle = "样"\ndue . days = 3\ndue . aftr = "x"', 18, "第1条 duty due：不认识“aftr”这个键。是不是“after”？"),
    ("duty", 'what = "w"\ntitle = "样"\nabout = "town"', 17, "第1条 duty：“about”不能写“town”，可以写：unit、activity、entry。"),
    ("coverage", 'of = "village"\npercent = 0', 16, "第1条 coverage：“percent”要大于0。"),
    ("indicator", 'items = [{ code = "a", label = "甲", weight = -1 }]', 15, "第1条 indicator items 第1项：“weight”不能小于0。"),
    ("text", '"标题" = "x"\ncode = "c"', 15, "第1条 text：不认识“标题”这个键。请对照格式指南。"),
])  # fmt: skip
def test_no_word_of_the_machine_reaches_the_reader(kind, body, line, said):
    assert refused(file(kind, body)) == [(line, said)]


def test_a_file_without_a_header_or_with_single_brackets_is_told_so():
    assert refused("") == [(1, "缺少文头，请写 [notice] 和它下面的各键。")]
    assert refused(HEAD + '[clause]\nid = "S-1"\n') == [(9, "每一条都要用双方括号 [[clause]] 开头。")]


def test_a_bom_and_windows_line_ends_change_nothing():
    text = file("gate", 'fact = "lead_days"\nmin = 3')

    assert read_notice("\ufeff" + text.replace("\n", "\r\n")) == read_notice(text)
    assert refused("\ufeff" + text.replace("min", "mim").replace("\n", "\r\n"))[0][0] == 16


def test_lines_of_what_stands_inside_arrays_tables_and_long_texts():
    lines = Lines(
        'a = [\n  { b = 1, c = [1, # x = 2\n    2] },\n  "d = e",\n]\nf.g = { h = "]", i = { j = 1 } }\nk = """\n[z]\ny = 1\n"""\n'
        "[[t]]\nm = 1\n[[t.n]]\n[[t]]\n[[t.n]]\no = 1\n"
    )

    assert [lines.of(p) for p in (("a",), ("a", 0, "c", 1), ("a", 1), ("f", "g", "i", "j"), ("y",), ("t", 1, "n", 0, "o"))] == [
        1, 3, 4, 6, 1, 16,
    ]  # fmt: skip


def test_a_pattern_of_names_is_said_in_words():
    """What the program reads in braces is no word for people; what it does not know stays."""
    params = {"call": "c", "material": "mail", "subject_pattern": "科普日图片+{unit}+{contact}-{other}"}
    rule = kinds()["file_rule"].model_validate(params)
    assert rule.sentence() == "邮件主题为“科普日图片+单位名称+联系方式-{other}”。"
