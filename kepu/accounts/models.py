"""A person: the one account somebody has, whatever units they act for."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from kepu.core import keys
from kepu.core.contacts import first_number
from kepu.core.secrets import EncryptedTextField

PHONE = "accounts_person.phone"  # what the digest of a phone number is bound to


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> Person:
        """A person who signs in with ``username``; without a password nobody can sign in as them."""
        person = self.model(username=self.model.normalize_username(username), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def with_phone(self, number: str) -> models.QuerySet[Person]:
        """Who has this phone number, whichever key its digest was made with."""
        return self.filter(phone_digest__in=keys.digests(first_number(number), column=PHONE))

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> Person:
        return self.create_user(username, password, is_staff=True, is_superuser=True, **fields)


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in. ``name`` is what colleagues see."""

    username = models.CharField(
        _("登录名"), max_length=60, unique=True, validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("这个登录名已经有人用了。")},
    )  # fmt: skip
    name = models.CharField(_("姓名"), max_length=60)
    email = models.EmailField(_("电子邮箱"), blank=True)
    phone = EncryptedTextField(_("手机号码"), blank=True, default="", found_by="phone_digest")
    phone_digest = models.CharField(max_length=64, blank=True, default="", editable=False, db_index=True)
    phone_verified_at = models.DateTimeField(null=True, blank=True)
    language = models.CharField(_("界面语言"), max_length=10, default="", blank=True)
    is_active = models.BooleanField(_("可以登录"), default=True)
    is_staff = models.BooleanField(_("可以进入后台"), default=False)
    joined_at = models.DateTimeField(_("加入时间"), null=True, blank=True)
    closed_at = models.DateTimeField(
        null=True, blank=True
    )  # at the person's own wish: only a pseudonym is left

    objects = PersonManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("人员")
        verbose_name_plural = _("人员")

    def __str__(self) -> str:
        return self.name or self.username

    def put_phone(self, number: str) -> None:
        """Set the number and the digest by which it is found; not yet saved."""
        self.phone, self.phone_digest = number, keys.digest(first_number(number), column=PHONE)

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name
