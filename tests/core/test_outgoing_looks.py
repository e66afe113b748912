"""Looking whether there is something behind an address: a few bytes, a few redirects, and never our own network."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kepu.core import outgoing
from kepu.core.outgoing import NoEnd, NotReached, NotSafe, look

PUBLIC = "93.184.216.34"


class Neighbour(BaseHTTPRequestHandler):
    """Answers as its path says: /200, /head-405 (only to GET), /to/<address>, /round, /drop-head, /long."""

    got: list

    def do_HEAD(self):
        self._answer()

    def do_GET(self):
        self._answer()

    def _answer(self):
        self.got.append((self.command, self.path, self.headers.get("Host"), self.headers.get("Range")))
        name = self.path.strip("/")
        if name == "drop-head" and self.command == "HEAD":
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        status, location = 200, ""
        if name.startswith("to/"):
            status, location = 302, name.removeprefix("to/")
        elif name == "round":
            status, location = 301, "/round"
        elif name.startswith("head-"):
            status = int(name.removeprefix("head-")) if self.command == "HEAD" else 200
        elif name.isdigit():
            status = int(name)
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(b"x" * 100_000)

    def log_message(self, *_):
        pass


@pytest.fixture
def server(settings, socket_enabled):
    """A neighbour in a named network; ``url, got``."""
    settings.KEPU_OUTGOING_NETWORKS = ["127.0.0.0/8"]
    got = []
    running = ThreadingHTTPServer(("127.0.0.1", 0), type("Listening", (Neighbour,), {"got": got}))
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}", got
    running.shutdown()
    running.server_close()


def test_a_page_that_is_there_is_asked_for_by_its_head_alone(server):
    url, got = server
    assert look(f"{url}/200?a=1").status == 200
    assert [(method, path) for method, path, *_rest in got] == [("HEAD", "/200?a=1")]


@pytest.mark.parametrize("path", ["head-405", "head-404", "head-500", "drop-head"])
def test_a_server_that_does_not_know_head_is_asked_for_the_first_bytes(server, path):
    url, got = server
    assert look(f"{url}/{path}").status == 200
    assert [(method, some) for method, _path, _host, some in got] == [("HEAD", None), ("GET", "bytes=0-4095")]


@pytest.mark.parametrize("status", [404, 410, 403, 500, 503])
def test_what_get_answers_is_the_answer(server, status):
    url, _got = server
    assert look(f"{url}/{status}").status == status


def test_redirects_are_followed_to_where_they_end(server):
    url, got = server
    assert look(f"{url}/to//to//200").status == 200
    assert [path for _method, path, *_rest in got] == ["/to//to//200", "/to//200", "/200"]


def test_no_more_than_five_redirects_are_followed(server):
    url, got = server
    with pytest.raises(NoEnd, match="转了5次"):
        look(f"{url}/round")
    assert len(got) == 6


@pytest.mark.parametrize(
    "inner",
    ["http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[::1]/", "http://127.0.0.2/"],
)
def test_a_redirect_into_an_inner_network_is_not_followed(server, monkeypatch, settings, inner):
    url, _got = server
    settings.KEPU_OUTGOING_NETWORKS = ["127.0.0.1/32"]
    went_to, connect = [], socket.create_connection
    monkeypatch.setattr(
        socket, "create_connection", lambda to, *rest: went_to.append(to) or connect(to, *rest)
    )
    with pytest.raises(NotSafe):
        look(f"{url}/to/{inner}")
    assert {host for host, _port in went_to} == {"127.0.0.1"}


@pytest.mark.parametrize("other", ["ftp://example.cn/x", "file:///etc/passwd", "javascript:alert(1)"])
def test_a_redirect_to_what_is_no_web_address_is_not_followed(server, other):
    url, _got = server
    with pytest.raises(NotSafe):
        look(f"{url}/to/{other}")


def test_a_name_that_turns_inwards_is_asked_once_and_the_connection_goes_where_we_looked(monkeypatch):
    answers = [[PUBLIC], ["127.0.0.1"]]
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", (one, 80)) for one in answers.pop(0)]
    )
    went_to = []

    def connect(address, *_):
        went_to.append(address)
        raise OSError("no network here")

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(NotReached):
        look("http://live.example.cn/1")
    assert went_to == [(PUBLIC, 80), (PUBLIC, 80)]  # HEAD, then GET


def test_a_server_that_never_answers_is_given_up_in_time(settings, socket_enabled):
    settings.KEPU_OUTGOING_NETWORKS = ["127.0.0.0/8"]
    silent = socket.create_server(("127.0.0.1", 0))
    with silent, pytest.raises(NotReached, match="没有应答"):
        look(f"http://127.0.0.1:{silent.getsockname()[1]}/", patience=0.3)


def test_little_of_a_page_is_read(server, monkeypatch):
    url, _got = server
    asked, read = [], outgoing.HTTPConnection.response_class.read
    monkeypatch.setattr(
        outgoing.HTTPConnection.response_class, "read", lambda self, n=None: asked.append(n) or read(self, n)
    )
    look(f"{url}/head-404")
    assert asked == [0, outgoing.LOOKED_AT]


def test_a_rehearsal_never_looks(server, settings):
    url, got = server
    settings.KEPU_REHEARSAL = True
    with pytest.raises(NotSafe):
        look(f"{url}/200")
    assert got == []
