"""Every page that needs no account, as those find it who see, hear or hold it otherwise: in every look and in both languages.

Each page is opened twice: in Chinese, where the look is then changed on the spot, as the style sheets ask for it; and in English without pictures.
"""

import json

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.test import Client
from django.urls import NoReverseMatch, reverse

from kepu.activities.models import PictureKind
from kepu.activities.workflow import State
from tests.factories.activities import an_activity
from tests.factories.coming import an_application
from tests.factories.notices import a_clause, a_notice, a_season, china
from tests.factories.pictures import a_picture
from tests.factories.support import an_answer, an_error_report
from tests.web.workspace.hostile import addresses

pytestmark = pytest.mark.journey

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
SEEN, SHARP, PRESSED = (
    ("color-contrast", "link-in-text-block"),
    ("color-contrast-enhanced",),
    ("target-size",),
)
# what a page says of itself on <html data-look> beside the usual look, and the rules that another answer may come of; 7:1 in sharp contrast
LOOKS = {
    "dark": SEEN, "contrast light": SHARP, "contrast dark": SHARP, "large light": PRESSED, "large contrast dark lite": PRESSED,
}  # fmt: skip
FIRST, NARROW, WIDE = 360, 320, 1440
HEIGHT = 800

# one address of each route that asks for something; what needs the world is said in pages()
ONE_EACH = {
    "portal:notice": "/notices/2023/na/", "portal:season": "/seasons/2022/", "portal:track": "/tracks/joint/", "portal:cloud-part": "/cloud/open/",
    "portal:why": "/notices/why/?key=theme", "account_reset_password_from_key": "/accounts/password/reset/key/1-key/",
}  # fmt: skip
# routes of which no page comes, or which only their holder opens (the journeys of those who do); and the desk's forms, all of
# them on one page, which nobody opens but who makes them (the desk's journeys look at each)
NO_PAGES = {
    "portal:activity-calendar", "portal:picture", "portal:compilation-file", "portal:activity-poster-file", "portal:place-poster-file",
    "portal:sitemap-activities", "portal:notice-file", "portal:join-withdrawal", "portal:figures-sheet", "api:activity", "api:place", "api:notice",
    "api:unknown", "feeds:unit", "openid_connect_login", "openid_connect_callback", "mfa_edit_webauthn", "mfa_remove_webauthn",
    "portal:activity-suggestions", "gallery-error", "personal:consent", "personal:consent-withdrawal", "invitations:invitation", "invitations:joining",
    "gallery-clauses", "gallery-clause",
}  # fmt: skip
SIDE_BY_SIDE = "/gallery/"  # what stands there in tables, in all its states, stands alone on its page
MONTH = {
    "code": "concentrated",
    "title": "集中开展",
    "start": {"date": "2023-08-24"},
    "end": {"date": "2023-09-23"},
}
TRACKS = {"code": "tracks", "title": "活动板块", "nodes": [
    {"code": "main_venue", "label": "主场活动"}, {"code": "joint", "label": "系列联合行动", "theme": "同上一堂科学课"},
]}  # fmt: skip
ONLINE = {"mode": "online", "online_link": "https://live.example.cn/1", "participants_expected": 200}
REACHED = """() => {
  const width = document.documentElement.clientWidth;
  const said = (e) => e.outerHTML.slice(0, 140);
  const scrolls = (e) => { for (let up = e; up && up !== document.body; up = up.parentElement)
    if (['auto', 'scroll'].includes(getComputedStyle(up).overflowX)) return true; return false; };
  const shown = [...document.querySelectorAll('body *')].filter((e) => !e.closest('svg, .visually-hidden, .skip, option, datalist')
    && e.checkVisibility({visibilityProperty: true}) && e.innerText?.trim());
  // what is read sticks out of what cuts it off; a mark without words may
  const sticksOut = (e) => { const box = e.getBoundingClientRect();
    return !e.children.length || [...e.querySelectorAll('*')].some((inner) => { const its = inner.getBoundingClientRect();
      return !inner.closest('.visually-hidden') && inner.innerText?.trim() && (its.right > box.right + 1 || its.bottom > box.bottom + 1); }); };
  const cut = shown.filter((e) => { const style = getComputedStyle(e);
    return [style.overflowX, style.overflowY].some((way) => ['hidden', 'clip'].includes(way))
      && e.offsetWidth > 1 && e.offsetHeight > 1 // what is there for the ear alone
      && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1) && sticksOut(e); });
  const out = shown.filter((e) => { const box = e.getBoundingClientRect();
    return !e.children.length && box.width && (box.right > width + 1 || box.left < -1) && !scrolls(e); });
  const wide = document.documentElement.scrollWidth - width;
  return [...(wide > 0 ? [`wider than its window by ${wide} px`] : []), ...cut.map((e) => `cut off: ${said(e)}`), ...out.map((e) => `outside: ${said(e)}`)];
}"""


@pytest.fixture
def pages(school, settings, folder, monkeypatch):
    """A season in which every page has something to show: the address of each by its route."""
    settings.KEPU_REHEARSAL = True
    a_season(
        "2022",
        is_open=False,
        year=2022,
        name="2022年全国科普日",
        first_day=china(2022, 9, 15).date(),
        last_day=china(2022, 9, 21).date(),
    )
    notice = a_notice(school.season, school.nation, "na", number="科协发普字〔2023〕15号")
    for code, kind, params in (
        ("NA-05", "theme", {"text": "提升全民科学素质，助力科技自立自强"}),
        ("NA-06", "window", MONTH),
        ("NA-26", "track", TRACKS),
        ("NA-40", "call", {"code": "videos", "title": "科普短视频", "closes": {"date": "2023-09-30"}}),
        (
            "NA-41",
            "programme",
            {"code": "main", "title": "主场活动", "type": "main_venue", "where": "北京市"},
        ),
        (
            "NA-42",
            "quota",
            {"of": "broadcasts", "per": "place", "place_level": "town", "min": 1, "unit": "场"},
        ),
    ):
        a_clause(notice, code, kind, params, number="一")
    shown = an_activity(
        school, State.PUBLISHED, title="走进气象台：台风是怎样被看见的", key_activity=True, latitude=23.1065, longitude=113.8748,
        tracks=["joint"], undertakers=["石龙镇卫生院"],
    )  # fmt: skip
    a_picture(school, shown, "poster", kind=PictureKind.POSTER, alt="海报：台风")
    a_picture(school, shown, "one", alt="学生看风速仪")
    an_activity(
        school,
        State.PUBLISHED,
        title="东莞主场",
        main_venue=True,
        activity_level="city",
        subtheme="厚植科技创新沃土，擦亮科幻之都名片",
    )
    an_activity(school, State.PUBLISHED, title="云上观星", **ONLINE)
    an_activity(
        school,
        State.PUBLISHED,
        title="线上展览",
        **ONLINE | {"starts_at": china(2023, 9, 5), "ends_at": china(2023, 9, 30)},
    )
    an_activity(school, State.CANCELLED, title="取消的讲座")
    an_activity(school, State.POSTPONED, title="延期的讲座")
    an_activity(school, State.SUMMARISED, title="办过的讲座")
    an_answer(school)
    _application, token = an_application(school.town)
    report = an_error_report(school.season, school.school, about=shown.pk)
    monkeypatch.setattr("kepu.core.clock.now", lambda: china(2023, 9, 17, 10))
    one = {"pk": shown.pk}
    city = school.city.code
    return ONE_EACH | {
        "portal:activity": reverse("portal:activity", kwargs=one),
        "portal:activity-poster": reverse("portal:activity-poster", kwargs=one),
        "portal:place-poster": reverse("portal:place-poster", args=[city]),
        "portal:error-report-new": reverse("portal:error-report-new", kwargs=one),
        "portal:error-report": reverse("portal:error-report", args=[report.key]),
        "portal:join-claim": reverse("portal:join-claim", args=[school.school.pk]),
        "portal:join-status": reverse("portal:join-status", args=[token]),
        "portal:join-correction": reverse("portal:join-correction", args=[token]),
    }


def every_page(one_each):
    """The address of every page that anybody may open, by its route; and what is wrong with this list."""
    found, wrong = {}, []
    for name, _route, _entry in addresses():
        if not name or name.startswith("workspace:") or name in NO_PAGES:
            continue
        try:
            path = one_each.get(name) or reverse(name)
        except NoReverseMatch:
            wrong.append(f"{name} has no address here")
            continue
        answer = Client().get(path)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            found[name] = path
        elif name in one_each:
            wrong.append(f"{name}: {path} answers {answer.status_code}")
    return found, wrong


def wrong_in(page, kind, values):
    """What axe-core finds by the rules of these tags (``tag``), or by these (``rule``)."""
    options = json.dumps({"runOnly": {"type": kind, "values": values}, "resultTypes": ["violations"]})
    found = page.evaluate(
        f"axe.run(document, {options}).then((r) => r.violations.map((v) => [v.id, v.nodes.map((n) => n.html.slice(0, 160))]))"
    )
    return [f"{rule}: {html}" for rule, nodes in found for html in nodes]


def in_every_look(page):
    """The page as it stands, in each look."""
    page.evaluate(AXE_SCRIPT)
    yield from wrong_in(page, "tag", TAGS)
    for look, rules in LOOKS.items():
        page.evaluate("look => { document.documentElement.dataset.look = look; }", look)
        yield from (f"({look}) {said}" for said in wrong_in(page, "rule", rules))


def at_every_size(page):
    """Nothing scrolls aside and nothing is cut off: on a narrow phone, in large type, and with text twice as large."""
    for how, width, change in (
        ("320 px", NARROW, ""),
        ("large", FIRST, "document.documentElement.dataset.look = 'large'"),
        (
            "200 %",
            FIRST,
            "document.documentElement.dataset.look = ''; document.documentElement.style.fontSize = '200%'",
        ),
        ("1440 px", WIDE, "document.documentElement.style.fontSize = ''"),
    ):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.evaluate(change or "0")
        yield from (f"({how}) {said}" for said in page.evaluate(REACHED))
    page.set_viewport_size({"width": FIRST, "height": HEIGHT})


def test_everybody_can_use_every_page(phone, pages, live_server):
    found, wrong = every_page(pages)
    assert wrong == [], "\n".join(wrong)
    phone.emulate_media(color_scheme="light", reduced_motion="reduce")
    for path in found.values():
        phone.goto(path)
        sizes = at_every_size(phone) if path != SIDE_BY_SIDE else ()
        wrong += [f"{path} {said}" for said in (*in_every_look(phone), *sizes)]
    phone.context.add_cookies([{"name": "kepu_look", "value": "lite", "url": live_server.url}])
    for path in found.values():
        phone.goto(f"{path}{'&' if '?' in path else '?'}lang=en")
        phone.evaluate(AXE_SCRIPT)
        sizes = at_every_size(phone) if path != SIDE_BY_SIDE else ()
        wrong += [f"{path} (en) {said}" for said in (*wrong_in(phone, "tag", TAGS), *sizes)]
    assert wrong == [], "\n".join(wrong)
