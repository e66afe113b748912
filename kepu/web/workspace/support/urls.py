from django.urls import path

from kepu.web.shared.views import by_method
from kepu.web.workspace.support import answers, contacts, desk, error_reports, questions, trainings

urlpatterns = [
    path("help/", desk.desk, name="help"),
    path("help/contact/<slug:code>/", by_method(GET=contacts.contact, POST=contacts.keeping), name="help-contact"),
    path("help/contact/<slug:code>/removal/", contacts.removing, name="help-contact-removal"),
    path("help/questions/", questions.questions, name="help-questions"),
    path("help/questions/new/", by_method(GET=questions.new, POST=questions.asking), name="help-question-new"),
    path("help/questions/<int:pk>/", questions.question, name="help-question"),
    path("help/questions/<int:pk>/answer/", questions.answering, name="help-question-answer"),
    path("help/questions/<int:pk>/addition/", questions.adding, name="help-question-addition"),
    path("help/questions/<int:pk>/passing-on/", questions.passing_on, name="help-question-passing-on"),
    path("help/questions/<int:pk>/closing/", questions.closing, name="help-question-closing"),
    path("help/answers/", answers.answers, name="help-answers"),
    path("help/answers/new/", by_method(GET=answers.new, POST=answers.sharing), name="help-answer-new"),
    path("help/answers/<int:pk>/", by_method(GET=answers.answer, POST=answers.changing), name="help-answer"),
    path("help/answers/<int:pk>/withdrawal/", answers.withdrawing, name="help-answer-withdrawal"),
    path("help/error-reports/", error_reports.error_reports, name="help-error-reports"),
    path("help/error-reports/<int:pk>/", error_reports.error_report, name="help-error-report"),
    path("help/error-reports/<int:pk>/answer/", error_reports.answering, name="help-error-report-answer"),
    path("help/error-reports/<int:pk>/contact/", error_reports.contact, name="help-error-report-contact"),
    path("help/trainings/", trainings.trainings, name="help-trainings"),
    path("help/trainings/new/", by_method(GET=trainings.new, POST=trainings.announcing), name="help-training-new"),
    path("help/trainings/<int:pk>/", trainings.training, name="help-training"),
    path("help/trainings/<int:pk>/change/", by_method(GET=trainings.change, POST=trainings.changing), name="help-training-change"),
    path("help/trainings/<int:pk>/cancellation/", trainings.cancelling, name="help-training-cancellation"),
    path("help/trainings/<int:pk>/sign-up/", trainings.signing_up, name="help-training-sign-up"),
]  # fmt: skip
