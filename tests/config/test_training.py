"""The settings of a training space: the environment of the real one, and nothing in common with it."""

import json

import pytest

from kepu.config.database import database, training_database
from tests.config.test_production import KEY, PERSONAL, start

SHOW = """
import json
from django.conf import settings as s
print(json.dumps({
    "secret": s.SECRET_KEY, "personal": s.KEPU_PERSONAL_KEYS, "cookies": [s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.LANGUAGE_COOKIE_NAME],
    "database": str(s.DATABASES["default"]["NAME"]), "mail": s.EMAIL_BACKEND, "hosts": s.ALLOWED_HOSTS, "url": s.KEPU_PUBLIC_URL,
    "real": s.KEPU_REAL_URL, "rehearsal": s.KEPU_REHEARSAL, "fallbacks": list(s.SECRET_KEY_FALLBACKS),
}))
"""
SAME = {
    "KEPU_SECRET_KEY": KEY, "KEPU_FORMER_SECRET_KEYS": "former", "KEPU_HOSTS": "kepu.example.cn", "KEPU_PUBLIC_URL": "https://kepu.example.cn",
    "KEPU_TRAINING_URL": "https://lianxi.kepu.example.cn", "KEPU_MAIL_HOST": "mail.example.cn",
    "KEPU_PERSONAL_KEYS": PERSONAL,
}  # fmt: skip


def test_it_shares_neither_keys_nor_cookies_nor_database_nor_name_with_the_real_one(tmp_path):
    same = SAME | {"KEPU_DATA_DIR": str(tmp_path)}
    show = SHOW
    real, training = (json.loads(start(show, name, **same).stdout) for name in ("production", "training"))

    assert training == {
        "secret": training["secret"], "personal": training["personal"],
        "cookies": ["kepu_training_session", "kepu_training_csrf", "kepu_training_language"],
        "database": str(tmp_path / "kepu-training.sqlite3"), "mail": "django.core.mail.backends.dummy.EmailBackend",
        "hosts": ["lianxi.kepu.example.cn"], "url": "https://lianxi.kepu.example.cn", "real": "https://kepu.example.cn",
        "rehearsal": True, "fallbacks": [],
    }  # fmt: skip
    assert [name for name in real if real[name] == training[name]] == []
    assert (len(training["secret"]) >= 32, training["personal"].startswith("training:")) == (True, True)


@pytest.mark.parametrize("url", ["", "https://kepu.example.cn", "lianxi"])
def test_it_does_not_start_without_an_address_of_its_own(url):
    ended = start(SHOW, "training", **SAME | {"KEPU_TRAINING_URL": url})
    assert ended.returncode != 0
    assert "KEPU_TRAINING_URL is missing, or is the address of the real site" in ended.stderr


POSTGRES = "postgresql://kepu:secret@localhost/kepu"


@pytest.mark.parametrize(
    ("real", "url"),
    [
        ("sqlite:////srv/kepu.sqlite3", "sqlite:////srv/../srv/kepu.sqlite3"),
        (POSTGRES, "postgresql://training@127.0.0.1:5432/kepu"),
    ],
)
def test_the_real_database_is_never_the_training_one_however_it_is_written(real, url):
    with pytest.raises(ValueError, match="this is the real database"):
        training_database(database(real), url)


def test_beside_postgresql_it_needs_a_database_of_its_own():
    with pytest.raises(ValueError, match="it is needed"):
        training_database(database(POSTGRES))
    assert (
        training_database(database(POSTGRES), "postgresql://kepu@localhost/kepu_training")["NAME"]
        == "kepu_training"
    )
