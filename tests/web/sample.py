"""A few views made from the frame that all views are made from, and their addresses."""

from django import forms
from django.urls import path

from kepu.config.urls import *  # noqa: F403
from kepu.config.urls import urlpatterns as real
from kepu.core.refusals import GateClosed, Incomplete, NotAllowed, Reason
from kepu.orgs.models import Role
from kepu.web.shared.forms import Form
from kepu.web.shared.views import by_method, done, page, reads, workspace, writes

CLAUSE = "东科协〔2023〕17号 六（二）1"


class SampleForm(Form):
    title = forms.CharField(label="名称")
    day = forms.DateField(label="日期")


@workspace
@reads
def whole(request):
    return page(request, "sample.html", {"word": "草稿", "form": None}, pieces=("status",))


@workspace
@reads
def closed(request):
    raise NotAllowed("这件事由市里办。")


@workspace(roles=(Role.REVIEWER,))
@reads
def for_reviewers(request):
    return page(request, "sample.html", {"word": "审核", "form": None})


@workspace
@writes
def submission(request):
    return done(request, "已提交审核。", to="sample", draft="activity:7")


@workspace
@writes
def refusing(request):
    raise GateClosed(reasons=[Reason("申报窗口已经关闭。", clause=CLAUSE), Reason("名称已经用过。")])


@workspace
@writes(back="sample-back")
def refusing_elsewhere(request, pk):
    raise NotAllowed("这件事由市里办。")


@workspace
@reads
def new(request):
    return page(request, "sample.html", {"word": "", "form": SampleForm()})


@workspace
@writes
def filing(request):
    form = SampleForm(request.POST)
    if form.is_valid():
        with form.keeping_refusals():
            if form.cleaned_data["day"].day < 10:
                raise Incomplete(
                    reasons=[
                        Reason("要提前 7 天。", field="day", clause=CLAUSE),
                        Reason("先填安全方案。", clause=CLAUSE),
                    ]
                )
            return done(request, "已提交。", to="sample")
    return page(request, "sample.html", {"word": "", "form": form})


urlpatterns = [
    *real,
    path("sample/", whole, name="sample"),
    path("sample/closed/", closed),
    path("sample/reviewers/", for_reviewers),
    path("sample/submission/", submission),
    path("sample/refusing/", refusing),
    path("sample/<int:pk>/", by_method(GET=lambda request, pk: whole(request)), name="sample-back"),
    path("sample/<int:pk>/refusing/", refusing_elsewhere),
    path("sample/filing/", by_method(GET=new, POST=filing), name="sample-filing"),
]
