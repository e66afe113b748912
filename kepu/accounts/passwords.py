"""What a password must be. Each rule says what is wrong and what to do."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class LongEnough(password_validation.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return _("密码太短：至少 %(min_length)d 个字符。可以用几个不相干的词连成一句。") % {
            "min_length": self.min_length
        }

    def get_help_text(self) -> str:
        return _("至少 %(min_length)d 个字符。") % {"min_length": self.min_length}


class NotCommon(password_validation.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("这个密码太常见，容易被猜中。请换一个。")

    def get_help_text(self) -> str:
        return _("不能是常见的密码。")


class NotGuessable:
    """Refuse what is put together from pieces that everybody uses: kepu2023, zhangwei@1990, woaini5201314.

    Lists of leaked passwords hold hundreds of millions of these, and they are all made the same way. So we keep the
    pieces and not the list: a few hundred words of our own (``data/guessable.txt``), the words among Django's list of
    common passwords, any run of figures, one sign repeated, and what an alphabet or a keyboard has side by side. A
    password that falls apart into ``most`` of them or fewer is refused; four words that have nothing to do with each
    other pass.
    """

    def __init__(self, most: int = 3) -> None:
        self.most = most

    def validate(self, password: str, user: Any = None) -> None:
        if password.strip().lower() in _common():
            return  # that it is common has been said
        if _pieces_of(_plain(password), self.most) <= self.most:
            raise ValidationError(
                _(
                    "这个密码是用常见的词、姓名拼音和数字拼成的（如 kepu2023），泄露的密码里多得是。请换一个，比如几个不相干的词连成一句。"
                ),
                code="password_guessable",
            )

    def get_help_text(self) -> str:
        return _("不能只由常见的词、姓名拼音和数字拼成。")


_DISGUISES = str.maketrans("@$!", "asi")
_RUNS = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "`1234567890-=")
_FIGURES = re.compile(r"\d+")
_FIGURES_FOR_LETTERS = (str.maketrans("o", "0"), str.maketrans("oie", "013"))


def _plain(password: str) -> str:
    """Without what is only decoration: capitals, full-width letters, and signs between and after the words."""
    text = unicodedata.normalize("NFKC", password).casefold()
    return "".join(sign for sign in text if sign.isalnum() or sign in "@$!")


def _pieces_of(text: str, most: int) -> int:
    """The fewest pieces that ``text`` falls apart into; more than ``most`` where it does not."""
    words, longest = _words()
    spellings = {re.sub(r"[@$!]", "", text), text.translate(_DISGUISES)}
    return min(_fewest(spelling, words, longest, most) for spelling in spellings)


def _fewest(text: str, words: frozenset[str], longest: int, most: int) -> int:
    text = _once(text)
    too_many = most + 1
    fewest = [0] + [too_many] * len(text)
    for start in range(len(text)):
        if fewest[start] >= most:
            continue
        for end in _ends(text, start, words, longest):
            fewest[end] = min(fewest[end], fewest[start] + 1)
    return fewest[-1] if text else too_many


def _once(text: str) -> str:
    """What is said twice or more is no harder to guess than said once."""
    repeated = re.fullmatch(r"(.{2,}?)\1+", text)
    return repeated[1] if repeated else text


def _ends(text: str, start: int, words: frozenset[str], longest: int) -> set[int]:
    """Where the pieces that begin at ``start`` may end."""
    ends = {end for end in range(start + 1, min(start + longest, len(text)) + 1) if text[start:end] in words}
    if figures := _FIGURES.match(text, start):
        ends.update(range(start + 1, figures.end() + 1))
    same = start + 1
    while same < len(text) and text[same] == text[start]:
        same += 1
    if same - start > 1:
        ends.add(same)
    for run in _RUNS:
        for row in (run, run[::-1]):
            length = 3
            while start + length <= len(text) and text[start : start + length] in row:
                ends.add(start + length)
                length += 1
    return ends


@cache
def _common() -> frozenset[str]:
    return frozenset(password_validation.CommonPasswordValidator().passwords)


@cache
def _words() -> tuple[frozenset[str], int]:
    ours = (Path(__file__).parent / "data" / "guessable.txt").read_text("utf-8").splitlines()
    words = {word for line in ours if not line.startswith("#") for word in line.split()}
    words |= {word for word in _common() if len(word) > 3 and word.isalpha()}
    words |= {word.translate(figures) for word in words for figures in _FIGURES_FOR_LETTERS}
    return frozenset(words), max(map(len, words))


class NotLikeThePerson(password_validation.UserAttributeSimilarityValidator):
    DEFAULT_USER_ATTRIBUTES = ("username", "name", "email")

    def __init__(self, user_attributes: Any = DEFAULT_USER_ATTRIBUTES, max_similarity: float = 0.7) -> None:
        super().__init__(user_attributes, max_similarity)

    def get_error_message(self) -> str:
        return _("密码与您的%(verbose_name)s太像，容易被猜中。请换一个。")

    def get_help_text(self) -> str:
        return _("不能与登录名、姓名或电子邮箱太像。")
