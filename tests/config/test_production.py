"""Where people work, Kepu starts only with what it needs to be safe."""

import json
import os
import subprocess
import sys

import pytest

KEY = "a-long-enough-key-that-nobody-guesses-0123456789"
PERSONAL = "k1:" + "A" * 43 + "="
SHOW = """
import json
from django.conf import settings
names = ["DEBUG", "ALLOWED_HOSTS", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS",
         "KEPU_READ_ONLY_PAGES", "KEPU_REHEARSAL", "SECURE_PROXY_SSL_HEADER"]
print(json.dumps({name: getattr(settings, name) for name in names}))
"""


def start(code=SHOW, settings="production", **environment):
    environment.setdefault("KEPU_PERSONAL_KEYS", PERSONAL)
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("KEPU_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-c", code],
        env={
            **clean,
            "DJANGO_SETTINGS_MODULE": f"kepu.config.settings.{settings}",
            "PYTHONPATH": os.getcwd(),
            **environment,
        },
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        ("", "it is empty"),
        ("k1", "a key is written name:base64"),
        ("k1:AAAA", "key k1 has 3 bytes instead of 32"),
        ("k1:%%%", "key k1 is no base64"),
        (f"{PERSONAL},{PERSONAL}", "two keys are called k1"),
    ],
)
def test_it_does_not_start_without_keys_for_personal_data(keys, why):
    ended = start(KEPU_SECRET_KEY=KEY, KEPU_HOSTS="kepu.example.cn", KEPU_PERSONAL_KEYS=keys)
    assert ended.returncode != 0
    assert f"KEPU_PERSONAL_KEYS: {why}" in ended.stderr


@pytest.mark.parametrize("key", ["", "short"])
def test_it_does_not_start_without_a_secret_key(key):
    ended = start(KEPU_SECRET_KEY=key, KEPU_HOSTS="kepu.example.cn")
    assert ended.returncode != 0
    assert "KEPU_SECRET_KEY is missing or shorter than 32 characters." in ended.stderr


def test_it_does_not_start_without_knowing_its_name():
    ended = start(KEPU_SECRET_KEY=KEY)
    assert ended.returncode != 0
    assert "KEPU_HOSTS is missing" in ended.stderr


def test_with_both_it_is_safe_unless_told_otherwise(tmp_path):
    known = json.loads(start(KEPU_SECRET_KEY=KEY, KEPU_HOSTS="kepu.example.cn, www.kepu.example.cn").stdout)
    assert known == {
        "DEBUG": False,
        "ALLOWED_HOSTS": ["kepu.example.cn", "www.kepu.example.cn"],
        "SECURE_SSL_REDIRECT": True,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_HSTS_SECONDS": 15552000,
        "KEPU_READ_ONLY_PAGES": "log",
        "KEPU_REHEARSAL": False,
        "SECURE_PROXY_SSL_HEADER": None,
    }


def test_the_proxy_is_believed_only_where_there_is_one():
    known = json.loads(
        start(KEPU_SECRET_KEY=KEY, KEPU_HOSTS="kepu.example.cn", KEPU_TRUSTED_PROXIES="1").stdout
    )
    assert known["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]


def test_a_network_without_https_may_be_served():
    known = json.loads(start(KEPU_SECRET_KEY=KEY, KEPU_HOSTS="kepu.example.cn", KEPU_HTTPS="0").stdout)
    assert (known["SECURE_SSL_REDIRECT"], known["SESSION_COOKIE_SECURE"]) == (False, False)


def test_the_demo_makes_its_key_once_and_keeps_it(tmp_path):
    show = "from django.conf import settings; print(settings.SECRET_KEY, settings.KEPU_REHEARSAL)"
    first, second = (start(show, "demo", KEPU_DATA_DIR=str(tmp_path)).stdout for _ in range(2))

    assert first == second
    key, rehearsal = first.split()
    assert (len(key) > 40, rehearsal) == (True, "True")
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600
