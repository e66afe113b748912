"""Posters of made-up activities are the same for the same number, and cost next to nothing."""

import pytest

from kepu.core import files
from kepu.rehearsal import posters
from tests.conftest import NOON


def test_a_number_has_one_picture_and_another_number_another():
    one, again, other = (posters.drawn(number).tobytes() for number in (3, 3, 6))
    assert one == again != other


@pytest.mark.django_db
def test_a_poster_is_kept_as_an_uploaded_one_is(folder):
    poster = posters.poster(3, at=NOON)
    assert (poster.file_kind, poster.width, poster.height) == ("webp", 640, 906)
    assert files.read_kept(poster.digest, "-960.webp") == files.read_kept(poster.digest)
    assert len(files.read_kept(poster.digest, "-320.webp")) < 12_000
