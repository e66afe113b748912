"""Every route of the workspace has a place in the menu and is closed to strangers."""

import pytest
from django.urls import get_resolver

from kepu.orgs.actor import Actor
from kepu.web.navigation import MENU, PORTAL

# signed in, but not yet acting for a unit
BEFORE_A_UNIT_IS_CHOSEN = {"workspace:unit"}


def routes(namespace):
    """Each view under a namespace by its full name; an address with a view for each method gives them all."""
    _, resolver = get_resolver().namespace_dict[namespace]
    for pattern in resolver.url_patterns:
        for view in getattr(pattern.callback, "views", {"": pattern.callback}).values():
            yield f"{namespace}:{pattern.name}", view


def pages(namespace):
    return {name for name, view in routes(namespace) if not getattr(view, "only_writes", False)}


def test_every_page_of_the_workspace_has_a_place_in_the_menu():
    placed = {route for entry in MENU for route in (entry.route, *entry.under)}
    assert pages("workspace") - placed == set()


def test_the_menus_name_only_pages_that_exist():
    there = {name for name, _ in [*routes("workspace"), *routes("portal")]}
    placed = {route for entry in (*MENU, *PORTAL) for route in (entry.route, *entry.under) if ":" in route}
    assert placed - there == set()


def test_no_page_has_two_places():
    placed = [route for entry in MENU for route in (entry.route, *entry.under)]
    assert sorted(set(placed)) == sorted(placed)


def test_every_view_of_the_workspace_asks_for_somebody_who_acts_for_a_unit():
    open_to_all = {name for name, view in routes("workspace") if not getattr(view, "for_workspace", False)}
    assert open_to_all == BEFORE_A_UNIT_IS_CHOSEN


@pytest.mark.parametrize("entry", MENU, ids=lambda entry: entry.route)
def test_who_holds_no_post_sees_only_what_is_for_all(entry):
    nobody = Actor(person_id=1, person_name="", unit=None)
    assert entry.visible_to(nobody) is (entry.roles == ())
