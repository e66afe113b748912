"""People for tests."""

from itertools import count

from kepu.accounts.models import Person

_numbers = count(1)


def a_person(name="王小明", *, username="", email="", is_active=True):
    """Somebody who signs in; nobody knows their password."""
    return Person.objects.create_user(
        username or f"person-{next(_numbers)}", name=name, email=email, is_active=is_active
    )
