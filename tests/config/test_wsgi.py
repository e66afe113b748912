"""What the server speaks with: a request as no browser of ours sends it is answered all the same."""

import io

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from kepu.config.wsgi import application


@pytest.fixture(autouse=True)
def no_database(monkeypatch):
    """Nothing here asks it; a request would look whether its connection still stands, and which space it is."""
    monkeypatch.setattr("kepu.config.wsgi._entered", True)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def answered(content_type, *, method="GET", body=b"", query=""):
    """The status of an answer to a request as the server hands it on."""
    statuses = []
    environ = {
        "REQUEST_METHOD": method, "PATH_INFO": "/robots.txt", "QUERY_STRING": query, "SERVER_NAME": "testserver", "SERVER_PORT": "80",
        "HTTP_HOST": "testserver", "CONTENT_TYPE": content_type, "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body),
        "wsgi.url_scheme": "http",
    }  # fmt: skip
    b"".join(application(environ, lambda status, headers: statuses.append(status[:3])))
    return statuses[0]


@pytest.mark.parametrize("charset", ["hex", "rot13", "undefined", "unicode_escape", "no\0body", "utf-8", ""])
def test_no_charset_that_a_visitor_names_chooses_how_text_is_read(charset):
    assert answered(f"text/html; charset={charset}", query="q=%5Cud800") == "200"


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_nor_does_it_with_a_form(kind):
    assert answered(f"{kind}; Charset=hex", method="POST", body=b"--x--\r\n") == "403"
