"""The contact of an office that the actor speaks for."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.orgs.models import Line, Place, Role
from kepu.support import queries
from kepu.support.actions import keep_contact, remove_contact
from kepu.support.models import OfficeContact
from kepu.web.request import Request
from kepu.web.shared.forms import Form
from kepu.web.shared.views import done, page, reads, workspace, writes


class ContactForm(Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    office = forms.CharField(
        label=lazy("办公室名称"), max_length=80, help_text=lazy("例如“东莞市科协科普部”。")
    )
    phone = forms.CharField(
        label=lazy("办公电话"), max_length=40, required=False, widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        help_text=lazy("固定电话带区号。所有人都看得到，不要写个人的手机。"),
    )  # fmt: skip
    mail = forms.CharField(
        label=lazy("办公邮箱"),
        max_length=120,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    hours = forms.CharField(
        label=lazy("接听时间"),
        max_length=80,
        required=False,
        help_text=lazy("例如“工作日 9:00—12:00，14:30—17:30”。"),
    )
    about = forms.CharField(
        label=lazy("管什么"),
        max_length=120,
        required=False,
        help_text=lazy("例如“填报、审核；账号问题找平台”。"),
    )


@workspace(roles=(Role.COORDINATOR,))
@reads
def contact(request: Request, code: str) -> HttpResponse:
    node, kept = _kept(request, code)
    initial = {name: getattr(kept, name) for name in ContactForm.base_fields} if kept else {}
    return _page(request, node, kept, ContactForm(initial=initial))


@workspace(roles=(Role.COORDINATOR,))
@writes
def keeping(request: Request, code: str) -> HttpResponse:
    node, kept = _kept(request, code)
    form = ContactForm(request.POST)
    if form.is_valid():
        with form.keeping_refusals():
            said = dict(form.cleaned_data)
            keep_contact(node, expected_version=said.pop("version"), **said, by=request.actor, at=request.at)
            return done(
                request,
                _("已保存。%(node)s的单位和公众都能看到。") % {"node": node.name},
                to="workspace:help",
            )
    return _page(request, node, kept, form)


@workspace(roles=(Role.COORDINATOR,))
@writes(back="workspace:help-contact")
def removing(request: Request, code: str) -> HttpResponse:
    _node, kept = _kept(request, code)
    if kept is None:
        raise Http404
    remove_contact(kept, by=request.actor, at=request.at)
    return done(request, _("“%(office)s”的联系方式已经撤下。") % {"office": kept.office}, to="workspace:help")


def _kept(request: Request, code: str) -> tuple[Place | Line, OfficeContact | None]:
    node = next((node for node in queries.nodes_kept_by(request.actor) if node.code == code), None)
    if node is None:
        raise Http404
    whose = {"place" if isinstance(node, Place) else "line": node}
    return node, OfficeContact.objects.select_related("place", "line").filter(**whose).first()


def _page(request: Request, node: Place | Line, kept: OfficeContact | None, form: Form) -> HttpResponse:
    return page(request, "workspace/support/contact.html", {"node": node, "kept": kept, "form": form})
