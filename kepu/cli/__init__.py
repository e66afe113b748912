"""``kepu``: the commands. A face like the web: it takes words in, calls one act or read, and puts words out."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

COMMANDS = {
    # name: (module, one line of help); modules are imported when asked for, so that --help is quick
    "demo": ("demo", "Open a working science day of 2023 with made-up units. / 打开演练"),
    "serve": ("serve", "Run the web server. / 运行网站"),
    "worker": ("worker", "Deliver messages and fold counts, until stopped. / 处理后台工作"),
    "setup": ("setup", "Prepare the database: tables, divisions, a season's notices. / 准备数据库"),
    "season": ("season", "Load a season from a folder; close it when it is over. / 装入、结束届次"),
    "notice": ("notice", "Check, import, export a notice file; draft one. / 通知文件"),
    "places": ("places", "Load places below the county. / 导入地区"),
    "units": ("units", "Load units from a sheet. / 导入单位"),
    "activities": ("activities", "File a unit's table of activities. / 导入活动表"),
    "people": ("people", "Give people their posts, and units what they coordinate. / 人员和岗位"),
    "oidc": ("oidc", "Let other systems sign people in with their account here. / 统一登录"),
    "explain": ("explain", "Say which clause a rule comes from for a unit. / 规则出处"),
    "clauses": ("clauses", "The ledger: what of the five notices is carried, and where. / 条款台账"),
    "rehearse": ("rehearse", "Play a whole season through and report it. / 全程演练"),
    "keys": ("keys", "Keys that close personal data: make, see, change. / 个人信息密钥"),
    "audit": ("audit", "Verify the trace of all acts. / 核验留痕"),
    "tallies": ("tallies", "Fold and verify the counts. / 核验计数"),
    "training": ("training", "Open a space for practising beside the real one. / 培训空间"),
    "doctor": ("doctor", "Look a deployment over and explain each finding. / 检查部署"),
    "backup": ("backup", "Copy the database while people go on working. / 备份"),
    "workflow": ("workflow", "Draw the life of an activity. / 活动流程图"),
    "bench": ("bench", "Measure speed as ratios, side by side. / 测速"),
    "manage": ("manage", "Django's own commands. / Django 管理命令"),
}

# what writes into the database at hand and does not look for itself which space it is
WRITING = {"season", "places", "units", "activities", "people", "tallies"}


class Commands(click.Group):
    """Commands found by name and imported when used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        set_up()
        command: click.Command = import_module(f"kepu.cli.{COMMANDS[name][0]}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_module, text) in COMMANDS.items()])


def set_up() -> None:
    """Make the settings and the models ready. A demo's settings unless others are named."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kepu.config.settings.demo")
    django.setup()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", help="Language of the answers. / 回答的语言"
)
@click.version_option(package_name="kepu")
@click.pass_context
def cli(context: click.Context, lang: str) -> None:
    """Kepu runs a science day: notices, activities, reviews, summaries.

    全国科普日平台：通知、活动、审核、报送。
    """
    from django.utils import translation

    set_up()
    translation.activate("en" if lang == "en" else "zh-hans")
    if context.invoked_subcommand in WRITING:
        from kepu.core import space

        space.check()


def main() -> None:
    """The program's entry. A refusal, a setting that is missing or a database not prepared is a sentence and exit code 1."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError
    from django.utils.translation import gettext as _

    from kepu.core.refusals import Refused

    try:
        cli(prog_name="kepu")
    except Refused as refusal:
        click.secho(str(refusal), fg="red", err=True)
        sys.exit(1)
    except ImproperlyConfigured as fault:
        click.secho(str(fault), fg="red", err=True)
        sys.exit(1)
    except DatabaseError as fault:
        if not _is_unprepared(fault):
            raise
        click.secho(
            _("数据库还没有准备好。请先运行 kepu setup；只想看看，请运行 make demo。"), fg="red", err=True
        )
        sys.exit(1)


def _is_unprepared(fault: Exception) -> bool:
    """Whether the database was never prepared: SQLite says so in words, PostgreSQL with a code of its own."""
    said = str(fault)
    return (
        "no such table" in said
        or "unable to open database file" in said
        or getattr(fault.__cause__, "sqlstate", "") == "42P01"
    )
