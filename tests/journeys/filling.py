"""Fill in a form of the desk as a person does, control by control, until it says what is wanted.

What is wanted is what a browser would send of the form drawn with the right answers: ``{"c.gate.fact": ["host_kind"], …}``.
Rows are added and removed by their buttons, what refreshes the form is waited for, and what is on no list is typed beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Wanted = Mapping[str, list[str]]
Control = dict[str, Any]
TURNS = 40
STATE = """prefix => {
  document.querySelectorAll("form details").forEach(fold => { fold.open = true });
  const controls = [...document.querySelectorAll("form [name]")].filter(c => c.name.startsWith(prefix) && c.tagName !== "BUTTON");
  return controls.map((c, at) => {
    c.dataset.at = at;
    return {
      at, name: c.name, sort: c.tagName === "INPUT" ? c.type : c.tagName.toLowerCase(), value: c.value.replaceAll("\\r\\n", "\\n"),
      checked: !!c.checked, seen: c.checkVisibility(), options: [...(c.options ?? [])].map(o => o.value),
      refreshes: c.hasAttribute("hx-trigger"),
    };
  });
}"""


def fill_in(page, prefix: str, wanted: Wanted) -> None:
    """Fill in the form whose controls begin with ``prefix``. What cannot be entered fails, with its name."""
    wanted = {name: values for name, values in wanted.items() if name.startswith(prefix)}
    for _turn in range(TURNS):
        controls = page.evaluate(STATE, prefix)
        if press := _row_to_change(controls, wanted):
            _press(page, press)
            continue
        left = [c for c in _by_name(controls) if not _is_right(c, wanted)]
        if not left:
            there = {c["name"] for c in controls}
            missing = [n for n, values in wanted.items() if any(values) and not {n, f"{n}.own"} & there]
            assert missing == [], "the form does not ask for what is wanted"
            return
        ready = [c for c in left if c[0]["seen"] or any(box["seen"] for box in c)]
        assert ready, ("hidden, and yet wanted", [c[0]["name"] for c in left])
        for group in ready:
            if _enter(page, group, wanted):
                break  # the form was drawn anew
    raise AssertionError(("the form does not come to rest", [c[0]["name"] for c in left]))


def _by_name(controls: list[Control]) -> list[list[Control]]:
    """The controls of one question together, a line beside a list with its list."""
    groups: dict[str, list[Control]] = {}
    for control in controls:
        name = control["name"]
        base = name.removesuffix(".own")
        groups.setdefault(base if base in groups else name, []).append(control)
    return list(groups.values())


def _rows(names: list[str]) -> dict[str, int]:
    """How many rows each list has."""
    found: dict[str, set[str]] = {}
    for name in names:
        parts = name.split(".")
        for i, part in enumerate(parts):
            if part.isdigit():
                found.setdefault(".".join(parts[:i]), set()).add(part)
    return {name: len(rows) for name, rows in found.items()}


def _row_to_change(controls: list[Control], wanted: Wanted) -> str:
    """The button of the first list that has a row too many, or too few."""
    there = _rows([c["name"] for c in controls])
    needed = _rows([name for name, values in wanted.items() if any(values)])
    for name in sorted({*there, *needed}, key=lambda n: (n.count("."), n)):
        above = name.rpartition(".")[0]
        if there.get(name, 0) < needed.get(name, 0) and (above not in needed or above in there):
            return f"_add:{name}"
        last = there.get(name, 0) - 1
        if last >= needed.get(name, 0) and any(
            c["checked"] or (c["sort"] not in ("checkbox", "radio", "hidden") and c["value"])
            for c in controls if c["name"].startswith(f"{name}.{last}.")
        ):  # fmt: skip
            return f"_remove:{name}.{last}"
    return ""


def _answer(group: list[Control], wanted: Wanted) -> tuple[list[str], str]:
    """What is to be chosen of what is offered, and what is to be typed in the line beside it."""
    name = group[0]["name"]
    values = [value.split("\t")[0] for value in wanted.get(name, [])]
    typed = (wanted.get(f"{name}.own") or [""])[-1]
    if group[0]["sort"] == "select":
        value = typed if values[-1:] == ["+"] else (values or [""])[-1]
        return ([value], "") if value in group[0]["options"] else (["+"], value)
    offered = [box["value"].split("\t")[0] for box in group if box["sort"] in ("checkbox", "radio")]
    has_line = group[-1]["name"].endswith(".own")
    rest = [value for value in values if has_line and value not in offered]
    between = "\n" if group[-1]["sort"] == "textarea" else "、"
    return [value for value in values if value in offered], between.join([*rest, *filter(None, [typed])])


def _is_right(group: list[Control], wanted: Wanted) -> bool:
    first = group[0]
    boxes = [c for c in group if c["sort"] in ("checkbox", "radio")]
    if first["sort"] == "select" or boxes:
        chosen, typed = _answer(group, wanted)
        own = group[-1]["value"] if group[-1]["name"].endswith(".own") else ""
        right = first["value"] in chosen if first["sort"] == "select" else _ticked(boxes) == set(chosen)
        return right and (own == typed or (first["sort"] == "select" and chosen != ["+"]))
    return first["sort"] == "hidden" or first["value"] == _line(first, wanted)


def _line(control: Control, wanted: Wanted) -> str:
    """What a line is to hold; a line without a list beside it takes what would be ticked there."""
    name = control["name"]
    values = [v for n in (name, name.removesuffix(".own")) for v in wanted.get(n, []) if v] or [""]
    values = list(dict.fromkeys(values))
    between = "、" if control["sort"] == "text" else "\n"
    return between.join(value.split("\t")[0] for value in values).replace("\r\n", "\n")


def _ticked(boxes: list[Control]) -> set[str]:
    return {box["value"].split("\t")[0] for box in boxes if box["checked"]}


def _enter(page, group: list[Control], wanted: Wanted) -> bool:
    """Enter one answer; whether the form was drawn anew by it."""
    first, beside = group[0], group[-1]
    boxes = [c for c in group if c["sort"] in ("checkbox", "radio")]
    if first["sort"] != "select" and not boxes:
        _at(page, first).fill(_line(first, wanted))
        return False
    chosen, typed = _answer(group, wanted)
    for box in boxes:
        on = box["value"].split("\t")[0] in chosen
        if box["checked"] != on and (on or box["sort"] == "checkbox"):
            _at(page, box).set_checked(on)
    if first["sort"] == "select" and first["value"] not in chosen:
        if first["refreshes"]:
            with page.expect_response(lambda answer: "_refresh" in (answer.request.post_data or "")):
                _at(page, first).select_option(chosen[0])
            _settled(page)
            return True
        _at(page, first).select_option(chosen[0])
    if beside["name"].endswith(".own") and beside["value"] != typed:
        _at(page, beside).fill(typed)
    return False


def _at(page, control: Control) -> Any:
    return page.locator(f'[data-at="{control["at"]}"]')


def _press(page, button: str) -> None:
    with page.expect_response(lambda answer: button.partition(":")[2] in (answer.request.post_data or "")):
        page.locator(f'button[name="{button}"]').click()
    _settled(page)


def _settled(page) -> None:
    """Wait until htmx has put in what came."""
    for _moment in range(200):
        if not page.evaluate(
            "!!document.querySelector('.htmx-swapping, .htmx-settling, .clause-form .htmx-request')"
        ):
            return
        page.wait_for_timeout(20)
    raise AssertionError("the form is still waiting for an answer")
