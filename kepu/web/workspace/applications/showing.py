"""Whom to call, as little as is needed to know that it is there: the rest is an act."""

from __future__ import annotations

from kepu.orgs.models import Application


def masked_contact(application: Application) -> dict[str, str]:
    """林＊, 138****8000, l***@example.cn: enough to tell two applicants apart."""
    name, phone, email = application.contact_name, application.contact_phone, application.contact_email
    digits = "".join(c for c in phone if c.isdigit())
    user, at, host = email.partition("@")
    return {
        "name": name[:1] + "＊" * max(len(name) - 1, 1) if name else "",
        "phone": f"{digits[:3]}****{digits[-4:]}" if len(digits) >= 10 else "****" if digits else "",
        "email": f"{user[:1]}***{at}{host}" if email else "",
    }
