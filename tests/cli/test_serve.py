import socket
from contextlib import contextmanager

import pytest

from kepu.cli.serve import is_free, next_free
from kepu.core.refusals import Incomplete


@contextmanager
def somebody_listening():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def test_a_taken_port_is_passed_over():
    with somebody_listening() as port:
        assert not is_free("127.0.0.1", port)
        found = next_free("127.0.0.1", port)
        assert port < found <= port + 20
    assert next_free("127.0.0.1", port) == port


def test_an_address_of_another_machine_is_refused_with_a_sentence():
    with pytest.raises(Incomplete, match=r"不能在 192\.0\.2\.1 上监听"):
        is_free("192.0.2.1", 8000)


def test_when_no_port_is_free_the_sentence_says_from_where(monkeypatch):
    monkeypatch.setattr("kepu.cli.serve.is_free", lambda host, port: False)
    with pytest.raises(Incomplete, match="从 8000 起的端口都被占用"):
        next_free("127.0.0.1", 8000)
