"""Working at the notice desk as a browser does: addresses, and what a form would send if it were left as it is."""

import re

from lxml import html

NEW = "/workspace/notices/drafts/new/"


def begin(client, way, *, where="place:130224", **more):
    return client.post(NEW, {"where": where, "way": way, **more})


def draft_page(draft):
    return f"/workspace/notices/drafts/{draft.pk}/"


def clause_page(found):
    return f"/workspace/notices/drafts/{found.draft_id}/clauses/{found.pk}/"


def tree(answer):
    """The page as lxml sees it, to ask for more than a strict visitor does."""
    return html.fromstring(answer.content.decode())


def said(answer):
    """What a page says, on one line."""
    return " ".join(tree(answer).text_content().split())


def controls(answer, part):
    """What a browser would send if nothing were changed: every successful control of the form that holds ``part``."""
    form = next(f for f in tree(answer).forms if f.xpath(f".//*[@id='{part}']"))
    sent = {}
    for control in form.xpath(".//input[@name] | .//select[@name] | .//textarea[@name]"):
        kind = control.get("type", "")
        if kind in ("submit", "file") or (kind in ("radio", "checkbox") and control.get("checked") is None):
            continue
        if control.tag == "select":
            values = [o.get("value", "") for o in control.xpath(".//option[@selected]")] or [
                o.get("value", "") for o in control.xpath(".//option")[:1]
            ]
        elif control.tag == "textarea":
            values = [(control.text or "").removeprefix("\n")]
        else:
            values = [control.get("value") or ""]
        sent.setdefault(control.get("name"), []).extend(values)
    return sent


def typed(client, found):
    return controls(client.get(clause_page(found)), "clause-form")


def fill_in(client, found, act="confirm", **changed):
    """Type into a clause's form and press a button; ``c__duty__title`` stands for the control ``c.duty.title``."""
    values = {name.replace("__", "."): value for name, value in changed.items()}
    return client.post(clause_page(found), {**typed(client, found), **values, "act": act})


def seen_on(body):
    """The digest of what an issue page has shown."""
    return re.search(r'name="seen" value="([0-9a-f]{64})"', body)[1]


def issue(client, draft):
    """Look at what the draft touches, then press the button."""
    address = f"{draft_page(draft)}issue/"
    return client.post(address, {"seen": seen_on(client.get(address).content.decode())})
