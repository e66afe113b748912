import pytest

from kepu.core.refusals import Incomplete, NotAllowed
from kepu.orgs import actions, queries
from kepu.orgs.models import Line, Term, Vocabulary
from tests.conftest import NOON
from tests.factories.orgs import a_chain, a_line, a_unit, an_actor

pytestmark = pytest.mark.django_db
LINES = [
    {"code": "edu-hi", "name": "高校", "parent": "edu"},
    {"code": "edu", "name": "教育系统", "parent": ""},
    {"code": "sci", "name": "科技系统"},
]


def lines():
    return dict(Line.objects.order_by("code").values_list("path", "name"))


def test_lines_stand_under_their_parents_whatever_their_order(system):
    assert actions.load_lines(LINES, by=system, at=NOON) == 3
    assert lines() == {"/edu/": "教育系统", "/edu/edu-hi/": "高校", "/sci/": "科技系统"}


def test_loading_lines_again_changes_nothing_and_a_new_name_counts(system):
    actions.load_lines(LINES, by=system, at=NOON)
    assert actions.load_lines(LINES, by=system, at=NOON) == 0
    assert actions.load_lines([{"code": "sci", "name": "科技部门"}], by=system, at=NOON) == 1
    assert lines()["/sci/"] == "科技部门"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            [{"code": "a", "name": "甲", "parent": "zzz"}],
            "系统“甲”（a）的上级 zzz 不存在，或上级关系绕成了一圈。请改正上级代码。",
        ),
        (
            [{"code": "a", "name": "甲", "parent": "b"}, {"code": "b", "name": "乙", "parent": "a"}],
            "系统“甲”（a）的上级 b 不存在，或上级关系绕成了一圈。请改正上级代码。",
        ),
        (
            [{"code": "old", "name": "旧", "parent": "root"}],
            "系统“旧”（old）已有别的上级，不能改挂。请改回原来的上级代码。",
        ),
    ],
)
def test_a_line_that_cannot_be_placed_says_why(system, given, sentence):
    a_line("old")
    a_line("root")
    with pytest.raises(Incomplete) as refusal:
        actions.load_lines(given, by=system, at=NOON)
    assert str(refusal.value) == sentence
    assert Line.objects.count() == 2


def test_words_are_loaded_corrected_and_kept(system):
    words = [
        {"vocabulary": "unit_kind", "code": "school", "name": "学校", "name_en": "School", "position": 2},
        {"vocabulary": "unit_kind", "code": "museum", "name": "科技馆", "position": 1},
        {"vocabulary": "body", "code": "school", "name": "同名的机制"},
    ]
    assert actions.load_terms(words, by=system, at=NOON) == 3
    assert actions.load_terms(words, by=system, at=NOON) == 0
    assert actions.load_terms([{**words[0], "name": "中小学"}], by=system, at=NOON) == 1
    found = [(term.code, term.name) for term in queries.terms(Vocabulary.UNIT_KIND)]
    assert found == [("museum", "科技馆"), ("school", "中小学")]
    assert Term.objects.count() == 3


@pytest.mark.parametrize("load", [actions.load_lines, actions.load_terms])
def test_only_the_system_loads(load):
    clerk = an_actor(a_unit(a_chain()[0]))
    with pytest.raises(NotAllowed):
        load([], by=clerk, at=NOON)
