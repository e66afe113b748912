"""Acts on personal data.

give_consent(purpose, *, person, applicant, by, at)      withdraw_consent(person, purpose, *, by, at)
confirm_email(person, address, *, by, at)                confirm_phone(person, number, *, by, at)
take_out_phone(person, *, by, at)                         take_own_data(person, *, by, at)
close_account(person, *, by, at)
erase_season(season, *, by, at)                          change_keys(*, by, at)
"""

from kepu.privacy.actions.accounts import close_account, take_own_data
from kepu.privacy.actions.changing_keys import change_keys
from kepu.privacy.actions.consents import give_consent, withdraw_consent
from kepu.privacy.actions.contacts import confirm_email, confirm_phone, take_out_phone
from kepu.privacy.actions.erasing import erase_season

__all__ = [
    "change_keys", "close_account", "confirm_email", "confirm_phone", "erase_season", "give_consent", "take_out_phone", "take_own_data",
    "withdraw_consent",
]  # fmt: skip
