"""Office contacts, questions with what was said in them, answers for all, trainings and who signed up, reports of errors."""

from kepu.support.models.answers import SharedAnswer
from kepu.support.models.contacts import OfficeContact
from kepu.support.models.error_reports import ErrorReport
from kepu.support.models.questions import Question, Remark
from kepu.support.models.trainings import SignUp, Training

__all__ = ["ErrorReport", "OfficeContact", "Question", "Remark", "SharedAnswer", "SignUp", "Training"]
