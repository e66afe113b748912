"""``kepu season copy`` and ``compare``: what they write, what they say, where they refuse."""

import json

import pytest
from click.testing import CliRunner

from kepu.cli.season import command
from kepu.core.refusals import Incomplete, NotAllowed
from kepu.notices.actions import close_season
from kepu.notices.format.reading import read_notice, read_season, text_of
from kepu.notices.models import NoticeDraft, Season, SeasonCopy
from kepu.orgs.models import Vocabulary
from tests.factories.notices import a_clause, a_gate, a_notice
from tests.factories.orgs import a_term
from tests.factories.seasons import AT, a_year, carried_out, headed


@pytest.fixture(autouse=True)
def at(monkeypatch):
    monkeypatch.setattr("kepu.core.clock.now", lambda: AT)


def kepu(*words, fails=False):
    """What a command says; a refusal is raised, as the program's entry gets it."""
    done = CliRunner().invoke(command, words, catch_exceptions=False, standalone_mode=not fails)
    assert done.exit_code == 0 or fails, done.output
    return done.output


def test_a_folder_is_written_without_a_database(tmp_path):
    out = tmp_path / "2024"
    said = kepu(
        "copy", "2023", "kepuri-2024", "--year", "2024", "--first-day", "2024-09-15", "--folder", str(out)
    )
    assert sorted(p.name for p in out.iterdir()) == [
        "chengdu.toml", "dongguan.toml", "guangdong.toml", "hebei.toml", "liaoning.toml", "national.toml", "season.toml",
        "sichuan.toml", "tangshan.toml",
    ]  # fmt: skip
    assert "national.toml：87条，其中3条要看一看。\n" in said
    assert "  NA-06：这段时间里有节假日：2024年9月16日、2024年9月17日。请核对。\n" in said
    season = read_season(text_of(out / "season.toml")).season
    assert (season.code, season.year, season.name, str(season.first_day)) == (
        "kepuri-2024", 2024, "2024年全国科普日", "2024-01-01",
    )  # fmt: skip
    week = next(c for c in read_notice(text_of(out / "dongguan.toml")).clause if c.id == "DG-08")
    assert str(week.window.start.date) == "2024-09-15"


def test_a_folder_is_found_by_the_code_of_its_season_and_the_weekday_is_kept(tmp_path):
    kepu(
        "copy",
        "kepuri-2023",
        "k-2025",
        "--year",
        "2025",
        "--name",
        "新的一届",
        "--folder",
        str(tmp_path / "out"),
    )
    season = read_season(text_of(tmp_path / "out" / "season.toml")).season
    week = next(c for c in read_notice(text_of(tmp_path / "out" / "national.toml")).clause if c.id == "NA-06")
    assert (season.name, str(week.window.start.date)) == ("新的一届", "2025-09-14")


@pytest.mark.parametrize(("words", "said"), [
    (("nowhere", "k-2024"), "找不到“nowhere”"),
    (("2023", "k-2024", "--days", "364", "--first-day", "2024-09-17"), "--first-day 是移动366天，--days 写的是364天"),
    (("2023", "k-2024", "--days", "10"), "到不了2024年"),
    (("2023", "K!"), "code"),
    (("2023", "k-2024", "--days", "999999999"), "到不了2024年"),
])  # fmt: skip
def test_what_cannot_be_written_is_a_sentence_and_writes_nothing(tmp_path, words, said):
    with pytest.raises(Incomplete, match=said):
        kepu("copy", *words, "--folder", str(tmp_path / "out"), fails=True)
    assert not (tmp_path / "out").exists()


def test_a_folder_with_notices_is_not_written_over(tmp_path):
    (tmp_path / "mine.toml").write_text("", "utf-8")
    with pytest.raises(Incomplete, match="里已经有通知文件"):
        kepu("copy", "2023", "k-2024", "--folder", str(tmp_path), fails=True)
    assert [p.name for p in tmp_path.iterdir()] == ["mine.toml"]


@pytest.mark.django_db
def test_a_season_is_copied_in_the_database():
    a_year()
    said = kepu("copy", "kepuri-2023", "kepuri-2024", "--first-day", "2024-09-22", "--name-en", "Day 2024")
    assert said == "2024年全国科普日：已经开设，移动371天；0/6份通知稿已备好，其余由 kepu worker 接着办。\n"
    carried_out()
    assert (SeasonCopy.objects.get().days, NoticeDraft.objects.count()) == (371, 5)
    assert Season.objects.get(code="kepuri-2024").name_en == "Day 2024"
    again = kepu("copy", "kepuri-2023", "kepuri-2024", "--first-day", "2024-09-22")
    assert "6/6份通知稿已备好" in again


@pytest.mark.django_db
def test_the_unit_that_takes_the_rest_can_be_named():
    year = a_year()
    kepu("copy", "kepuri-2023", "kepuri-2024", "--unit", "SOC")
    assert SeasonCopy.objects.get().heir == year.society


@pytest.mark.django_db
def test_a_season_that_is_not_there_is_a_sentence():
    with pytest.raises(Incomplete, match="没有这一届"):
        kepu("copy", "kepuri-1999", "kepuri-2024", fails=True)


@pytest.fixture
def two(db):
    """The city's notice of two years, and the nation's in the first only."""
    year = a_year()
    season = Season.objects.create(
        code="kepuri-2024", campaign="science-day", year=2024, name="2024年全国科普日", first_day="2024-09-15", last_day="2024-09-21"
    )  # fmt: skip
    new = headed(a_notice(season, year.city, "dongguan-2024", number="东科协〔2024〕9号"))
    a_gate(new, "DG-48", fact="lead_days", min=5, number="六（二）1")
    a_clause(
        new, "DG-59", "duty",
        {"what": "organisation_summary", "title": "2024年总结", "due": {"date": "2024-09-24"}, "to": "issuer"}, number="六",
    )  # fmt: skip
    a_term(Vocabulary.UNIT_KIND, "school", "学校")
    return year


def test_notices_are_compared_clause_by_clause(two):
    assert kepu("compare", "kepuri-2023", "kepuri-2024", "--place", "441900").splitlines() == [
        "东莞市全国科普日活动通知（dongguan-2023 → dongguan-2024）",
        "~ DG-48",
        "    填报时，距活动开始的天数不少于7天。",
        "  → 填报时，距活动开始的天数不少于5天。",
        "  相同1条。",
        "2023年通知：society（society → —）",
        "- SO-1",
        "    填报时，距活动开始的天数不少于9天。",
        "  相同0条。",
        "2023年通知：broken（broken-2023 → —）",
        "  有一份按现在的格式读不出来，没有比。",
        "2023年通知：unseen（unseen-2023 → —）",
        "  相同0条。",
    ]


def test_the_rules_for_a_kind_of_unit_are_compared(two):
    two.notices["broken-2023"].clauses.all().delete()
    said = kepu("compare", "kepuri-2023", "kepuri-2024", "--place", "441900103", "--kind", "school", "--json")
    (part,) = json.loads(said)
    assert (part["title"], part["unchanged"]) == ("石龙镇 school", 1)
    changes = {row["key"]: (row["change"], row["notes"]) for row in part["rows"]}
    assert changes == {
        "activity.lead_days": ("changed", []), "theme": ("only_before", []), "window.concentrated": ("only_before", []),
    }  # fmt: skip


@pytest.mark.parametrize(("words", "said"), [
    (("--place", "nowhere"), "没有代码为“nowhere”的地区"), (("--kind", "nothing"), "没有代码为“nothing”的单位类别"),
])  # fmt: skip
def test_what_is_unknown_is_a_sentence(two, words, said):
    with pytest.raises(Incomplete, match=said):
        kepu("compare", "kepuri-2023", "kepuri-2024", *words, fails=True)


@pytest.mark.django_db
def test_closing_stays_with_the_command():
    year = a_year()
    with pytest.raises(NotAllowed, match="结束届次由系统管理员用命令完成"):
        close_season(year.season, by=year.by, at=AT)
    assert kepu("close", "kepuri-2023") == "2023年全国科普日\n"
    assert not Season.objects.get().is_open
