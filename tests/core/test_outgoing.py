"""What people give us as an address leads to the public network only, and to the address that was looked at."""

import contextlib
import ipaddress
import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu.core import outgoing
from kepu.core.outgoing import NotReached, NotSafe, may_reach, parsed, post, resolved

PUBLIC = "93.184.216.34"


@pytest.fixture
def names(monkeypatch):
    """``names["host"] = [addresses]``: what the resolver answers, once for each time it is asked."""
    known = {}

    def answer(host, port, **_):
        found = known.get(host)
        if found is None:
            raise socket.gaierror("unknown")
        addresses = found.pop(0) if isinstance(found[0], list) else found
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    return known


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("http://oa.example.cn/", "要以 https:// 开头"),
        ("ftp://oa.example.cn/", "要以 https:// 开头"),
        ("file:///etc/passwd", "要以 https:// 开头"),
        ("gopher://oa.example.cn/_x", "要以 https:// 开头"),
        ("//oa.example.cn/", "要以 https:// 开头"),
        ("https://", "不是完整的网址"),
        ("https:///path", "不是完整的网址"),
        ("https://[::1", "不是完整的网址"),
        ("https://oa.example.cn:99999/", "不是完整的网址"),
        ("https://a" + "b" * 70 + ".cn/", "不是完整的网址"),
        ("https://user:secret@oa.example.cn/", "不要写用户名和密码"),
        ("https://oa.example.cn\\@127.0.0.1/", "看不见的字符"),
        ("https://oa.example.cn/ x", "看不见的字符"),
        ("https://oa.example.cn/\r\nHost: x", "看不见的字符"),
        ("https://oa.example.cn/\u202e", "看不见的字符"),
        ("https://oa.example.cn/" + "x" * 500, "太长"),
    ],
)
def test_what_is_no_address_of_ours_to_call_is_refused_with_a_sentence(url, sentence):
    with pytest.raises(NotSafe, match=sentence):
        parsed(url)


@given(st.text(max_size=80))
def test_any_text_is_an_address_or_refused(text):
    for url in (text, "https://" + text):
        with contextlib.suppress(NotSafe):
            assert parsed(url).host


def test_a_chinese_name_and_path_are_written_as_the_network_wants_them():
    target = parsed("https://科普.例子.cn/推送?届次=2023")
    assert target.host == "xn--tkv944b.xn--fsqu00a.cn"
    assert target.path == "/%E6%8E%A8%E9%80%81?%E5%B1%8A%E6%AC%A1=2023"


INNER = [
    "127.0.0.1", "127.1.2.3", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.0.1",
    "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "2002:7f00:1::", "2002:a00:1::", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2001:db8::1",
]  # fmt: skip


@pytest.mark.parametrize("address", INNER)
def test_no_address_of_an_inner_network_is_reached(names, address):
    assert not may_reach(ipaddress.ip_address(address))
    names["oa.example.cn"] = [address]
    with pytest.raises(NotSafe, match="指向内部网络"):
        resolved("https://oa.example.cn/")


@pytest.mark.parametrize("url", ["https://127.0.0.1/", "https://[::1]/", "https://2130706433/", "https://0x7f.1/", "https://localhost/"])  # fmt: skip
def test_however_it_is_written(url):
    with pytest.raises((NotSafe, NotReached)):
        resolved(url)


def test_one_inner_address_among_public_ones_is_refused(names):
    names["oa.example.cn"] = [PUBLIC, "10.0.0.1"]
    with pytest.raises(NotSafe):
        resolved("https://oa.example.cn/")


def test_the_connection_goes_to_the_address_that_was_looked_at(names, monkeypatch):
    """A name that answers with a public address first and with ours afterwards is asked only once."""
    names["oa.example.cn"] = [[PUBLIC], ["127.0.0.1"]]
    went_to = []

    def connect(address, *_):
        went_to.append(address)
        raise OSError("no network here")

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(NotReached):
        post("https://oa.example.cn/", b"{}", {})
    assert went_to == [(PUBLIC, 443)]


def test_a_name_that_nobody_knows_is_not_reached(names):
    with pytest.raises(NotReached, match=r"找不到 nobody\.example\.cn"):
        resolved("https://nobody.example.cn/")


def test_a_network_that_the_installation_names_is_reached_and_no_other(names, settings):
    settings.KEPU_OUTGOING_NETWORKS = ["10.20.0.0/16"]
    names["oa.example.cn"], names["other.example.cn"] = ["10.20.3.4"], ["10.21.3.4"]
    assert resolved("https://oa.example.cn/").address == "10.20.3.4"
    with pytest.raises(NotSafe):
        resolved("https://other.example.cn/")


@pytest.fixture
def server(settings, socket_enabled):
    """A neighbour in a named network, which notes what it got and answers as told."""
    settings.KEPU_OUTGOING_NETWORKS, settings.KEPU_OUTGOING_HTTP = ["127.0.0.0/8"], True
    got = []

    class Neighbour(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.append((self.path, dict(self.headers), body))
            self.send_response(int(self.path.rsplit("/", 1)[-1]))
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.end_headers()
            self.wfile.write(b"x" * 200_000)

        def log_message(self, *_):
            pass

    running = HTTPServer(("127.0.0.1", 0), Neighbour)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}", got
    running.shutdown()
    running.server_close()


def test_a_body_arrives_and_the_status_comes_back(server):
    url, got = server
    assert post(f"{url}/hook/204", b'{"a": 1}', {"Content-Type": "application/json"}) == 204
    path, headers, body = got[0]
    assert (path, body, headers["Content-Type"]) == ("/hook/204", b'{"a": 1}', "application/json")


def test_a_redirect_is_not_followed(server):
    url, got = server
    assert post(f"{url}/hook/302", b"{}", {}) == 302
    assert len(got) == 1


def test_a_neighbour_that_never_answers_is_given_up(settings, socket_enabled, monkeypatch):
    settings.KEPU_OUTGOING_NETWORKS, settings.KEPU_OUTGOING_HTTP = ["127.0.0.0/8"], True
    monkeypatch.setattr(outgoing, "PATIENCE", 0.3)
    silent = socket.create_server(("127.0.0.1", 0))
    with silent, pytest.raises(NotReached, match="没有应答"):
        post(f"http://127.0.0.1:{silent.getsockname()[1]}/", b"{}", {})


def test_a_neighbour_that_answers_byte_by_byte_is_given_up(settings, socket_enabled, monkeypatch):
    settings.KEPU_OUTGOING_NETWORKS, settings.KEPU_OUTGOING_HTTP = ["127.0.0.0/8"], True
    monkeypatch.setattr(outgoing, "PATIENCE", 0.3)
    slow, stopped = socket.create_server(("127.0.0.1", 0)), threading.Event()

    def dribble():
        talking, _ = slow.accept()
        with talking, contextlib.suppress(OSError):
            for byte in b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"x" * 10_000:
                if stopped.wait(0.05):
                    return
                talking.sendall(bytes([byte]))

    threading.Thread(target=dribble, daemon=True).start()
    with slow, pytest.raises(NotReached, match="没有应答"):
        post(f"http://127.0.0.1:{slow.getsockname()[1]}/", b"{}", {})
    stopped.set()
