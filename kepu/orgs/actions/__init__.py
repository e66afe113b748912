"""The acts on places, lines, units, posts and messages; one function each."""

from kepu.orgs.actions.hooks import add_hook, push_message, remove_hook, resume_hook, try_hook
from kepu.orgs.actions.imports import import_units
from kepu.orgs.actions.lists import load_lines, load_terms
from kepu.orgs.actions.notes import Note, deliver_message, deliver_messages, mail_message, read_message
from kepu.orgs.actions.places import import_places, load_divisions
from kepu.orgs.actions.posts import appoint, end_post, enrol
from kepu.orgs.actions.traits import refresh_traits
from kepu.orgs.actions.units import add_membership, designate, name_coordinator, register_unit

__all__ = [
    "Note",
    "add_hook",
    "add_membership",
    "appoint",
    "deliver_message",
    "deliver_messages",
    "designate",
    "end_post",
    "enrol",
    "import_places",
    "import_units",
    "load_divisions",
    "load_lines",
    "load_terms",
    "mail_message",
    "name_coordinator",
    "push_message",
    "read_message",
    "refresh_traits",
    "register_unit",
    "remove_hook",
    "resume_hook",
    "try_hook",
]
