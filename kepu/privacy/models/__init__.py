"""Consents, erasures, changes of keys."""

from kepu.privacy.models.consents import APPLICANT, Consent
from kepu.privacy.models.erasures import Erasure, KeyChange

__all__ = ["APPLICANT", "Consent", "Erasure", "KeyChange"]
