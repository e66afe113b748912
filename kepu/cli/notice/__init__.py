"""``kepu notice``: check, import and export notice files; draft them from documents, score drafts; check receipts."""

from __future__ import annotations

import click

from kepu.cli.notice.document import document
from kepu.cli.notice.drafting import draft
from kepu.cli.notice.files import check, export, import_, schema
from kepu.cli.notice.receipt import receipt
from kepu.cli.notice.scoring import score


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Notice files (TOML): check, import, export; drafts from documents; receipts. / 通知文件的检查、导入、导出，从文件起草，回执"""


for _one in (check, import_, export, schema, document, draft, score, receipt):
    command.add_command(_one)
