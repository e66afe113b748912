"""Secrets of second steps are closed anew when the keys change."""

import pytest
from allauth.mfa.models import Authenticator

from kepu.accounts.second_steps import close_anew, closed, opened
from kepu.core.keys import SecretError
from tests.factories.accounts import a_person

OLD, NEW = "old:" + "A" * 43 + "=", "new:" + "B" * 43 + "="


def test_after_closing_anew_the_old_key_can_go(db, settings):
    settings.KEPU_PERSONAL_KEYS = OLD
    person = a_person()
    app = Authenticator.objects.create(user=person, type="totp", data={"secret": closed("ABC")})
    codes = Authenticator.objects.create(
        user=person, type="recovery_codes", data={"seed": closed("seed"), "used_mask": 3}
    )
    Authenticator.objects.create(user=person, type="webauthn", data={"name": "x", "credential": {}})

    settings.KEPU_PERSONAL_KEYS = f"{NEW},{OLD}"
    assert [close_anew(size=1), close_anew(size=1), close_anew(size=1)] == [1, 1, 0]

    settings.KEPU_PERSONAL_KEYS = NEW
    app.refresh_from_db()
    codes.refresh_from_db()
    assert (opened(app.data["secret"]), opened(codes.data["seed"]), codes.data["used_mask"]) == (
        "ABC",
        "seed",
        3,
    )


def test_without_it_the_secret_does_not_open(db, settings):
    settings.KEPU_PERSONAL_KEYS = OLD
    stored = closed("ABC")
    settings.KEPU_PERSONAL_KEYS = NEW
    with pytest.raises(SecretError):
        opened(stored)
