"""``kepu bench``: what things cost on this machine, as ratios of two things measured side by side in one run.

It measures and asserts nothing: a figure on its own says more about the machine than about Kepu.
"""

from __future__ import annotations

import json
import platform
import time
from importlib import import_module

import click
from django.utils.translation import gettext as _

from kepu.cli.bench.measuring import Measurement

SECTIONS = (
    "rules",
    "filing",
    "batch",
    "sheets",
    "sending",
    "scope",
    "growth",
    "deadline",
    "portal",
    "relevance",
    "rehearse",
)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("sections", nargs=-1, type=click.Choice(SECTIONS))
@click.option("--json", "as_json", is_flag=True, help="As JSON. / 以 JSON 输出")
@click.option("--small", is_flag=True, help="A tenth of everything, to see that it runs. / 缩小规模")
def command(sections: tuple[str, ...], as_json: bool, small: bool) -> None:
    """Measure SECTIONS, or all of them: rules, filing, batch, sheets, sending, scope, growth, deadline, portal, relevance, rehearse.

    Every database is temporary.
    """
    click.echo(
        _("在 Python %(python)s、%(machine)s 上测量。")
        % {"python": platform.python_version(), "machine": platform.machine()},
        err=True,
    )
    found: dict[str, list[Measurement]] = {}
    for name in sections or SECTIONS:
        began = time.monotonic()
        measure = import_module(f"kepu.cli.bench.{MODULES[name]}").measure
        found[name] = measure(scale=0.1 if small else 1.0)
        if not as_json:
            click.secho(
                _("%(name)s（%(seconds).0f秒）") % {"name": name, "seconds": time.monotonic() - began},
                bold=True,
            )
            for one in found[name]:
                click.echo(f"  {one.line()}")
    if as_json:
        click.echo(
            json.dumps({k: [m.as_data() for m in v] for k, v in found.items()}, ensure_ascii=False, indent=2)
        )


MODULES = {
    "rules": "rules",
    "filing": "filing",
    "batch": "batch",
    "sheets": "importing",
    "sending": "sending",
    "scope": "scope",
    "growth": "growth",
    "deadline": "deadline",
    "portal": "portal",
    "relevance": "relevance",
    "rehearse": "whole",
}
