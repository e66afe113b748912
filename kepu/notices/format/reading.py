"""Reading notice and season files: text to checked values, or every problem with its line."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TypeVar

from django.utils.translation import gettext as _
from pydantic import BaseModel, ValidationError

from kepu.notices.format.problems import NoticeFileRefused, Problem, schema_problems
from kepu.notices.format.schema import NoticeFile, SeasonFile
from kepu.notices.format.slips import toml_problem

T = TypeVar("T", bound=BaseModel)
LARGEST = 2 * 2**20


def read_notice(text: str, file: str = "notice.toml") -> NoticeFile:
    """A notice file's text. Raises :class:`NoticeFileRefused` with every problem found."""
    return _read(text, file, NoticeFile)


def read_season(text: str, file: str = "season.toml") -> SeasonFile:
    """A season file's text. Raises :class:`NoticeFileRefused` with every problem found."""
    return _read(text, file, SeasonFile)


def text_of(path: Path) -> str:
    """The text of a file. Raises :class:`NoticeFileRefused` when there is none or it is not UTF-8."""
    try:
        if path.stat().st_size > LARGEST:
            raise NoticeFileRefused([Problem(path.name, 1, _("文件超过2MB，不像是通知文件。"))])
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise NoticeFileRefused([Problem(path.name, 1, _("找不到这个文件。"))]) from None
    except UnicodeDecodeError:
        raise NoticeFileRefused([Problem(path.name, 1, _("文件不是 UTF-8 编码，请另存为 UTF-8。"))]) from None
    except OSError as fault:
        raise NoticeFileRefused(
            [Problem(path.name, 1, _("打不开这个文件：%(why)s") % {"why": fault.strerror})]
        ) from None


def _read(text: str, file: str, model: type[T]) -> T:
    try:
        data = tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as fault:
        raise NoticeFileRefused([toml_problem(fault, file, text)]) from None
    try:
        return model.model_validate(data)
    except ValidationError as fault:
        raise NoticeFileRefused(schema_problems(fault, file, text, model)) from None
