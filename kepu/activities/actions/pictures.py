"""The poster and the pictures: add, describe, put in order, remove. What the public sees follows at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kepu.activities import frozen, messages, rules
from kepu.activities.actions.freezing import freeze
from kepu.activities.actions.steps import check_length, check_said, touch
from kepu.activities.models import Activity, Minors, Picture, PictureKind
from kepu.activities.models.picture import LONGEST_ALT, LONGEST_CREDIT, MOST_PICTURES
from kepu.activities.records import unfit
from kepu.activities.workflow import AWAITING_REVIEW, Event
from kepu.core import audit, files
from kepu.core.db import in_transaction, transaction
from kepu.core.files import pictures as checking
from kepu.core.refusals import StaleState
from kepu.orgs.actor import Actor


@dataclass(frozen=True, slots=True)
class KeptPicture:
    """A picture whose file is kept, and which no activity names yet."""

    digest: str
    file_kind: str
    size: int
    width: int
    height: int


def keep_picture(content: bytes, *, at: datetime) -> KeptPicture:
    """Look at what was sent, clean it, and keep its file: before the act, so that no act waits for a decoder.

    Raises :class:`~kepu.core.files.pictures.PictureRefused`, :class:`~kepu.core.files.room.Full`.
    """
    cleaned = checking.clean(content)
    stored = files.keep(cleaned.content, cleaned.small, at=at)
    return KeptPicture(stored.pk, cleaned.kind, len(cleaned.content), cleaned.width, cleaned.height)


@transaction
def add_pictures(
    activity: Activity, kept: Sequence[KeptPicture], *, kind: PictureKind = PictureKind.PICTURE, alt: str = "",
    credit: str = "", minors: str = "", by: Actor, at: datetime,
) -> list[Picture]:  # fmt: skip
    """Add kept pictures, in their order; what is said holds for each. A poster takes the place of the one before.

    Idempotent: a picture that the activity has already is not added again. Gives those that are new.
    """
    rules.check_add_pictures(by, activity)
    said = _said({"alt": alt, "credit": credit, "minors": minors})
    it = _locked(activity, by, rules.check_add_pictures)
    there = list(it.pictures.there().in_order())
    new = {one.digest: one for one in kept if one.digest not in {old.digest for old in there}}
    if not new:
        return []
    if kind == PictureKind.POSTER:
        if len(new) > 1:
            raise unfit(_("海报只放一张，请选一张。"), "poster")
        _take_away([old for old in there if old.kind == PictureKind.POSTER], at)
    elif (left := MOST_PICTURES - sum(old.kind == PictureKind.PICTURE for old in there)) < len(new):
        raise unfit(
            _("图片最多%(most)s张，还能放%(left)s张，这次选了%(n)s张。请先移除几张，或少选几张。")
            % {"most": MOST_PICTURES, "left": left, "n": len(new)},
            "pictures",
        )
    assert by.person_id is not None  # a check has let only a filer through
    after = max((old.position for old in there), default=0)
    added = [
        Picture(
            activity=it, kind=kind, position=after + number, digest=one.digest, file_kind=one.file_kind, size=one.size,
            width=one.width, height=one.height, uploaded_by_id=by.person_id, uploaded_at=at, **said,
        )
        for number, one in enumerate(new.values(), 1)
    ]  # fmt: skip
    files.claim(list(new))
    Picture.objects.bulk_create(added)
    _follow(it, Event.PICTURES_ADDED, by=by, at=at, n=len(added), kind=str(kind))
    return added


@transaction
def describe_picture(
    picture: Picture, *, alt: str, credit: str, minors: str, by: Actor, at: datetime
) -> Picture:
    """Say what a picture shows, whose it is, and what of the children in it. Saying the same again does nothing."""
    it = _locked(picture.activity, by, rules.check_describe_picture)
    row = _there(it, picture)
    said = _said({"alt": alt, "credit": credit, "minors": minors})
    if said == {name: getattr(row, name) for name in said}:
        return row
    _write(row, **said)
    _follow(it, Event.PICTURE_DESCRIBED, by=by, at=at, picture=row.pk)
    return row


@transaction
def move_picture(picture: Picture, *, earlier: bool, by: Actor, at: datetime) -> Picture:
    """Change places with the picture before or after it. At either end nothing happens."""
    it = _locked(picture.activity, by, rules.check_move_picture)
    row = _there(it, picture)
    line = [one for one in it.pictures.there().in_order() if one.kind == row.kind]
    here = [one.pk for one in line].index(row.pk)
    to = here - 1 if earlier else here + 1
    if not 0 <= to < len(line):
        return row
    other = line[to]
    mine, its = row.position, other.position
    _write(row, position=its)
    _write(other, position=mine)
    _follow(it, Event.PICTURE_MOVED, by=by, at=at, picture=row.pk)
    return row


@transaction
def remove_picture(picture: Picture, *, reason: str = "", by: Actor, at: datetime) -> None:
    """Take a picture away; its file goes a day later unless another activity has it too. Who is not the host says why."""
    it = _locked(picture.activity, by, rules.check_remove_picture)
    row = _there(it, picture)
    check_length(reason)
    if not by.acts_for(it.unit_id):
        check_said(reason, _("请写明为什么移除，举办单位会看到。"))
        messages.picture_removed(it, reason, at=at)
    _take_away([row], at)
    _follow(it, Event.PICTURE_REMOVED, by=by, at=at, picture=row.pk, reason=reason)


@in_transaction
def copy_pictures(source: Activity, to: Activity, *, by: Actor, at: datetime) -> None:
    """The same pictures for another activity, in the same files. What was agreed for one is asked anew for the next."""
    assert by.person_id is not None
    copies = [
        Picture(
            activity=to, kind=old.kind, position=old.position, digest=old.digest, file_kind=old.file_kind, size=old.size,
            width=old.width, height=old.height, alt=old.alt, credit=old.credit,
            minors=Minors.NONE if old.minors == Minors.NONE else "", uploaded_by_id=by.person_id, uploaded_at=at,
        )
        for old in source.pictures.there().in_order()
    ]  # fmt: skip
    files.claim([copy.digest for copy in copies])
    Picture.objects.bulk_create(copies)


def _said(given: dict[str, str]) -> dict[str, str]:
    """What is said of a picture, fit for its row. Raises :class:`Incomplete`."""
    said = {name: text.replace("\0", "").strip() for name, text in given.items()}
    for name, most in (("alt", LONGEST_ALT), ("credit", LONGEST_CREDIT)):
        if len(said[name]) > most:
            label = Picture._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            raise unfit(
                _("%(what)s最多%(most)s个字，现在有%(now)s个字。")
                % {"what": label, "most": most, "now": len(said[name])},
                name,
            )
    if said["minors"] and said["minors"] not in Minors.values:
        raise unfit(_("请选图片里有没有能认出的未成年人。"), "minors")
    return said


@in_transaction
def _locked(activity: Activity, by: Actor, check: Any) -> Activity:
    """The row as it now is, held until the end of the act: limits and order are counted while nobody else writes."""
    it = Activity.objects.whole().select_for_update(of=("self",)).get(pk=activity.pk)
    check(by, it)
    return it


def _there(activity: Activity, picture: Picture) -> Picture:
    row = activity.pictures.there().filter(pk=picture.pk).first()
    if row is None:
        raise StaleState(_("这张图片已经移除。"))
    return row


def _write(row: Picture, **values: Any) -> None:
    Picture.objects.filter(pk=row.pk).update(**values)
    for name, value in values.items():
        setattr(row, name, value)


@in_transaction
def _take_away(rows: Iterable[Picture], at: datetime) -> None:
    for row in rows:
        _write(row, removed_at=at)
        files.let_go([row.digest], at=at)


@in_transaction
def _follow(activity: Activity, event: Event, *, by: Actor, at: datetime, **detail: Any) -> None:
    """Trace it; and where the public reads a copy whose pictures are others now, make it a new one.

    Of what waits for review it makes a new version: who has looked at the older one is told so.
    """
    before = activity.publication.content.get("pictures", []) if activity.public_version else []
    shown = frozen.pictures_of(activity).get("pictures", []) if activity.public_version else []
    if shown == before:
        if activity.state in AWAITING_REVIEW:
            touch(activity, event, by=by, at=at, **detail)
        else:
            audit.record(event, activity, by=by, at=at, **detail)
        return
    touch(
        activity, event, {"public_version": activity.public_version + 1}, by=by, at=at, public=True, **detail
    )
    freeze(activity, None, moved=False, by=by, at=at)
    new = {one["digest"] for one in shown} - {one["digest"] for one in before}
    if new and by.acts_for(activity.unit_id):
        messages.pictures_shown(activity, len(new), at=at)
