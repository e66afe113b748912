"""Drafts of a folder's texts against the true notices beside them, as figures and as sentences."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click
from django.utils.translation import gettext as _

from kepu.cli.notice.drafting import document_in, drafted_from
from kepu.core.refusals import Incomplete
from kepu.notices.drafting.scoring import GroupScore, Score
from kepu.notices.drafting.scoring import score as scored
from kepu.notices.drafting.scoring.fields import FIELDS
from kepu.notices.drafting.scoring.groups import GROUPS
from kepu.notices.format.reading import read_notice, text_of
from kepu.notices.format.schema import NoticeFile

TEXTS = (".txt", ".docx", ".pdf", ".html", ".htm")
FIRST = ("window", "duty", "quota", "threshold")  # what has to be right before anything else


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--json", "json_wanted", is_flag=True, help="Figures as JSON. / 以 JSON 输出")
def score(folder: Path, json_wanted: bool) -> None:
    """Compare drafts of NAME.txt (or .docx, .pdf, .html) with the truths NAME.toml of a folder.

    Prints precision and recall for each group of things, and what was missed and invented.
    """
    truths = _truths(folder)
    if not truths:
        raise Incomplete(
            _("%(folder)s 里没有成对的文件：每份通知要有 名称.toml 和 名称.txt（或 docx、pdf、html）。")
            % {"folder": folder}
        )
    scores = {text.name: _one(text, truth) for text, truth in truths}
    whole = sum(scores.values(), Score())
    if json_wanted:
        data = {"texts": {name: one.as_json() for name, one in scores.items()}, "all": whole.as_json()}
        data["all"]["first"] = {"groups": list(FIRST), **whole.total(FIRST).as_json()}
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    for name, one in scores.items():
        _print_faults(name, one)
    _print_figures(_("共%(n)s份") % {"n": len(scores)}, whole)


def _truths(folder: Path) -> list[tuple[Path, NoticeFile]]:
    """Each text of the folder with the true notice of its name."""
    return [
        (text, read_notice(text_of(truth), truth.name))
        for truth in sorted(folder.glob("*.toml"))
        if truth.name != "season.toml"
        for ending in TEXTS
        if (text := truth.with_suffix(ending)).is_file()
    ]


def _one(text: Path, truth: NoticeFile) -> Score:
    return scored(truth, drafted_from(document_in(text), season=truth.notice.season).notice_file())


def _print_faults(name: str, one: Score) -> None:
    click.secho(f"\n{name}  {_figures(one.total())}", bold=True)
    for group in GROUPS:
        found = one.groups[group.code]
        for said in found.missed:
            click.secho(_("  漏掉 %(group)s  %(said)s") % {"group": group.title, "said": said}, fg="yellow")
        for said in found.invented:
            click.secho(_("  多出 %(group)s  %(said)s") % {"group": group.title, "said": said}, fg="red")


def _print_figures(title: str, whole: Score) -> None:
    click.secho(f"\n{title}", bold=True)
    click.echo(_("  查准率  查全率   对   漏   多  项目"))
    for line in _rows(whole):
        click.echo(line)
    click.echo("\n" + _("找到的里面，次要的内容也对的："))
    for name, label in FIELDS.items():
        one = whole.fields[name]
        click.echo(f"  {_share(one.share):>6}  {one.right}/{one.of}  {label}")


def _rows(whole: Score) -> Iterator[str]:
    for group in GROUPS:
        yield _row(whole.groups[group.code], str(group.title))
    first = _("、").join(str(group.title) for group in GROUPS if group.code in FIRST)
    yield _row(whole.total(FIRST), _("合计：%(groups)s") % {"groups": first})
    yield _row(whole.total(), _("合计：全部"))


def _row(found: GroupScore, title: str) -> str:
    return f"  {_figures(found)}  {title}"


def _figures(found: GroupScore) -> str:
    counts = f"{found.found:>4} {len(found.missed):>4} {len(found.invented):>4}"
    return f"{_share(found.precision):>6}  {_share(found.recall):>6} {counts}"


def _share(share: float | None) -> str:
    return "—" if share is None else f"{share:.1%}"
