"""With a season go its pictures: the rows, the copies that named them, and the files on the disk."""

import pytest
from django.test import Client

from kepu.activities import actions
from kepu.activities.models import Picture, PictureKind, Publication, PublishedVersion
from kepu.activities.workflow import State
from kepu.core import audit, files
from kepu.core.models import StoredFile
from kepu.notices.actions import close_season
from kepu.orgs.actor import SYSTEM
from kepu.privacy.actions import erase_season
from kepu.privacy.actions.erasing import would_erase
from tests.factories.activities import PUBLISHED, a_world, an_activity, loaded
from tests.factories.notices import a_season, china
from tests.factories.pictures import a_picture

pytestmark = pytest.mark.django_db
CLOSED, DUE = china(2023, 12, 1), china(2024, 6, 1)
NAME = "欧阳标记"


def lying(folder):
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_a_season_takes_its_pictures_along_and_leaves_those_of_another(folder):
    world = a_world()
    activity = an_activity(world, State.PUBLISHED)
    said = {"alt": f"{NAME}在讲草药", "credit": NAME}
    poster = a_picture(world, activity, "marker poster", kind=PictureKind.POSTER, **said)
    shared = a_picture(world, activity, "shared", **said)
    removed = a_picture(world, activity, "marker removed", **said)
    actions.remove_picture(removed, by=world.filer, at=PUBLISHED)
    following = a_season("2024", year=2024, name="2024年全国科普日")
    other = an_activity(world, State.DRAFT)
    type(other).objects.filter(pk=other.pk).update(season=following)
    kept = a_picture(world, loaded(other), "shared", credit="石龙中学")
    close_season(world.season, by=SYSTEM, at=CLOSED)
    assert b"marker poster" in lying(folder)
    foreseen = would_erase(world.season, at=DUE)

    assert erase_season(world.season, by=SYSTEM, at=DUE).counts == foreseen
    files.sweep(DUE)

    assert b"marker" not in lying(folder)
    assert [row.pk for row in StoredFile.objects.all()] == [shared.digest] == [kept.digest]
    rows = Picture.objects.filter(activity=activity).values_list("digest", "alt", "credit")
    assert set(rows) == {("", "", "")}
    assert [copy.content.get("pictures") for copy in Publication.objects.all()] == [None]
    for version in PublishedVersion.objects.order_by("version"):
        assert (NAME in str(version.content), version.is_whole) == (False, True)
    assert {v.erased_at for v in PublishedVersion.objects.all()} == {None, DUE}  # the first had none yet
    assert list(audit.verify()) == []
    page = Client().get(f"/activities/{activity.pk}/").content.decode()
    assert ("<figure" in page, NAME in page) == (False, False)
    assert Client().get(f"/pictures/{poster.digest}-320.webp").status_code == 404
    assert files.is_kept(kept.digest, "-320.webp")
