import pytest
from django.db import connection

from kepu.core import audit
from kepu.core.fields import ancestors
from kepu.core.refusals import NotAllowed
from kepu.core.sheets import LineReport, Row
from kepu.orgs import actions
from kepu.orgs.models import Level, Place, PlaceKind, Unit
from tests.conftest import NOON
from tests.factories.orgs import a_chain, a_coordinator, a_place, a_unit

pytestmark = pytest.mark.django_db


def rows(*lines, start=2):
    """Lines of "code name kind parent [level]" as a sheet has them."""
    headers = ("code", "name", "kind", "parent_code", "level")
    return [
        Row(i, dict(zip(headers, line.split(), strict=False))) for i, line in enumerate(lines, start=start)
    ]


def paths(*codes):
    return dict(Place.objects.filter(code__in=codes).order_by("code").values_list("code", "path"))


class TestLoadDivisions:
    def test_every_division_stands_under_its_parent(self, system):
        written = actions.load_divisions(by=system, at=NOON)

        assert (written.created, written.changed) == (3215, 0)
        assert paths("CN", "440000", "441900", "440103", "110101") == {
            "CN": "/",
            "440000": "/440000/",
            "441900": "/440000/441900/",
            "440103": "/440000/440100/440103/",
            "110101": "/110000/110101/",
        }
        by_id = {place.pk: place for place in Place.objects.order_by("pk")}
        for place in by_id.values():
            above = ancestors(place.path)[:-1] if place.parent_id else []
            assert (by_id[place.parent_id].path if place.parent_id else None) == (
                above[-1] if above else None
            )

    def test_loading_again_changes_nothing(self, system):
        actions.load_divisions(by=system, at=NOON)
        written = actions.load_divisions(by=system, at=NOON)
        assert (written.created, written.changed) == (0, 0)
        assert audit.of(Place.objects.get(code="CN")).count() == 1

    def test_what_is_there_is_corrected_and_its_units_with_it(self, system):
        nation = a_place("CN", "China", kind=PlaceKind.NATION)
        sichuan = a_place("510000", "四川省", kind=PlaceKind.PROVINCE, parent=nation)
        chengdu = a_place("510100", "成都", kind=PlaceKind.CITY, parent=sichuan)
        unit = a_unit(chengdu)

        written = actions.load_divisions(by=system, at=NOON)

        assert (written.created, written.changed) == (3212, 2)
        chengdu.refresh_from_db()
        unit.refresh_from_db()
        assert (chengdu.name, chengdu.kind) == ("成都市", PlaceKind.SUB_PROVINCIAL_CITY)
        assert (unit.place_kind, unit.level) == (PlaceKind.SUB_PROVINCIAL_CITY, Level.CITY)

    def test_only_the_system_loads(self):
        coordinator = a_coordinator(a_unit(a_chain()[0], coordinates=[Place.objects.get(code="CN")]))
        with pytest.raises(NotAllowed, match="只能由系统管理员"):
            actions.load_divisions(by=coordinator, at=NOON)


class TestImportPlaces:
    def test_towns_parks_zones_and_villages_go_in_whatever_their_order(self, system):
        a_chain()
        report = actions.import_places(
            rows(
                "441900121001 虎门社区 社区 441900121",
                "441900121 虎门镇 乡镇、街道 441900",
                "DG-SSL 松山湖 park 441900",
                "TS-HG 海港开发区 zone 440000 county",
                "441900450 松山湖街道 town 441900",
            ),
            by=system,
            at=NOON,
        )

        assert (report.written, report.refused) == (True, ())
        assert paths("441900121001", "DG-SSL", "TS-HG") == {
            "441900121001": "/440000/441900/441900121/441900121001/",
            "DG-SSL": "/440000/441900/DG-SSL/",
            "TS-HG": "/440000/TS-HG/",
        }
        assert Place.objects.get(code="DG-SSL").level == Level.TOWN

    def test_nothing_goes_in_where_one_line_is_bad(self, system):
        a_chain()
        table = rows("441900121 虎门镇 town 441900", "441900122 长安镇 town 999999")

        report = actions.import_places(table, by=system, at=NOON)

        assert report.written is False
        assert report.lines == (
            LineReport(2, True, "可以导入：虎门镇"),
            LineReport(3, False, "找不到上级 999999。请改正上级代码，或把上级也写进表里。"),
        )
        assert Place.objects.count() == 4

    def test_the_good_lines_go_in_where_a_part_will_do(self, system):
        a_chain()
        table = rows("441900121 虎门镇 town 441900", "441900122 长安镇 town 999999")
        report = actions.import_places(table, by=system, at=NOON, partial=True)
        assert (report.written, paths("441900121", "441900122")) == (
            True,
            {"441900121": "/440000/441900/441900121/"},
        )

    def test_a_dry_run_answers_and_writes_nothing(self, system):
        a_chain()
        table = rows("441900121 虎门镇 town 441900", "441900122 长安镇 town 999999")
        dry = actions.import_places(table, by=system, at=NOON, dry_run=True)
        assert (dry.written, Place.objects.count()) == (False, 4)
        assert dry.lines == actions.import_places(table, by=system, at=NOON).lines

    def test_importing_again_changes_nothing(self, system):
        a_chain()
        table = rows("441900121 虎门镇 town 441900")
        actions.import_places(table, by=system, at=NOON)
        before = list(Place.objects.order_by("pk").values())
        report = actions.import_places(table, by=system, at=NOON)
        assert (report.written, list(Place.objects.order_by("pk").values())) == (True, before)

    def test_a_name_is_corrected(self, system):
        a_chain()
        actions.import_places(rows("441900103 石龙镇（新） town 441900"), by=system, at=NOON)
        assert Place.objects.get(code="441900103").name == "石龙镇（新）"

    @pytest.mark.parametrize(
        ("lines", "line", "sentence"),
        [
            (["A1 甲 park B1", "B1 乙 park A1"], 2, "上级关系绕成了一圈：A1 → B1 → A1。请改正其中一行的上级代码。"),
            (["A1 甲 park A1"], 2, "上级关系绕成了一圈：A1 → A1。请改正其中一行的上级代码。"),
            (["A1 甲 park B1", "B1 乙 park C1", "C1 丙 park B1"], 2, "上级 B1 那一行没有通过。请先改正那一行。"),
            (["A1 甲 zone 441900", "A1 乙 zone 441900"], 3, "代码 A1 在第 2 行已经出现过。请删去一行。"),
            (
                ["441900121 虎门镇 town 440000"], 2,
                "代码 441900121 按国家标准属于 441900，不属于 440000。请改正代码或上级代码。",
            ),
            (
                ["440300 深圳市 city CN"], 2,
                "代码 440300 按国家标准属于 440000，不属于 CN。请改正代码或上级代码。",
            ),
            (
                ["441900103 石龙镇 town 440000"], 2,
                "代码 441900103 按国家标准属于 441900，不属于 440000。请改正代码或上级代码。",
            ),
            (
                ["A1 甲 twon 441900"], 2,
                "类别“twon”不认识。您是不是要写“town”？可用的有：国家、省、自治区、直辖市、特别行政区、"
                "新疆生产建设兵团、副省级城市、地级市、地区、州、盟、县（市、区）、开发区（管理区）、新区、园区、"
                "乡镇、街道、村、社区。",
            ),
            (["A/1 甲 park 441900"], 2, "代码“A/1”不能用。代码只用字母、数字、横线，最多 20 个字符。"),
            (["A1"], 2, "A1 的名称空着或超过 60 字。请填上名称。"),
            (["A1 甲 park"], 2, "“甲”没有上级代码。请填上它所在地区的代码。"),
            (
                ["A1 甲 county 441900103"], 2,
                "“甲”的级别（县级）应低于上级的级别（镇街级）。请改正级别、类别或上级代码。",
            ),
            (
                ["A1 甲 town 441900103"], 2,
                "“甲”的级别（镇街级）应低于上级的级别（镇街级）。请改正级别、类别或上级代码。",
            ),
        ],
    )  # fmt: skip
    def test_a_line_that_cannot_be_taken_says_why(self, system, lines, line, sentence):
        a_chain()
        report = actions.import_places(rows(*lines), by=system, at=NOON)
        assert LineReport(line, False, sentence) in report.refused
        assert Place.objects.count() == 4

    def test_a_place_never_moves(self, system):
        _nation, _guangdong, dongguan, _shilong = a_chain()
        a_place("DG-SSL", "松山湖", kind=PlaceKind.PARK, parent=dongguan)
        report = actions.import_places(rows("DG-SSL 松山湖 park 440000"), by=system, at=NOON)
        assert [line.sentence for line in report.refused] == [
            "“松山湖”（DG-SSL）已在 441900 之下，不能改挂到 440000。请改回原来的上级代码。"
        ]

    def test_a_town_may_lie_in_an_area_that_lies_in_its_city(self, system):
        _nation, guangdong, dongguan, _shilong = a_chain()
        a_place("DG-SSL", "松山湖", kind=PlaceKind.NEW_AREA, parent=dongguan)
        other = a_place("440100", "广州市", kind=PlaceKind.CITY, parent=guangdong)
        a_place("GZ-NS", "南沙新区", kind=PlaceKind.NEW_AREA, parent=other)

        report = actions.import_places(
            rows("441900401 松山湖街道 town DG-SSL", "441900402 别处 town GZ-NS"),
            by=system,
            at=NOON,
            partial=True,
        )

        assert [line.ok for line in report.lines] == [True, False]
        assert paths("441900401") == {"441900401": "/440000/441900/DG-SSL/441900401/"}

    def test_days_are_taken_and_a_wrong_one_is_refused(self, system):
        a_chain()
        good = Row(
            2, {"代码": "A1", "名称": "甲", "类别": "园区", "上级代码": "441900", "启用日期": "2023-01-01"}
        )
        bad = Row(3, {"代码": "A2", "名称": "乙", "类别": "园区", "上级代码": "441900", "停用日期": "去年"})
        report = actions.import_places([good, bad], by=system, at=NOON, partial=True)
        assert report.lines[1].sentence == "日期“去年”不认识。请写成 2023-09-08 的样子。"
        assert Place.objects.get(code="A1").valid_from.isoformat() == "2023-01-01"

    def test_a_coordinator_adds_places_in_its_own_area_only(self):
        _nation, _guangdong, dongguan, _shilong = a_chain()
        coordinator = a_coordinator(a_unit(dongguan, coordinates=[dongguan]))
        report = actions.import_places(
            rows("441900121 虎门镇 town 441900", "440300 深圳市 city 440000", "441900 东莞 city 440000"),
            by=coordinator,
            at=NOON,
            partial=True,
        )
        assert [(line.ok, line.sentence) for line in report.lines] == [
            (True, "可以导入：虎门镇"),
            (False, "“深圳市”不在您统筹的地区之内。请交给它上一级的统筹单位导入。"),
            (False, "“东莞”不在您统筹的地区之内。请交给它上一级的统筹单位导入。"),
        ]

    def test_a_changed_kind_reaches_the_units_there(self, system):
        _nation, _guangdong, _dongguan, shilong = a_chain()
        unit = a_unit(shilong)
        actions.import_places(rows("441900103 石龙区 zone 441900 county"), by=system, at=NOON)
        assert Unit.objects.values_list("place_kind", "level").get(pk=unit.pk) == ("zone", "county")

    @pytest.mark.parametrize("count", [1, 30])
    def test_looking_costs_one_query_however_long_the_table(self, system, django_assert_num_queries, count):
        a_chain()
        table = rows(*[f"4419001{i:02} 第{i}镇 town 441900" for i in range(10, 10 + count)])
        with django_assert_num_queries(1):
            actions.import_places(table, by=system, at=NOON, dry_run=True)

    def test_a_thousand_villages_in_a_row_are_taken(self, system):
        a_chain()
        table = rows(*[f"441900103{i:03} 第{i}村 village 441900103" for i in range(1000)])
        report = actions.import_places(table, by=system, at=NOON)
        assert (report.written, Place.objects.filter(level=Level.VILLAGE).count()) == (True, 1000)


def test_a_subtree_is_a_range_of_the_index():
    """LIKE would be none on SQLite, and none on PostgreSQL outside the C collation."""
    _nation, guangdong, *_rest = a_chain()
    sql, parameters = Place.objects.under(guangdong.path).values("id").query.sql_with_params()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"EXPLAIN {'QUERY PLAN' if connection.vendor == 'sqlite' else ''} {sql}", parameters)
        plan = " ".join(str(cell) for row in cursor.fetchall() for cell in row)
    assert "path>? AND path<?" in plan or "Index Cond: (((path)::text >= '/440000/'" in plan
