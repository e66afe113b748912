"""Sentences that more than one format needs when it refuses a file."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kepu.notices.drafting.documents import limits


def broken() -> str:
    """For a file that was cut short or damaged."""
    return _("文件不完整或已损坏，打不开。请重新下载，或用 WPS、Word 打开后另存一份再上传。")


def empty() -> str:
    """For a file with nothing in it."""
    return _("文件是空的，里面没有内容。请检查是否选错了文件。")


def too_big() -> str:
    """For more than a notice is made of, whatever the words in it."""
    return _("文档的正文太大或结构太复杂，不像一份通知。请只留下通知的正文和附件，或复制文字粘贴。")


def too_long() -> str:
    """For more words than a notice has."""
    return _("文字超过%(limit)s字，不像一份通知。请只留下通知的正文和附件。") % {
        "limit": limits.MAX_CHARACTERS
    }


def too_many_pages(pages: int) -> str:
    """For more pages than a notice has."""
    return _("文档有%(pages)s页，超过%(limit)s页，不像一份通知。请只留下通知的正文和附件。") % {
        "pages": pages, "limit": limits.MAX_PAGES,
    }  # fmt: skip
