from kepu.core.refusals import GateClosed, Incomplete, Reason
from kepu.rehearsal.figures import Cause, Figures

LATE = Reason(
    "太晚了。", code="activity.lead_days", clause="六（二）1", clause_id="DG-48", notice="dongguan-2023"
)


def closed():
    raise GateClosed(reasons=[LATE])


def empty():
    raise Incomplete("请填写活动名称。")


def test_an_act_that_is_refused_is_counted_by_its_clause():
    figures = Figures()
    answers = [figures.attempt(closed), figures.attempt(closed), figures.attempt(empty)]
    cause = Cause("DG-48", "六（二）1", "dongguan-2023", "activity.lead_days")
    assert [type(answer) for answer in answers] == [GateClosed, GateClosed, Incomplete]
    assert dict(figures.refused) == {cause: 2, Cause("", "", "", ""): 1}
    assert (figures.acts, figures.told[cause]) == (3, "太晚了。")


def test_an_act_that_goes_through_gives_its_answer():
    figures = Figures()
    assert (figures.attempt(lambda n: n + 1, 6), figures.acts, dict(figures.refused)) == (7, 1, {})
