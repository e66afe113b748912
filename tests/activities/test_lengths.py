"""How long a text may be, where a form says so: at filing as strictly as its clause, and of a summary as a whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu.activities.actions import change_activity, file_activity, summarise_activity
from kepu.activities.facts import characters
from kepu.activities.gates import live_gates
from kepu.activities.lengths import fault_of
from kepu.activities.workflow import State
from kepu.core.refusals import GateClosed, Incomplete
from kepu.notices.models import Clause
from kepu.notices.rulebook import forget, rules_in_force
from tests.factories.activities import AFTER, FILED, PUBLISHED, a_draft, an_activity, loaded, summary
from tests.factories.notices import SUMMARY_PARTS, a_clause

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(standing_world):
    return standing_world


def a_form(world, strictness="hard", *, object="activity", **limits):
    """A form whose rows are activities, with a limit on their outline."""
    columns = [
        {"code": "name", "title": "名称", "source": "activity.title"},
        {"code": "outline", "title": "活动概述", "type": "long_text", "source": "activity.outline", **limits},
        {"code": "contact", "title": "联系人", "max_chars": 1, "source": "activity.contact_name"},
        {"code": "said", "title": "意见", "max_chars": 1},
    ]
    notice = world.season.notices.get()
    return a_clause(
        notice,
        "DG-F",
        "form",
        {"code": "activities", "title": "活动表", "object": object, "columns": columns},
        number="附件1",
        strictness=strictness,
    )


class TestOfAnActivity:
    @pytest.mark.parametrize(
        ("limits", "text", "sentence"),
        [
            ({"max_chars": 10}, "讲 座 " * 6, "“活动简介”最多10个字，现在有12个字"),
            ({"min_chars": 5}, "讲 座", "“活动简介”至少5个字，现在有2个字"),
        ],
    )
    def test_filing_is_refused_with_the_clause(self, world, limits, text, sentence):
        a_form(world, **limits)
        draft = a_draft(world, summary=text)
        with pytest.raises(GateClosed, match=sentence) as refusal:
            file_activity(draft, by=world.filer, at=FILED)
        [reason] = refusal.value.reasons
        assert (reason.clause_id, reason.clause, reason.field) == ("DG-F", reason.rule.cite, "summary")
        assert "附件1" in reason.clause
        assert loaded(draft).state == State.DRAFT

    @pytest.mark.parametrize(
        "fits",
        [{"summary": "讲座" * 5}, {"summary": ""}, {"summary": "讲座", "contact_name": "王联系"}],
        ids=["at the bound", "nothing", "a contact is no text"],
    )
    def test_what_fits_is_filed(self, world, fits):
        a_form(world, max_chars=10)
        assert file_activity(a_draft(world, **fits), by=world.filer, at=FILED).state == State.FILED

    def test_in_principle_waits_for_a_waiver_and_strive_is_only_told(self, world):
        clause = a_form(world, "in_principle", max_chars=2)
        filed = file_activity(a_draft(world), by=world.filer, at=FILED)
        assert filed.unmet == ["form.activities"]
        Clause.objects.filter(pk=clause.pk).update(strictness="strive")
        forget()
        assert file_activity(a_draft(world), by=world.filer, at=FILED).unmet == []

    def test_it_is_said_while_somebody_types(self, world):
        a_form(world, max_chars=10)
        in_force = rules_in_force(world.school, world.season, at=FILED)
        said = [
            [
                r.sentence
                for r in live_gates({"summary": text}, in_force, host=world.school, at=FILED).refusals
            ]
            for text in ("讲座", "讲座" * 6)
        ]
        assert [[s for s in some if "活动简介" in s] for some in said] == [
            [], ["“活动简介”最多10个字，现在有12个字。"]
        ]  # fmt: skip

    def test_a_change_is_held_to_it_only_where_it_touches_the_text(self, world):
        activity = an_activity(world, State.PUBLISHED, summary="讲座" * 6)
        a_form(world, max_chars=10)
        with pytest.raises(GateClosed, match="最多10个字"):
            change_activity(activity, changes={"summary": "讲座" * 7}, by=world.filer, at=PUBLISHED)
        change_activity(
            loaded(activity), changes={"publicity_plan": "发公众号"}, by=world.filer, at=PUBLISHED
        )
        assert loaded(activity).publicity_plan == "发公众号"

    def test_a_table_that_sums_up_several_binds_no_single_one(self, world):
        a_form(world, object="series", max_chars=2)
        assert file_activity(a_draft(world), by=world.filer, at=FILED).state == State.FILED


class TestOfAWholeSummary:
    def limited(self, world, **limits):
        clause = Clause.objects.get(code="DG-57")
        Clause.objects.filter(pk=clause.pk).update(params={**clause.params, **limits})
        forget()

    def test_all_parts_together_are_counted(self, world):
        activity = an_activity(world, State.COMPLETED)
        self.limited(world, max_chars=20)
        with pytest.raises(Incomplete, match="《活动总结》各部分合计最多20个字，现在有") as refusal:
            summarise_activity(activity, sections=summary(), by=world.filer, at=AFTER)
        assert [(r.clause_id, r.field) for r in refusal.value.reasons] == [("DG-57", "sections")]
        assert loaded(activity).sections == {}

    def test_too_little_is_said_once_every_part_is_there(self, world):
        activity = an_activity(world, State.COMPLETED)
        self.limited(world, min_chars=400)
        with pytest.raises(Incomplete, match="各部分合计至少400个字"):
            summarise_activity(activity, sections=summary(), by=world.filer, at=AFTER)
        first = next(iter(SUMMARY_PARTS))
        with pytest.raises(Incomplete) as refusal:
            summarise_activity(activity, sections=summary(**{first: ""}), by=world.filer, at=AFTER)
        assert [str(r.sentence) for r in refusal.value.reasons] == [f"请填写“{SUMMARY_PARTS[first]}”。"]

    def test_what_fits_is_taken(self, world):
        activity = an_activity(world, State.COMPLETED)
        total = sum(characters(text) for text in summary().values())
        self.limited(world, min_chars=total, max_chars=total)
        summarise_activity(activity, sections=summary(), by=world.filer, at=AFTER)
        assert loaded(activity).state == State.SUMMARISED


@given(st.integers(0, 40), st.none() | st.integers(1, 20), st.none() | st.integers(20, 40))
def test_both_bounds_are_included(now, least, most):
    fits = (least is None or now >= least) and (most is None or now <= most)
    assert (fault_of("简介", now, least, most) == "") == fits
