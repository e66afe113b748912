"""A person never passes what they wrote themselves: with a clause always, without one unless nobody else could."""

from dataclasses import replace

import pytest

from kepu.accounts.models import Person
from kepu.activities.actions import (
    add_pictures,
    approve_activity,
    approve_change,
    change_activity,
    confirm_key,
    describe_picture,
    edit_draft,
    file_activity,
    move_picture,
    publish_activity,
    remove_picture,
    return_activity,
)
from kepu.activities.four_eyes import authors_of, authors_of_filings
from kepu.activities.workflow import State
from kepu.core.refusals import NotAllowed
from kepu.notices import rulebook
from kepu.orgs.models import Role
from tests.factories.accounts import a_person
from tests.factories.activities import (
    FILED,
    PUBLISHED,
    REVIEWED,
    a_draft,
    an_activity,
    loaded,
    trace_of,
    with_roles,
)
from tests.factories.notices import a_clause, a_notice
from tests.factories.orgs import a_post, an_actor
from tests.factories.pictures import a_picture, kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(standing_world):
    return standing_world


@pytest.fixture
def asked(world):
    notice = a_notice(world.season, world.city, code="fe", issuer_unit=world.city_office)
    a_clause(
        notice,
        "FE-1",
        "routing",
        {"routes": [{"steps": ["coordinator@city"]}], "four_eyes": True},
        number="七（一）",
    )
    rulebook.forget()


def own(world, by):
    draft = a_draft(world, by=by, subtheme="厚植科技创新沃土，擦亮科幻之都名片")
    return file_activity(draft, by=by, at=FILED)


def both(world, person=None):
    return with_roles(world.city_office, Role.FILER, Role.REVIEWER, person=person)


def test_the_only_reviewer_is_refused_with_the_clause(world, asked):
    by = both(world)
    activity = own(world, by)
    with pytest.raises(NotAllowed, match="通知要求填报和审核由不同的人办理") as refusal:
        approve_activity(activity, by=by, at=REVIEWED)
    assert refusal.value.reasons[0].clause_id == "FE-1"
    assert loaded(activity).state == State.FILED


def test_without_the_clause_the_only_reviewer_may_and_the_trace_says_so(world):
    by = both(world)
    activity = own(world, by)
    approve_activity(activity, by=by, at=REVIEWED)
    assert trace_of(activity)[-1][2]["own"] is True


def test_of_what_others_filed_the_trace_says_nothing_of_the_kind(world):
    activity = an_activity(world, State.APPROVED)
    assert "own" not in trace_of(activity)[-1][2]


def test_who_only_edited_it_does_not_review_it_either(world, asked):
    editor, filer = both(world), with_roles(world.city_office, Role.FILER)
    draft = a_draft(world, by=filer, subtheme="厚植科技创新沃土，擦亮科幻之都名片")
    edit_draft(draft, changes={"summary": "讲座"}, by=editor, at=FILED)
    file_activity(draft, by=filer, at=FILED)
    with pytest.raises(NotAllowed, match="您本人填过或改过"):
        approve_activity(draft, by=editor, at=REVIEWED)


def test_nor_who_wrote_it_for_another_unit(world, asked):
    person = a_person()
    for_school = an_actor(world.school, person=person)
    activity = file_activity(a_draft(world, by=for_school), by=for_school, at=FILED)
    by = an_actor(world.city_office, Role.REVIEWER, person=person)
    with pytest.raises(NotAllowed, match="您本人填过或改过"):
        approve_activity(activity, by=by, at=REVIEWED)


@pytest.mark.parametrize("who", ["the deputy reviews what the holder filed", "the holder reviews what the deputy filed",
                                 "the deputy of another reviews what they filed themselves"])  # fmt: skip
def test_a_deputy_and_whom_they_stand_in_for_are_one_hand(world, asked, who):
    holder, deputy, third = a_person(), a_person(), a_person()

    def acting(unit, role, person, stead=None):
        plain = an_actor(unit, role, person=person)
        return replace(plain, deputy_for=stead.pk, deputy_for_name=stead.name) if stead else plain

    filer, reviewer = {
        "the deputy reviews": ((holder, None), (deputy, holder)),
        "the holder reviews": ((deputy, holder), (holder, None)),
        "the deputy of another": ((deputy, None), (deputy, third)),
    }[" ".join(who.split()[: 4 if "another" in who else 3])]
    filing = acting(world.school, Role.FILER, *filer)
    activity = file_activity(a_draft(world, by=filing), by=filing, at=FILED)
    with pytest.raises(NotAllowed, match="您本人填过或改过"):
        approve_activity(activity, by=acting(world.city_office, Role.REVIEWER, *reviewer), at=REVIEWED)


def test_a_change_is_not_agreed_to_by_whoever_proposed_it(world, asked):
    by = both(world)
    activity = own(world, by)
    approve_activity(activity, by=world.reviewer, at=REVIEWED)
    publish_activity(activity, by=by, at=PUBLISHED)
    change_activity(activity, changes={"venue": "文化馆"}, reason="维修", by=by, at=PUBLISHED)
    with pytest.raises(NotAllowed, match="您本人填过或改过"):
        approve_change(activity, by=by, at=PUBLISHED)
    approve_change(activity, by=world.reviewer, at=PUBLISHED)
    assert activity.state == State.PUBLISHED


def test_sending_back_ones_own_is_no_approval(world, asked):
    by = both(world)
    activity = own(world, by)
    return_activity(activity, words="再改", by=by, at=REVIEWED)
    assert activity.state == State.RETURNED


def test_two_who_both_wrote_do_not_block_each_other_where_no_notice_asks(world):
    one, other = a_person(), a_person()
    for person in (one, other):
        a_post(world.city_office, Role.REVIEWER, person=person)
    first, second = both(world, one), both(world, other)
    draft = a_draft(world, by=first, subtheme="厚植科技创新沃土，擦亮科幻之都名片")
    edit_draft(draft, changes={"summary": "讲座"}, by=second, at=FILED)
    file_activity(draft, by=second, at=FILED)
    approve_activity(draft, by=first, at=REVIEWED)
    assert draft.state == State.APPROVED


def test_the_mark_of_a_key_activity_is_not_confirmed_by_whoever_claimed_it(world, asked):
    by = both(world)
    activity = own(world, by)
    with pytest.raises(NotAllowed, match="您本人填过或改过"):
        confirm_key(activity, by=by, at=REVIEWED)
    confirm_key(activity, by=world.reviewer, at=REVIEWED)
    confirm_key(activity, confirmed=False, by=by, at=REVIEWED)  # taking it back favours nobody
    assert activity.key_confirmed is False


class TestPictures:
    """Whoever shows something with a filing has written it too."""

    HOW = {
        "added": lambda world, activity, picture, by: add_pictures(activity, [kept("mine")], by=by, at=FILED),
        "described": lambda world, activity, picture, by: describe_picture(
            picture, alt="换了说明", credit="", minors="none", by=by, at=FILED
        ),
        "moved": lambda world, activity, picture, by: move_picture(picture, earlier=False, by=by, at=FILED),
    }

    @pytest.mark.parametrize("how", HOW)
    @pytest.mark.parametrize("when", [State.DRAFT, State.FILED])
    def test_who_had_a_hand_in_the_pictures_does_not_pass_it(self, world, folder, how, when):
        by = self.of_the_school_and_the_office(world)
        a_post(world.city_office, Role.REVIEWER)
        activity = an_activity(world, when)
        first = a_picture(world, activity, at=FILED)
        a_picture(world, activity, "two", at=FILED)
        self.HOW[how](world, activity, first, by[0])
        activity = loaded(activity)
        if when == State.DRAFT:
            file_activity(activity, by=world.filer, at=FILED)
        both = {world.filer.person_id, by[0].person_id}
        assert (authors_of(activity), authors_of_filings([activity])) == (both, {activity.pk: both})
        with pytest.raises(NotAllowed, match="另一位审核人"):
            approve_activity(activity, by=by[1], at=REVIEWED)
        assert loaded(activity).state == State.FILED

    def test_who_takes_a_picture_away_may_still_decide(self, world, folder):
        activity = an_activity(world, State.FILED)
        picture = a_picture(world, activity, at=FILED)
        remove_picture(picture, reason="请不要放证件照", by=world.reviewer, at=REVIEWED)
        assert authors_of(activity) == {world.filer.person_id}
        assert approve_activity(loaded(activity), by=world.reviewer, at=REVIEWED).state == State.APPROVED

    @staticmethod
    def of_the_school_and_the_office(world):
        """One person who files for the school and reviews for the office: as the one, and as the other."""
        filing = an_actor(world.school)
        person = Person.objects.get(pk=filing.person_id)
        return filing, with_roles(world.city_office, Role.REVIEWER, person=person)
