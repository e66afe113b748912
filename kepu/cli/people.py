"""``kepu people``: the first people of a real season, and whom they act for."""

from __future__ import annotations

import click

from kepu.accounts.models import Person
from kepu.cli.finding import place_or_line, unit_named
from kepu.core import clock
from kepu.orgs import actions
from kepu.orgs.actor import SYSTEM
from kepu.orgs.models import Post, Role


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """People and their posts. / 人员和岗位"""


@command.command()
@click.argument("username")
@click.option("--unit", "unit_code", required=True, help="Code or name of the unit. / 单位编号或名称")
@click.option(
    "--role", required=True, type=click.Choice([str(role) for role in Role.values]), help="The post. / 岗位"
)
@click.option("--name", default="", help="Name of somebody new. / 姓名（新人员必填）")
@click.option("--email", default="", help="Where a password is set or reset by mail. / 电子邮箱")
@click.option("--password", is_flag=True, help="Ask for a password; else it is set by mail. / 现在输入密码")
def appoint(username: str, unit_code: str, role: str, name: str, email: str, password: bool) -> None:
    """Give USERNAME a post for a unit; an account is made for somebody new."""
    unit, post_of, at = unit_named(unit_code), Role(role), clock.now()
    known = Person.objects.filter(username=Person.normalize_username(username.strip())).first()
    if known is not None:
        _tell(actions.appoint(known, unit, post_of, by=SYSTEM, at=at))
        return
    if not (email or password):
        raise click.UsageError("--email | --password")  # else nobody could ever sign in with it
    secret = click.prompt("密码 / Password", hide_input=True, confirmation_prompt=True) if password else None
    _tell(
        actions.enrol(
            unit, post_of, username=username, name=name, email=email, password=secret, by=SYSTEM, at=at
        )
    )


@command.command()
@click.argument("unit_code", metavar="UNIT")
@click.option("--place", default="", help="Code of the place. / 地区代码")
@click.option("--line", default="", help="Code of the line. / 系统代码")
def coordinates(unit_code: str, place: str, line: str) -> None:
    """Let UNIT coordinate a place or a line, in the stead of whoever did."""
    if bool(place) == bool(line):
        raise click.UsageError("--place | --line")
    unit, node = unit_named(unit_code), place_or_line(place, line)
    actions.name_coordinator(unit, node, by=SYSTEM, at=clock.now())
    click.echo(f"{unit.name} → {node.name}")


def _tell(post: Post) -> None:
    click.echo(f"{post.person.username} {post.person} → {post.unit.name}：{Role(post.role).label}")
