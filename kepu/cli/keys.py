"""``kepu keys``: make a key that closes personal data, see what each key still closes, change keys while the site runs."""

from __future__ import annotations

import click
from django.utils.translation import gettext as _

from kepu.core import clock, keys
from kepu.core.refusals import Incomplete
from kepu.orgs.actor import SYSTEM
from kepu.privacy import actions
from kepu.privacy.actions.changing_keys import by_key
from kepu.privacy.drawing import as_markdown


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Keys that close personal data (KEPU_PERSONAL_KEYS). / 加密个人信息的密钥"""


@command.command()
@click.argument("name")
def new(name: str) -> None:
    """Print a fresh key NAME. Put it in front of KEPU_PERSONAL_KEYS and keep it apart from the backups. / 新密钥"""
    if not (name.isalnum() and name.isascii() and len(name) <= 20):
        raise Incomplete(_("密钥的名字只能用20个以内的字母和数字，例如 k2。"))
    click.echo(keys.new_key(name))


@command.command()
def status() -> None:
    """Say how many values each key closes, column by column. / 各密钥用在哪里"""
    first = keys.names()[0]
    others = 0
    for column, counts in by_key():
        said = "  ".join(f"{name}: {n}" for name, n in counts.items()) or "—"
        click.echo(f"{column:44} {said}")
        others += sum(n for name, n in counts.items() if name != first)
    if others:
        click.secho(
            _("还有%(n)s个值不是用第一把密钥加密的。请运行 kepu keys rotate。") % {"n": others}, fg="yellow"
        )
    else:
        click.secho(_("全部用密钥 %(key)s 加密，别的密钥可以去掉。") % {"key": first}, fg="green")


@command.command()
def rotate() -> None:
    """Close everything anew with the first key, in batches, while the site runs. May be stopped and run again. / 更换密钥"""
    change = actions.change_keys(by=SYSTEM, at=clock.now())
    for column, n in sorted(change.counts.items()):
        click.echo(f"{n:>8}  {column}")
    click.secho(_("已全部换成密钥 %(key)s。") % {"key": change.key}, fg="green")


@command.command()
def inventory() -> None:
    """Print what is personal, column by column, as docs/personal-data.md has it. / 个人信息清单"""
    click.echo(as_markdown(), nl=False)
