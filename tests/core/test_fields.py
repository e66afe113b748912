import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kepu.core.fields import ancestors, under
from kepu.core.models import TallyEntry

parts = st.lists(st.text("0189AZaz_-", min_size=1, max_size=3), max_size=4)
paths = parts.map(lambda found: "/" + "".join(f"{part}/" for part in found))


@pytest.mark.parametrize(
    ("path", "chain"),
    [("/", ["/"]), ("/44/", ["/", "/44/"]), ("/44/4419/", ["/", "/44/", "/44/4419/"])],
)
def test_the_ancestors_of_a_path_begin_with_the_nation_and_end_with_itself(path, chain):
    assert ancestors(path) == chain


@pytest.mark.django_db
@settings(deadline=None, max_examples=40)
@given(all_paths=st.lists(paths, max_size=12), top=paths)
def test_a_subtree_is_what_a_naive_walk_finds(all_paths, top):
    TallyEntry.objects.all().delete()
    TallyEntry.objects.bulk_create(
        TallyEntry(season_id=1, measure="m", unit_id=1, place=p, n=1) for p in all_paths
    )

    found = TallyEntry.objects.filter(under("place", top)).order_by("id").values_list("place", flat=True)

    assert list(found) == [path for path in all_paths if path.startswith(top)]
