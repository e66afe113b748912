"""Four eyes come down with the routing: a level below may add them and never takes them away."""

import pytest

from kepu.notices.format.checking import Surroundings, check_notice
from kepu.notices.format.reading import read_notice
from kepu.notices.kinds import Mode
from kepu.notices.kinds.routing import Routing
from tests.notices.test_looseness import file

ROUTES = 'routes = [{ steps = ["coordinator@city"] }]\n'


def routing(four_eyes=None, step="coordinator@city", **more):
    return Routing.model_validate({"routes": [{"steps": [step]}], "four_eyes": four_eyes, **more})


@pytest.mark.parametrize("mode", [Mode.REPLACE, Mode.TIGHTEN, Mode.UNION])
@pytest.mark.parametrize(
    ("above", "below", "together"),
    [(True, None, True), (True, False, True), (None, True, True), (False, True, True), (None, None, None)],
)
def test_what_the_level_above_asks_stays(mode, above, below, together):
    made = routing(below, "coordinator@county").combine(routing(above), mode)
    assert (made.four_eyes, made.routes[0].steps) == (together, ("coordinator@county",))


def test_the_sentence_says_so():
    assert routing(True).sentence() == "由市级统筹单位审核；填报和审核须由不同的人办理。"
    assert (
        routing(True, label="归口单位选市科协").sentence() == "归口单位选市科协；填报和审核须由不同的人办理。"
    )
    assert routing(False).sentence() == "由市级统筹单位审核。"


@pytest.mark.parametrize(("below", "said"), [("false", True), ("true", False), ("", False)])
def test_saying_no_to_it_is_said_to_have_no_effect(below, said):
    child = file("routing", ROUTES + (f"four_eyes = {below}\n" if below else ""))
    parent = file("routing", ROUTES + "four_eyes = true\n", code="above", place="440000")
    around = Surroundings(parents=[read_notice(parent)], amended=[])
    found = [
        p.sentence
        for p in check_notice(read_notice(child), child, "n.toml", around)
        if "去不掉" in p.sentence
    ]
    assert [("上级要求填报和审核由不同的人办理" in sentence) for sentence in found] == (
        [True] if said else []
    )
