"""The acts on places, lines, units, posts and messages; one function each."""

from kepu.orgs.actions.deputies import end_deputy, name_deputy
from kepu.orgs.actions.handing_over import hand_over
from kepu.orgs.actions.hooks import add_hook, push_message, remove_hook, resume_hook, try_hook
from kepu.orgs.actions.imports import import_units
from kepu.orgs.actions.invitations import (
    accept_invitation,
    accept_with_new_account,
    invite,
    mail_invitation,
    withdraw_invitation,
)
from kepu.orgs.actions.lists import load_lines, load_terms
from kepu.orgs.actions.notes import Note, deliver_message, deliver_messages, mail_message, read_message
from kepu.orgs.actions.places import import_places, load_divisions
from kepu.orgs.actions.posts import appoint, change_post, end_post, enrol
from kepu.orgs.actions.traits import refresh_traits
from kepu.orgs.actions.units import add_membership, designate, name_coordinator, register_unit

__all__ = [
    "Note",
    "accept_invitation",
    "accept_with_new_account",
    "add_hook",
    "add_membership",
    "appoint",
    "change_post",
    "deliver_message",
    "deliver_messages",
    "designate",
    "end_deputy",
    "end_post",
    "enrol",
    "hand_over",
    "import_places",
    "import_units",
    "invite",
    "load_divisions",
    "load_lines",
    "load_terms",
    "mail_invitation",
    "mail_message",
    "name_coordinator",
    "name_deputy",
    "push_message",
    "read_message",
    "refresh_traits",
    "register_unit",
    "remove_hook",
    "resume_hook",
    "try_hook",
    "withdraw_invitation",
]
