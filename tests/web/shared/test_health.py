"""Whether this process can serve."""

from django.db import OperationalError, connection


def test_it_is_well_while_the_database_answers(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


def test_it_says_so_when_the_database_does_not_answer(client, monkeypatch):
    def gone(*args, **kwargs):
        raise OperationalError("gone")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", gone)
        assert client.get("/healthz").status_code == 503


def test_crawlers_are_kept_to_the_portal(client, settings):
    assert "Disallow: /workspace/" in client.get("/robots.txt").content.decode()
    settings.KEPU_REHEARSAL = True
    assert client.get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"
