"""How trees of notices hang together: each branch once, nothing lost, no way up that comes back."""

from hypothesis import given
from hypothesis import strategies as st

from kepu.notices.inheritance import ClauseView, InForce, NoticeView, Rules
from kepu.notices.kinds import Mode, Status, Strictness
from kepu.notices.kinds.audience import Audience
from kepu.notices.kinds.track import Node, Track
from kepu.web.portal.tracks.tree import codes_under, forest_of

NOTICE = NoticeView(
    1, "na", "通知", "〔2023〕15号", "中国科协", "formal", "/", "中国", "", None, None, "2023"
)


def rules(*trees, frames=()):
    """Rules in force of trees given as (key, params)."""
    found = {}
    for key, params in trees:
        clause = _clause(key, params, Audience())
        found[key] = InForce(
            key, None, clause.params, clause, Mode.REPLACE, Status.FINAL, Strictness.HARD, (clause,)
        )
    others = {key: (_clause(key, params, audience),) for key, params, audience in frames}
    return Rules(found, others)


def _clause(key, params, audience):
    checked = params if isinstance(params, Track) else Track.model_validate({"title": key, **params})
    return ClauseView(
        1, NOTICE, key, "三", "track", key, checked, audience, Strictness.HARD, Status.FINAL, Mode.REPLACE
    )


def nodes(*codes, **parents):
    return [{"code": code, "label": code} for code in codes] + [
        {"code": code, "label": code, "parent": parent} for code, parent in parents.items()
    ]


def drawn(forest):
    def below(branch):
        return {branch.code: [below(one) for one in branch.below]} if branch.below else branch.code

    return {grove.tree.title: [below(branch) for branch in grove.branches] for grove in forest.groves}


def test_a_tree_hangs_under_the_branch_it_names():
    forest = forest_of(rules(
        ("track.series.societies", {"code": "series", "under": "societies", "nodes": nodes("food")}),
        ("track.joint", {"code": "joint", "under": "joint_actions", "nodes": nodes("societies", "halls")}),
        ("track.tracks", {"code": "tracks", "nodes": nodes("main_venue", "joint_actions")}),
    ))  # fmt: skip

    assert drawn(forest) == {
        "track.tracks": ["main_venue", {"joint_actions": [{"societies": ["food"]}, "halls"]}]
    }
    assert [one.code for one in forest.branches["food"].above] == ["joint_actions", "societies"]
    assert [tree.title for tree in forest.branches["societies"].trees] == ["track.series.societies"]


def test_a_parent_in_the_tree_goes_before_the_place_where_the_tree_hangs():
    forest = forest_of(rules(
        ("track.tracks", {"code": "tracks", "nodes": nodes("a", "b")}),
        ("track.more", {"code": "more", "under": "a", "nodes": nodes("c", d="c")}),
    ))  # fmt: skip
    assert drawn(forest) == {"track.tracks": [{"a": [{"c": ["d"]}]}, "b"]}


def test_what_hangs_under_nothing_stands_under_its_own_title():
    forest = forest_of(
        rules(
            ("track.tracks", {"code": "tracks", "nodes": nodes("a")}),
            ("track.series.rural", {"code": "series", "under": "gone", "nodes": nodes("rural")}),
        )
    )
    assert drawn(forest) == {"track.tracks": ["a"], "track.series.rural": ["rural"]}


def test_an_open_tree_without_branches_hangs_where_it_says():
    forest = forest_of(
        rules(
            ("track.tracks", {"code": "tracks", "nodes": nodes("societies")}),
            (
                "track.series.societies",
                {"code": "series", "under": "societies", "open_ended": True, "nodes": []},
            ),
        )
    )
    assert drawn(forest) == {"track.tracks": ["societies"]}
    assert len(forest.branches["societies"].trees) == 1


def test_a_code_that_stands_twice_is_one_branch():
    forest = forest_of(
        rules(
            ("track.tracks", {"code": "tracks", "nodes": nodes("cloud_day")}),
            ("track.special", {"code": "special", "nodes": nodes("cloud_day", "youth")}),
        )
    )
    assert drawn(forest) == {"track.tracks": ["cloud_day"], "track.special": ["youth"]}


def test_what_binds_only_some_is_there_and_says_whom():
    named = Audience(kinds=("school",))
    forest = forest_of(
        rules(
            frames=[("track.series.schools", {"code": "series", "nodes": nodes("open_day")}, named)],
        )
    )
    assert drawn(forest) == {"track.series.schools": ["open_day"]}
    assert forest.groves[0].tree.who == "school"


codes = st.sampled_from("abcdef")
a_tree = st.lists(st.tuples(codes, st.none() | codes), unique_by=lambda pair: pair[0], max_size=6)


@given(st.lists(st.tuples(a_tree, st.none() | codes), max_size=4))
def test_every_branch_is_drawn_once_whatever_names_what(trees):
    """Trees of two notices that were put together may name what is not there, and each other."""
    forest = forest_of(rules(*(
        (f"track.t{n}", Track.model_construct(
            code=f"t{n}", title=f"t{n}", under=under,
            nodes=tuple(Node(code=code, label=code, parent=parent) for code, parent in found),
        ))
        for n, (found, under) in enumerate(trees)
    )))  # fmt: skip

    shown = [code for grove in forest.groves for branch in grove.branches for code in codes_under(branch)]
    assert sorted(shown) == sorted({code for found, _under in trees for code, _parent in found})
