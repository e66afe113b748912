import pytest

from tests.notices.drafting.notice import only, proposals, proposed

OFFLINE = {"when": {"mode": ["offline"]}, "labels": {"offline": "线下"}}
ONLINE = {"when": {"mode": ["online"]}, "labels": {"online": "线上"}}


def test_offline_and_online_in_one_sentence():
    gates = proposals(
        "gate_people", "一、要求", "原则上线下活动参与人数不少于50人，线上活动参与人数不少于100人。"
    )

    assert [(dict(g.params), g.strictness) for g in gates] == [
        ({"fact": "participants_expected", "min": 50, "unit": "人", **OFFLINE}, "in_principle"),
        ({"fact": "participants_expected", "min": 100, "unit": "人", **ONLINE}, "in_principle"),
    ]


@pytest.mark.parametrize(("sentence", "bounds"), [
    ("单场活动参加人数不得少于30人。", {"min": 30}), ("每场活动规模不超过200人。", {"max": 200}), ("每场活动100人以上。", {"min": 100}),
    ("单场活动现场观众不低于４０人。", {"min": 40}),
])  # fmt: skip
def test_limits_for_one_event(sentence, bounds):
    (gate,) = proposed("gate_people", "一、要求", sentence)

    assert {k: v for k, v in gate.items() if k in ("min", "max")} == bounds


def test_large_events_need_a_plan():
    one = only("gate_people", "一、要求", "参与人数500人以上的活动须制定应急预案。".replace("的活动", "的，"))

    assert dict(one.params) == {
        "fact": "risk_plan",
        "required": True,
        "when": {"participants_expected": {"min": 500}},
    }


@pytest.mark.parametrize(
    "sentence",
    [
        "各县（市、区）参与人数不少于5000人。",
        "每队队员不超过5人。",
        "每件作品作者不超过3人。",
        "受益群众10万人次以上。",
    ],
)
def test_people_who_are_counted_otherwise(sentence):
    assert proposals("gate_people", "一、要求", sentence) == []


@pytest.mark.parametrize(("sentence", "bounds"), [
    ("各镇每期培训学员30—50人。", [{"min": 30, "max": 50}]),
    ("单场线下听众不少于80人，线上观看不少于500人。", [{"min": 80}, {"min": 500}]),
    ("每场活动志愿者不少于8名，参与群众不少于200人。", [{"min": 200}]),
    ("每次服务群众不少于50人次。", [{"min": 50}]),
])  # fmt: skip
def test_people_of_one_event_by_many_names(sentence, bounds):
    ends = ("min", "max")
    found = [{k: p[k] for k in ends if k in p} for p in proposed("gate_people", "一、要求", sentence)]
    assert found == bounds
