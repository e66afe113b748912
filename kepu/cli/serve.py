"""``kepu serve``: the web server."""

from __future__ import annotations

import errno
import os
import socket

import click
from django.utils.translation import gettext as _

from kepu.core import space
from kepu.core.db import let_go
from kepu.core.refusals import Incomplete

TRIES = 20


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on. / 监听地址")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port. / 端口")
@click.option("--workers", default=0, help="Processes; one per processor unless said. / 进程数")
def command(host: str, port: int, workers: int) -> None:
    """Run the web server. Without DJANGO_SETTINGS_MODULE it serves the demo's data."""
    space.check()
    if not is_free(host, port):
        raise Incomplete(_("端口 %(port)s 已被占用。请用 --port 换一个。") % {"port": port})
    click.echo(_("网站在 http://%(host)s:%(port)s/ ，按 Ctrl-C 停止。") % {"host": host, "port": port})
    run(host, port, workers=workers or os.cpu_count() or 1)


def run(host: str, port: int, *, workers: int, respawn: bool = True) -> None:
    """Serve until a signal says stop. One blocking thread per process: more would wait for each other (measured)."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    let_go()  # a process that is forked must not share a connection
    server = Granian(
        "kepu.config.wsgi:application", address=host, port=port, interface=Interfaces.WSGI, workers=workers,
        blocking_threads=1, respawn_failed_workers=respawn, log_level=LogLevels.warning,
    )  # fmt: skip
    server.serve()


def is_free(host: str, port: int) -> bool:
    """Whether nobody listens there. An address that is none of this machine's is refused with a sentence."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except (OSError, OverflowError) as fault:
            if isinstance(fault, OSError) and fault.errno in (errno.EADDRINUSE, errno.EACCES):
                return False
            raise Incomplete(_("不能在 %(host)s 上监听：%(why)s。") % {"host": host, "why": fault}) from None
    return True


def next_free(host: str, port: int) -> int:
    """The port, or the next one that is free."""
    for candidate in range(port, min(port + TRIES, 65536)):
        if is_free(host, candidate):
            return candidate
    raise Incomplete(_("从 %(port)s 起的端口都被占用。请用 --port 换一个。") % {"port": port})
