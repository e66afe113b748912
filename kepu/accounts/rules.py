"""What an account must have. Who may make one is decided where posts are known."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kepu.accounts.models import Person
from kepu.core.audit import Doer
from kepu.core.refusals import Incomplete, NotAllowed, Reason


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
