"""What a password must be. Each rule says what is wrong and what to do."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import password_validation
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


class NotLikeThePerson(password_validation.UserAttributeSimilarityValidator):
    DEFAULT_USER_ATTRIBUTES = ("username", "name", "email")

    def __init__(self, user_attributes: Any = DEFAULT_USER_ATTRIBUTES, max_similarity: float = 0.7) -> None:
        super().__init__(user_attributes, max_similarity)

    def get_error_message(self) -> str:
        return _("密码与您的%(verbose_name)s太像，容易被猜中。请换一个。")

    def get_help_text(self) -> str:
        return _("不能与登录名、姓名或电子邮箱太像。")
