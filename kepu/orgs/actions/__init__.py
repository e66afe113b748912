"""The acts on places, lines, units, posts and messages; one function each."""

from kepu.orgs.actions.application_content import Contact, Said
from kepu.orgs.actions.application_decisions import (
    approve_application,
    merge_application,
    refuse_application,
    return_application,
    see_contact,
)
from kepu.orgs.actions.applications import (
    apply_for_unit,
    ask_for_part,
    claim_unit,
    hand_in_again,
    withdraw_application,
)
from kepu.orgs.actions.applying import forget_contacts, mail_applicant
from kepu.orgs.actions.changes import (
    Piece,
    call_off_change,
    carry_out_changes,
    close_unit,
    correct_unit,
    merge_unit,
    move_unit,
    rename_unit,
    split_unit,
)
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
from kepu.orgs.actions.parts import add_part, let_go, take_in_unit
from kepu.orgs.actions.places import import_places, load_divisions
from kepu.orgs.actions.posts import appoint, change_post, end_post, enrol
from kepu.orgs.actions.traits import refresh_traits
from kepu.orgs.actions.units import add_membership, designate, name_coordinator, register_unit

__all__ = [
    "Contact",
    "Note",
    "Piece",
    "Said",
    "accept_invitation",
    "accept_with_new_account",
    "add_hook",
    "add_membership",
    "add_part",
    "apply_for_unit",
    "appoint",
    "approve_application",
    "ask_for_part",
    "call_off_change",
    "carry_out_changes",
    "change_post",
    "claim_unit",
    "close_unit",
    "correct_unit",
    "deliver_message",
    "deliver_messages",
    "designate",
    "end_deputy",
    "end_post",
    "enrol",
    "forget_contacts",
    "hand_in_again",
    "hand_over",
    "import_places",
    "import_units",
    "invite",
    "let_go",
    "load_divisions",
    "load_lines",
    "load_terms",
    "mail_applicant",
    "mail_invitation",
    "mail_message",
    "merge_application",
    "merge_unit",
    "move_unit",
    "name_coordinator",
    "name_deputy",
    "push_message",
    "read_message",
    "refresh_traits",
    "refuse_application",
    "register_unit",
    "remove_hook",
    "rename_unit",
    "resume_hook",
    "return_application",
    "see_contact",
    "split_unit",
    "take_in_unit",
    "try_hook",
    "withdraw_application",
    "withdraw_invitation",
]
