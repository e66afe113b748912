"""The database: that its tables are today's, that what is committed stays, and that it understands Chinese."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from kepu.cli.doctor.finding import Finding, fault, fine, warning


def findings(_at: datetime) -> Iterator[Finding]:
    yield _migrations()
    yield from (_sqlite() if connection.vendor == "sqlite" else _postgres())


def _migrations() -> Finding:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return fault(
            "database.tables", _("数据库比程序旧，还差 %(n)d 步。") % {"n": len(waiting)},
            _("新程序用到的表或列还没有，有的页面会出错。"), _("先备份，再运行 kepu setup。"),
        )  # fmt: skip
    return fine("database.tables", _("数据库与程序一致。"))


def _sqlite() -> Iterator[Finding]:
    path = Path(str(connection.settings_dict["NAME"]))
    if _ask("PRAGMA journal_mode") != "wal":
        yield fault(
            "database.durable", _("SQLite 没有用预写日志（WAL）。"), _("有人写的时候别人就读不了。"),
            _("数据库文件不要放在网络盘上；用 kepu 自己的设置启动。"),
        )  # fmt: skip
    elif int(_ask("PRAGMA synchronous")) < 1:
        yield fault(
            "database.durable", _("SQLite 不等数据落盘就说写好了。"), _("断电会丢掉已经提交的填报，甚至损坏文件。"),
            _("去掉 synchronous=OFF。"),
        )  # fmt: skip
    else:
        yield fine("database.durable", _("提交的数据断电也在。"))
    wrong = _ask("PRAGMA quick_check(1)")
    if wrong != "ok":
        yield fault(
            "database.whole", _("数据库文件有损坏：%(what)s") % {"what": wrong}, _("损坏会越来越大。"),
            _("停下网站，从最近的备份恢复；原文件留着。"),
        )  # fmt: skip
    else:
        yield fine("database.whole", _("数据库文件完好。"))
    if os.name == "posix" and path.exists():
        mode = path.stat().st_mode
        if mode & (stat.S_IROTH | stat.S_IWOTH):
            yield fault(
                "database.private", _("这台机器上的任何人都能读数据库文件（%(path)s）。") % {"path": path},
                _("里面有全部填报和人员。"), _("运行 chmod o-rwx %(path)s。") % {"path": path},
            )  # fmt: skip
        else:
            yield fine("database.private", _("数据库文件只有自己能读。"))
    if not settings.KEPU_REHEARSAL:
        yield warning(
            "database.engine", _("数据库是单机的 SQLite。"), _("一台机器、一个城市足够；它不能在几台机器之间共用。"),
            _("一个省或更大，换 PostgreSQL：设 KEPU_DATABASE_URL=postgresql://…"),
        )  # fmt: skip


def _postgres() -> Iterator[Finding]:
    lossy = [
        name for name in ("fsync", "synchronous_commit", "full_page_writes") if _ask(f"SHOW {name}") == "off"
    ]
    if lossy:
        yield fault(
            "database.durable", _("PostgreSQL 关着 %(names)s。") % {"names": "、".join(lossy)},
            _("断电会丢掉已经提交的填报，甚至损坏数据。"), _("在 postgresql.conf 里打开它们。"),
        )  # fmt: skip
    else:
        yield fine("database.durable", _("提交的数据断电也在。"))
    if (encoding := _ask("SHOW server_encoding")) != "UTF8":
        yield fault(
            "database.encoding", _("数据库的编码是 %(encoding)s。") % {"encoding": encoding}, _("生僻字和外文存不进去。"),
            _("建一个 UTF8 的库，把数据转过去。"),
        )  # fmt: skip
    else:
        yield fine("database.encoding", _("数据库用 UTF-8。"))
    if int(_ask("SHOW server_version_num")) < 140000:
        yield warning(
            "database.version", _("PostgreSQL 的版本太旧：%(version)s。") % {"version": _ask("SHOW server_version")},
            _("它已经没有安全更新。"), _("升级到 15 以上。"),
        )  # fmt: skip
    if _ask("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"):
        yield fault(
            "database.role", _("网站用数据库的超级用户登录。"), _("网站出了漏洞，整台数据库就都是别人的，留痕的保护也挡不住。"),
            _("建一个只拥有这个库的用户，写进 KEPU_DATABASE_URL。"),
        )  # fmt: skip
    else:
        yield fine("database.role", _("网站用普通用户登录数据库。"))
    host = str(connection.settings_dict.get("HOST") or "")
    remote = bool(host) and not host.startswith("/") and host not in ("localhost", "127.0.0.1", "::1")
    if remote and not _ask("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"):
        yield fault(
            "database.tls", _("到数据库 %(host)s 的连接没有加密。") % {"host": host}, _("填报和个人信息以明文经过网络。"),
            _("在 KEPU_DATABASE_URL 末尾加 ?sslmode=verify-full。"),
        )  # fmt: skip


def _ask(sql: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        row = cursor.fetchone()
    return row[0] if row else ""
