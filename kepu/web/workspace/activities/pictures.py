"""The poster and the pictures of an activity: its page, what is sent to it, and the files for who may see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kepu.activities import rules
from kepu.activities.actions import (
    KeptPicture,
    add_pictures,
    describe_picture,
    keep_picture,
    move_picture,
    remove_picture,
)
from kepu.activities.models import Activity, Picture, PictureKind
from kepu.activities.models.picture import MOST_PICTURES
from kepu.activities.workflow import State
from kepu.core.files import open_kept, read_kept
from kepu.core.files.pictures import MAX_BYTES, WIDTHS, ending_of
from kepu.core.refusals import Refused, verdict
from kepu.web.limits import costly
from kepu.web.request import Request
from kepu.web.shared.views import done, page, reads, workspace, writes, written
from kepu.web.workspace.activities.picture_forms import Adding, Describing

TYPES = {"jpeg": ("image/jpeg", "jpg"), "png": ("image/png", "png"), "webp": ("image/webp", "webp")}


@dataclass(frozen=True, slots=True)
class Row:
    """A picture on the page: what is said of it, and why the public does not see it."""

    picture: Picture
    form: Describing
    url: str
    first: bool
    last: bool
    hidden: str  # "" where the public sees it, or will

    @property
    def asks(self) -> bool:
        """Whether something is still to be said of it, or was said and not taken."""
        return bool(self.hidden or not self.picture.alt or self.form.is_bound)


@workspace
@reads
def pictures(request: Request, pk: int) -> HttpResponse:
    """The page of an activity's pictures."""
    return _shown(request, _activity(request, pk))


@workspace
@costly("pictures", person=40)
@writes(back="workspace:activity-pictures")
def adding(request: Request, pk: int) -> HttpResponse:
    """Look at what was sent and add what can be kept; of each that cannot it is said why, and the others stay."""
    activity = _activity(request, pk)
    rules.check_add_pictures(request.actor, activity)
    kind = PictureKind.POSTER if f"{PictureKind.POSTER}-kind" in request.POST else PictureKind.PICTURE
    form = Adding(kind, request.POST, request.FILES.getlist(f"{kind}-file"))
    if form.is_valid():
        said = {name: form.cleaned_data.get(name, "") for name in ("alt", "credit", "minors")}
        kept, refused = _kept(form.chosen, request)
        if not kept:
            for sentence in refused:
                form.add_error("file", sentence)
            return _shown(request, activity, adding=form)
        with form.keeping_refusals():
            added = add_pictures(activity, kept, kind=kind, **said, by=request.actor, at=request.at)
            for sentence in refused:
                messages.error(request, sentence)
            n = len(added)
            done_words = ngettext("传上了%(n)s张图片。", "传上了%(n)s张图片。", n) % {"n": n}
            return done(
                request,
                done_words if n else _("这些图片都已经有了。"),
                to="workspace:activity-pictures",
                pk=pk,
            )
    return _shown(request, activity, adding=form)


@workspace
@writes(back="workspace:activity")
def describing(request: Request, pk: int, picture: int) -> HttpResponse:
    """Write what is said of one picture."""
    activity, row = _found(request, pk, picture)
    form = Describing(row, request.POST)
    if form.is_valid():
        with form.keeping_refusals():
            describe_picture(row, **form.cleaned_data, by=request.actor, at=request.at)
            return done(request, _("图片说明已保存。"), to=_back(activity, row))
    return _shown(request, activity, describing={row.pk: form})


@workspace
@writes(back="workspace:activity")
def moving(request: Request, pk: int, picture: int) -> HttpResponse:
    """One place earlier or later."""
    activity, row = _found(request, pk, picture)
    move_picture(row, earlier=written(request, "to", 10) == "earlier", by=request.actor, at=request.at)
    return done(request, _("图片的先后已调整。"), to=_back(activity, row))


@workspace
@writes
def removing(request: Request, pk: int, picture: int) -> HttpResponse:
    """Take one away."""
    activity, row = _found(request, pk, picture)
    remove_picture(
        row, reason=request.POST.get("reason", "").replace("\0", ""), by=request.actor, at=request.at
    )
    return done(request, _("图片已移除。"), to="workspace:activity-pictures", pk=activity.pk)


@workspace
@reads
def small(request: Request, pk: int, picture: int, width: int) -> HttpResponse:
    """A small picture for who sees the activity, whether the public sees it or not."""
    _it, row = _found(request, pk, picture)
    if width not in WIDTHS:
        raise Http404
    try:
        content = read_kept(row.digest, ending_of(width))
    except FileNotFoundError:
        raise Http404 from None
    return HttpResponse(
        content, content_type="image/webp", headers={"Cache-Control": "private, max-age=86400, immutable"}
    )


@workspace
@reads
def original(request: Request, pk: int, picture: int) -> HttpResponse:
    """The picture in its full size, as a file."""
    _it, row = _found(request, pk, picture)
    kind, ending = TYPES[row.file_kind]
    try:
        with open_kept(row.digest) as file:
            content = file.read()
    except FileNotFoundError:
        raise Http404 from None
    name = f"picture-{row.activity_id}-{row.pk}.{ending}"
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _activity(request: Request, pk: int) -> Activity:
    return get_object_or_404(rules.visible_to(request.actor), pk=pk)


def _found(request: Request, pk: int, picture: int) -> tuple[Activity, Picture]:
    activity = _activity(request, pk)
    row = get_object_or_404(activity.pictures.there(), pk=picture)
    row.activity = activity
    return activity, row


def _back(activity: Activity, row: Picture) -> str:
    return f"{reverse('workspace:activity-pictures', args=[activity.pk])}#picture-{row.pk}"


def _kept(chosen: list[UploadedFile], request: Request) -> tuple[list[KeptPicture], list[str]]:
    """What could be kept, and of the rest a sentence each with the file's name."""
    kept, refused = [], []
    for file in chosen:
        try:
            kept.append(keep_picture(file.read(MAX_BYTES + 1), at=request.at))
        except Refused as refusal:
            refused.append(
                _("“%(name)s”没有收下：%(why)s") % {"name": (file.name or "")[:60], "why": refusal}
            )
    return kept, refused


def _shown(
    request: Request, activity: Activity, *, adding: Adding | None = None,
    describing: dict[int, Describing] | None = None,
) -> HttpResponse:  # fmt: skip
    found = list(activity.pictures.there().in_order())
    posters = [picture for picture in found if picture.kind == PictureKind.POSTER]
    others = [picture for picture in found if picture.kind == PictureKind.PICTURE]
    forms: dict[str, Any] = {
        kind: adding if adding and adding.prefix == kind else Adding(kind) for kind in PictureKind
    }
    ours = request.actor.acts_for(activity.unit_id)
    context = {
        "activity": activity, "poster": _rows(posters, describing), "pictures": _rows(others, describing),
        "adding_poster": forms["poster"], "adding_pictures": forms["picture"],
        "may_add": verdict(rules.check_add_pictures, request.actor, activity),
        "may_remove": rules.can_remove_picture(request.actor, activity), "ours": ours,
        "most": MOST_PICTURES, "left": MOST_PICTURES - len(others), "in_public": bool(activity.public_version),
        "to_public": activity.state in (State.PUBLISHED, State.CHANGED, State.POSTPONED),
        "form": adding, "described": next(iter((describing or {}).values()), None),
    }  # fmt: skip
    return page(request, "workspace/activities/pictures.html", context)


def _rows(found: list[Picture], describing: dict[int, Describing] | None) -> list[Row]:
    return [
        Row(
            picture, (describing or {}).get(picture.pk) or Describing(picture),
            reverse("workspace:activity-picture-small", args=[picture.activity_id, picture.pk, WIDTHS[0]]),
            number == 0, number == len(found) - 1, hidden_because(picture),
        )
        for number, picture in enumerate(found)
    ]  # fmt: skip


def hidden_because(picture: Picture) -> str:
    """Why the public does not see it, and what to do; "" where nothing keeps it away."""
    if picture.is_shown:
        return ""
    if not picture.minors:
        return _("公众看不到：还没有声明图里有没有能认出的未成年人。")
    return _("公众看不到：还没有写海报的说明。")
