"""Acts: keep a contact; ask, answer, pass on, close; share an answer; announce, change, cancel a training; sign up;
report an error, answer it."""

from kepu.support.actions.answers import change_answer, share_answer, withdraw_answer
from kepu.support.actions.contacts import keep_contact, remove_contact
from kepu.support.actions.error_reports import (
    About,
    answer_error_report,
    close_error_report,
    report_error,
    show_reporter,
)
from kepu.support.actions.questions import (
    add_to_question,
    answer_question,
    ask,
    close_question,
    pass_on_question,
)
from kepu.support.actions.telling import tell_units
from kepu.support.actions.trainings import Plan, announce_training, cancel_training, change_training, sign_up

__all__ = [
    "About",
    "Plan",
    "add_to_question",
    "announce_training",
    "answer_error_report",
    "answer_question",
    "ask",
    "cancel_training",
    "change_answer",
    "change_training",
    "close_error_report",
    "close_question",
    "keep_contact",
    "pass_on_question",
    "remove_contact",
    "report_error",
    "share_answer",
    "show_reporter",
    "sign_up",
    "tell_units",
    "withdraw_answer",
]
