"""What an account must have. Who may make one is decided where posts are known."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kepu.accounts.models import Person
from kepu.core.audit import Doer
from kepu.core.refusals import Incomplete, NotAllowed, Reason, Refused


def check_create(by: Doer) -> None:
    """On its own, without a unit and a post, an account is made only by the system."""
    if by.person_id is not None:
        raise NotAllowed(_("建立人员时要同时安排单位和岗位。请在单位的人员页面里添加。"))


def check_choose_language(by: Doer, person: Person) -> None:
    if by.person_id != person.pk:
        raise NotAllowed(_("界面语言只能由本人选择。"))


def check_person(person: Person, password: str | None) -> None:
    """Raise :class:`Incomplete` with every field that does not hold and every rule that the password breaks."""
    reasons = []
    try:
        person.full_clean(exclude=["password", "joined_at"])
    except ValidationError as fault:
        by_field = fault.message_dict.items()
        reasons += [Reason(sentence, field=name) for name, sentences in by_field for sentence in sentences]
    if password is not None:
        try:
            validate_password(password, person)
        except ValidationError as fault:
            reasons += [Reason(sentence, field="password") for sentence in fault.messages]
    if reasons:
        raise Incomplete(reasons=reasons)


def check_own_account(by: Doer, person: Person) -> None:
    if by.person_id != person.pk:
        raise NotAllowed(_("账号的登录方式只能由本人更改。"))


def check_email_is_free(person: Person, address: str) -> None:
    """An address confirmed by one person leads to one account."""
    taken = EmailAddress.objects.filter(email=address.lower(), verified=True).exclude(user_id=person.pk)
    if taken.exists():
        raise Refused(_("这个邮箱已经由另一个账号确认过。请用您自己的邮箱。"))


def check_phone_is_free(person: Person, number: str) -> None:
    taken = Person.objects.with_phone(number).filter(phone_verified_at__isnull=False).exclude(pk=person.pk)
    if taken.exists():
        raise Refused(_("这个手机号码已经由另一个账号确认过。请用您自己的号码。"))


def check_name(name: str) -> str:
    """The name without blanks around it; colleagues must be able to read it."""
    plain = " ".join(name.split())
    if not plain:
        raise Incomplete(reasons=[Reason(_("请填写姓名。"), field="name")])
    longest = Person._meta.get_field("name").max_length or 0
    if len(plain) > longest:
        raise Incomplete(
            reasons=[Reason(_("姓名太长：最多 %(most)d 个字。") % {"most": longest}, field="name")]
        )
    return plain
