"""The keys: long enough, different from those of examples, and able to open what lies in the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from kepu.cli.doctor.finding import Finding, fault, fine, warning
from kepu.core import keys
from kepu.core.keys import SecretError
from kepu.core.secrets import EncryptedTextField

LOOKED_AT = 20  # values of each closed column that are opened for a try


def findings(_at: datetime) -> Iterator[Finding]:
    yield _signing()
    yield from _personal()


def _signing() -> Finding:
    secret = settings.SECRET_KEY
    if len(secret) < 32 or len(set(secret)) < 10 or secret.startswith("only-for-"):
        return fault(
            "keys.signing", _("签名密钥（KEPU_SECRET_KEY）太短或太简单。"),
            _("谁猜中它，就能伪造登录状态和重设密码的链接。"),
            _('换一个：python -c "import secrets; print(secrets.token_urlsafe(48))"，旧的放进 KEPU_FORMER_SECRET_KEYS 留一周。'),
        )  # fmt: skip
    return fine("keys.signing", _("签名密钥足够长。"))


def _personal() -> Iterator[Finding]:
    try:
        names = [key.name for key in keys.ring()]
    except (SecretError, ValueError):
        yield fault(
            "keys.personal", _("没有可用的个人信息密钥（KEPU_PERSONAL_KEYS）。"),
            _("手机号码等个人信息写不进去，也读不出来。"), _("设好密钥后再启动；密钥要与备份分开保存。"),
        )  # fmt: skip
        return
    unread, old = [], set()
    for column in closed_columns():
        for value in _some_values(column):
            try:
                keys.decrypted(value, column=column.column_name)
            except SecretError as wrong:
                unread.append(str(wrong))
                break
            old.add(value.partition(":")[0])
    if unread:
        yield fault(
            "keys.personal", _("有的个人信息打不开：%(what)s") % {"what": unread[0]},
            _("对应的密钥不在 KEPU_PERSONAL_KEYS 里，或者数据被改过。"), _("把缺的密钥补到列表末尾，再运行一次。"),
        )  # fmt: skip
    elif former := sorted(old - {names[0]}):
        yield warning(
            "keys.personal", _("还有个人信息是用旧密钥 %(names)s 加密的。") % {"names": "、".join(former)},
            _("旧密钥留得越久，泄露的机会越大。"), _("运行 kepu keys rotate，完成后去掉旧密钥。"),
        )  # fmt: skip
    else:
        yield fine("keys.personal", _("个人信息都能用现在的密钥打开。"))


def closed_columns() -> list[EncryptedTextField]:
    """Every closed column of the installation."""
    models = apps.get_models()
    return [f for model in models for f in model._meta.concrete_fields if isinstance(f, EncryptedTextField)]


def _some_values(column: EncryptedTextField) -> list[str]:
    meta = column.model._meta
    names = (meta.db_table, str(column.column), str(meta.pk.column))
    table, name, key = (connection.ops.quote_name(word) for word in names)
    values: list[str] = []
    with connection.cursor() as cursor:
        for order in ("ASC", "DESC"):  # the oldest would be the first to be left behind
            cursor.execute(
                f"SELECT {name} FROM {table} WHERE {name} <> '' ORDER BY {key} {order} LIMIT {LOOKED_AT}"
            )
            values += [row[0] for row in cursor.fetchall()]
    return values
