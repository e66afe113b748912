"""Every address outside the workspace and who gets in: a new one without a rule here fails. (Inside: test_scope.)

For each: what a stranger gets who looks, what a stranger gets who sends an empty form, and what somebody gets who is
signed in and has not proved lately who they are. ``page`` is an answer to anybody, ``sign_in`` the way to it, ``again``
the question who one is, ``on`` another page of ours, ``form`` a form with its faults, ``none`` not found, ``closed`` a
page for others, ``method`` no address of this kind, ``bad`` no request of a machine that we know.
"""

import pytest
from django.test import Client
from django.urls import reverse

from kepu.activities.models import Publication
from kepu.activities.workflow import State
from tests.factories.accounts import a_person
from tests.factories.activities import an_activity
from tests.web.workspace.conftest import signed_in
from tests.web.workspace.hostile import addresses

# a stranger looks, a stranger sends, somebody looks
RULES = {
    # read by anybody, written by nobody
    "portal:home": "page method page",
    "portal:activities": "page method page",
    "portal:activity": "page method page",
    "portal:activity-calendar": "page method page",
    "portal:activity-suggestions": "page method page",
    "portal:activity-poster": "page method page",
    "portal:activity-poster-file": "none method none",  # there is no such kind
    "portal:place-poster": "none method none",
    "portal:place-poster-file": "none method none",
    "portal:error-report-new": "page form page",
    "portal:error-report": "none method none",
    "portal:activities-atom": "page method page",
    "portal:activities-json": "page method page",
    "portal:activities-csv": "page method page",
    "portal:activities-ics": "page method page",
    "portal:notices-atom": "page method page",
    "portal:notices-json": "page method page",
    "portal:subscribe": "page method page",
    "portal:widget": "page method page",
    "portal:widget-activities": "page method page",
    "portal:widget-script": "page method page",
    "portal:sitemap": "page method page",
    "portal:sitemap-pages": "page method page",
    "portal:sitemap-activities": "page method page",
    "api:documents": "page method page",
    "api:start": "page method page",
    "api:openapi": "page method page",
    "api:activities": "page method page",
    "api:activity": "page method page",
    "api:places": "page method page",
    "api:place": "none method none",
    "api:seasons": "page method page",
    "api:notices": "page method page",
    "api:notice": "none method none",
    "api:lists": "page method page",
    "api:vocabularies": "page method page",
    "api:unknown": "none method none",
    "portal:calendar": "page method page",
    "portal:cloud": "page method page",
    "portal:cloud-matrix": "page method page",
    "portal:cloud-part": "page method page",
    "portal:compilation": "page method page",
    "portal:compilation-file": "page method page",
    "portal:figures": "page method page",
    "portal:figures-sheet": "page method page",
    "portal:map": "page method page",
    "portal:place": "page method page",
    "portal:resources": "page method page",
    "portal:seasons": "page method page",
    "portal:tracks": "page method page",
    "portal:venues": "page method page",
    "portal:season": "none method none",
    "portal:track": "none method none",
    "portal:notices": "page method page",
    "portal:in-force": "page method page",
    "portal:picture": "none method none",  # none is public
    "portal:privacy": "page method page",
    "portal:help": "page method page",
    "portal:why": "none method none",
    "portal:notice": "none method none",
    "portal:notice-file": "none method none",
    "feeds:unit": "none method none",
    # the ways in
    "account_login": "page page on",
    "account_request_login_code": "page page on",
    "account_confirm_login_code": "on on on",
    "mfa_authenticate": "sign_in sign_in on",
    "mfa_login_webauthn": "sign_in sign_in on",
    "openid_connect_login": "sign_in none sign_in",
    "openid_connect_callback": "none none none",
    "socialaccount_login_cancelled": "page method page",
    "account_logout": "on on page",
    "account_inactive": "page method page",
    "account_reset_password": "page page page",
    "account_reset_password_done": "page method page",
    "account_reset_password_from_key": "page page page",
    "account_reset_password_from_key_done": "page method page",
    # one's own; what lets somebody in is changed only by who has just proved who they are
    "account_reauthenticate": "sign_in sign_in page",
    "account_request_reauthentication_code": "sign_in sign_in again",
    "account_confirm_reauthentication_code": "sign_in sign_in on",
    "mfa_reauthenticate": "sign_in sign_in again",
    "mfa_reauthenticate_webauthn": "sign_in sign_in again",
    "account": "sign_in sign_in page",
    "account_name": "sign_in sign_in page",
    "account_email": "sign_in sign_in again",
    "account_email_code": "sign_in sign_in again",
    "account_change_phone": "sign_in sign_in again",
    "account_phone_code": "sign_in sign_in again",
    "account_phone_removal": "sign_in sign_in again",
    "account_code_again": "sign_in sign_in method",
    "account_change_password": "sign_in sign_in page",
    "account_set_password": "sign_in sign_in on",
    "mfa_index": "sign_in sign_in page",
    "mfa_activate_totp": "sign_in sign_in again",
    "mfa_deactivate_totp": "sign_in sign_in none",
    "mfa_view_recovery_codes": "sign_in sign_in again",
    "mfa_generate_recovery_codes": "sign_in sign_in again",
    "mfa_add_webauthn": "sign_in sign_in again",
    "mfa_edit_webauthn": "sign_in sign_in again",
    "mfa_remove_webauthn": "sign_in sign_in again",
    "socialaccount_connections": "sign_in sign_in page",
    "account_unlinking": "sign_in sign_in again",
    "usersessions_list": "sign_in sign_in page",
    "personal:home": "sign_in sign_in page",
    "personal:consent": "sign_in sign_in method",
    "personal:consent-withdrawal": "sign_in sign_in again",
    "personal:looks": "sign_in sign_in page",
    "personal:copy": "sign_in sign_in again",
    "personal:closing": "sign_in sign_in again",
    # not there where we vouch for nobody
    "idp:oidc:configuration": "none method none",
    "idp:oidc:jwks": "none method none",
    "idp:oidc:authorization": "none none none",
    "idp:oidc:token": "none none none",
    "idp:oidc:userinfo": "none none none",
    "idp:oidc:revoke": "none none none",
    # anybody may ask to come in; the rest is opened by who has the link
    "portal:join": "page method page",
    "portal:join-new": "page form page",
    "portal:join-claim": "page form page",
    "portal:join-status": "none method none",
    "portal:join-correction": "none none none",
    "portal:join-withdrawal": "method none method",
    "invitations:invitation": "none sign_in none",
    "invitations:joining": "method none method",
    "language": "method closed method",
    "look": "page closed page",
    "health": "page page page",
    "robots": "page page page",
    # not there where a real season runs
    "rehearsal-clock": "method none method",
    "gallery": "none method none",
    "gallery-error": "none method none",
    "gallery-clauses": "none method none",
    "gallery-clause": "none none none",
}

PASSWORD = "东江边上的那座气象台"


def said(answer):
    """The kind of an answer."""
    if answer.streaming:  # read to its end, which closes its file
        b"".join(answer.streaming_content)
    to = answer.headers.get("Location", "").split("?")[0]
    if answer.status_code in (301, 302, 303):
        return {"/accounts/login/": "sign_in", "/accounts/again/": "again"}.get(to, "on")
    return {
        200: "page", 400: "bad", 401: "bad", 403: "closed", 404: "none", 405: "method", 422: "form",
    }.get(answer.status_code, str(answer.status_code))  # fmt: skip


@pytest.fixture
def url(people):
    published = an_activity(people.world, State.PUBLISHED)
    public = Publication.objects.get(activity=published).pk

    def address(name, entry):
        values = {
            "pk": people.world.school.pk if name == "portal:join-claim" else public, "season": "2023", "code": "none", "key": "k", "provider_id": "nowhere", "purpose": "phone", "token": "t",
            "status": 404, "kind": "theme", "uidb36": "1", "ending": "docx", "digest": "0" * 64, "width": "320",
            "sheet": "share",
            "report": "00000000-0000-0000-0000-000000000000",
            "number": 0, "path": "none", "part": "live", "form": "xlsx", "table": "places",
        }  # fmt: skip
        wanted = getattr(entry.pattern, "converters", None) or entry.pattern.regex.groupindex
        return reverse(name, kwargs={argument: values[argument] for argument in wanted})

    return address


def outside():
    return [(name, entry) for name, _, entry in addresses() if not name.startswith("workspace:")]


def test_every_address_has_its_rule():
    assert sorted(name for name, _ in outside()) == sorted(RULES)


def test_who_gets_in(people, url):
    person = a_person("新来的", username="new")
    person.set_password(PASSWORD)
    person.save()
    seen = {}
    for name, entry in outside():
        where = url(name, entry)
        answers = Client().get(where), Client().post(where), signed_in(person).get(where)
        seen[name] = " ".join(said(answer) for answer in answers)
    assert seen == RULES
