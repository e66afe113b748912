"""``kepu workflow``: the life of an activity as a diagram, for the documentation."""

from __future__ import annotations

import click

from kepu.activities import workflow


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Print the states of an activity, whose turn it is in each, and the ways between them (Mermaid)."""
    click.echo(workflow.drawn(), nl=False)
