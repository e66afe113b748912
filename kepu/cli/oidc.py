"""``kepu oidc``: the systems that may let our people in by our word, and the key with which we vouch."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

import click
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.utils.translation import gettext as _


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Let other systems sign people in with their Kepu account. / 让别的系统用这里的账号登录"""


@command.command()
@click.argument("path", type=click.Path(path_type=Path))
def key(path: Path) -> None:
    """Write a fresh signing key to PATH, readable by its owner only; name it first in KEPU_OIDC_KEYS."""
    pem = rsa.generate_private_key(public_exponent=65537, key_size=3072).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(pem)
    except OSError as fault:
        raise click.ClickException(
            _("写不进 %(path)s：%(why)s。") % {"path": path, "why": fault.strerror}
        ) from None
    click.echo(
        _("密钥写在 %(path)s。把它放在 KEPU_OIDC_KEYS 的最前面，旧的留在后面一天以上，再重新启动。")
        % {"path": path}
    )


@command.command()
@click.argument("name")
@click.option(
    "--redirect", "redirects", multiple=True, required=True, help="Where it may send people back. / 回调地址"
)
@click.option("--public", is_flag=True, help="It can keep no secret (an app on a phone). / 不能保密的客户端")
def client(name: str, redirects: tuple[str, ...], public: bool) -> None:
    """Register a system called NAME; says its id and, once, its secret."""
    from allauth.idp.oidc.adapter import get_adapter
    from allauth.idp.oidc.models import Client

    for redirect in redirects:
        parts = urlsplit(redirect)
        local = parts.hostname in ("localhost", "127.0.0.1")
        if (
            not parts.netloc
            or parts.fragment
            or parts.scheme not in (("https", "http") if local else ("https",))
        ):
            raise click.UsageError(
                _("回调地址要以 https:// 开头，不带 #：%(address)s") % {"address": redirect}
            )
    secret = get_adapter().generate_client_secret()
    made = Client(name=name, type=Client.Type.PUBLIC if public else Client.Type.CONFIDENTIAL)
    made.set_redirect_uris(list(redirects))
    made.set_scopes(["openid", "profile", "email"])
    made.set_default_scopes(["openid"])
    made.set_grant_types([Client.GrantType.AUTHORIZATION_CODE, Client.GrantType.REFRESH_TOKEN])
    made.set_response_types(["code"])
    made.set_secret(secret)
    made.save()
    click.echo(f"client_id      {made.pk}")
    click.echo("client_secret  " + (_("（没有：公开客户端）") if public else secret))


@command.command("clients")
def clients() -> None:
    """List the systems that are registered."""
    from allauth.idp.oidc.models import Client

    for it in Client.objects.order_by("name", "pk"):
        click.echo(f"{it.pk}  {it.name}  {', '.join(it.get_redirect_uris())}")


@command.command()
@click.argument("client_id")
def remove(client_id: str) -> None:
    """Take a system away, and with it everything it was given."""
    from allauth.idp.oidc.models import Client

    count, _details = Client.objects.filter(pk=client_id).delete()
    if not count:
        raise click.UsageError(_("没有这个客户端：%(id)s") % {"id": client_id})
    click.echo(client_id)
