"""The acts on an activity, one function each. Every one is a whole, durable act with its trace.

    create_draft(token, *, season, content, by, at) -> Activity        copy_activity(activity, token, *, season, changes, by, at)
    copy_published(publication, token, *, season, by, at)
    edit_draft(activity, *, changes, while_writing, by, at)            withdraw_activity(activity, *, reason, by, at)
    file_activity(activity, *, by, at)                                 file_new(token, *, season, content, hands, router, by, at)
    return_activity(activity, *, reasons, words, by, at)
    approve_activity(activity, *, waivers, words, confirm_key, checked, by, at)
    waive_gate(activity, *, key, reason, by, at)                       confirm_key(activity, *, confirmed, by, at)
    claim_activity(activity, *, words, by, at)                         release_activity(activity, *, by, at)
    begin_batch(token, chosen, *, season, verdict, words, reasons, checked, by, at) -> BatchOfReviews
    carry_on_batch(batch, *, by, at, stop) -> int
    escalate_reviews(unit, activities, *, by, at) -> int               remind_reviewers(unit, season, *, by, at) -> int
    add_watch_words(place, words, *, by, at) -> list[WatchWord]        remove_watch_word(word, *, by, at)
    publish_activity(activity, *, by, at)                              change_activity(activity, *, changes, reason, typing_errors, apart, by, at)
    schedule_publication(activity, *, publish_at, by, at)              unschedule_publication(activity, *, by, at)
    publish_scheduled(activity, *, by, at)
    approve_change(activity, *, waivers, words, by, at)                return_change(activity, *, words, by, at)
    take_back_change(activity, *, by, at)                              cancel_activity(activity, *, reason, by, at)
    postpone_activity(activity, *, reason, starts_at, ends_at, by, at) stop_each(activities, *, cause, words, days, postpone, by, at)
    cancel_sessions(activity, *, codes, reason, by, at)                move_session(activity, *, code, reason, starts_at, ends_at, venue, address, by, at)
    tell_places(activity, *, full, by, at)
    hold_activity(activity, *, participants_actual, online_actual, participants_note, ended_at, by, at)
    complete_activity(activity, *, media_links, materials, results, participants_actual, online_actual, by, at)
    show_results(activity, *, shown, reason, by, at)                   what came of it before the public, or no longer
    report_incident(activity, token, *, kind, happened_at, words, measures, people_hurt, by, at) -> Incident
    update_incident, close_incident(incident, *, words, measures, people_hurt, by, at)
    show_contact(activity, *, by, at), show_contacts(activities, *, how, by, at): what is masked, traced as a look
    summarise_activity(activity, *, sections, by, at)                  archive_activity(activity, *, by, at)
    keep_picture(content, *, at) -> KeptPicture                        add_pictures(activity, kept, *, kind, alt, credit, minors, by, at)
    describe_picture(picture, *, alt, credit, minors, by, at)          move_picture(picture, *, earlier, by, at)
    remove_picture(picture, *, reason, by, at)
    link_double(double, *, keep, words, seen, by, at)                  merge_double(double, *, keep, words, seen, by, at)
    unlink_double(double, *, words, by, at)                            tell_apart(double, *, words, by, at)
    look_for_doubles(activity_id, *, at)                               turn_to_next(pk, *, at) -> bool
    gather_links(season, *, at, size) -> int                           claim_links(*, at, size) -> list[OnlineLink]
    look_at_each(claimed) -> dict[int, Seen]                           note_look(activity_id, seen, *, at)

Each returns the activity as it then is. Refusals: NotAllowed (who, or the state), Incomplete (what is missing, by
field), GateClosed (a clause, named in each reason), StaleState (somebody was faster). Pass ``expected_version`` where
a form was open in between. Fetch with ``rules.visible_to(actor)``: it brings the season and the units that acts ask of.
"""

from kepu.activities.actions.batches import Chosen, begin_batch, carry_on_batch
from kepu.activities.actions.change import (
    approve_change,
    change_activity,
    return_change,
    take_back_change,
)
from kepu.activities.actions.checking_links import claim_links, gather_links, look_at_each, note_look
from kepu.activities.actions.claiming import claim_activity, release_activity
from kepu.activities.actions.completion import (
    archive_activity,
    complete_activity,
    hold_activity,
    summarise_activity,
)
from kepu.activities.actions.contacts import show_contact, show_contacts
from kepu.activities.actions.doubling import link_double, merge_double, tell_apart, unlink_double
from kepu.activities.actions.drafting import (
    copy_activity,
    copy_published,
    create_draft,
    edit_draft,
    withdraw_activity,
)
from kepu.activities.actions.escalating import escalate_reviews, remind_reviewers
from kepu.activities.actions.filing import file_activity, file_new
from kepu.activities.actions.incidents import close_incident, report_incident, update_incident
from kepu.activities.actions.listing import turn_to_next
from kepu.activities.actions.looking import look_at_older, look_for_doubles
from kepu.activities.actions.pictures import (
    KeptPicture,
    add_pictures,
    describe_picture,
    keep_picture,
    move_picture,
    remove_picture,
)
from kepu.activities.actions.places import tell_places
from kepu.activities.actions.publication import cancel_activity, postpone_activity, publish_activity
from kepu.activities.actions.results import show_results
from kepu.activities.actions.review import (
    approve_activity,
    confirm_key,
    return_activity,
    waive_gate,
)
from kepu.activities.actions.scheduling import (
    publish_scheduled,
    schedule_publication,
    unschedule_publication,
)
from kepu.activities.actions.sessions import cancel_sessions, move_session
from kepu.activities.actions.stopping import stop_each
from kepu.activities.actions.wording import add_watch_words, remove_watch_word

__all__ = [
    "Chosen",
    "KeptPicture",
    "add_pictures",
    "add_watch_words",
    "approve_activity",
    "approve_change",
    "archive_activity",
    "begin_batch",
    "cancel_activity",
    "cancel_sessions",
    "carry_on_batch",
    "change_activity",
    "claim_activity",
    "claim_links",
    "close_incident",
    "complete_activity",
    "confirm_key",
    "copy_activity",
    "copy_published",
    "create_draft",
    "describe_picture",
    "edit_draft",
    "escalate_reviews",
    "file_activity",
    "file_new",
    "gather_links",
    "hold_activity",
    "keep_picture",
    "link_double",
    "look_at_each",
    "look_at_older",
    "look_for_doubles",
    "merge_double",
    "move_picture",
    "move_session",
    "note_look",
    "postpone_activity",
    "publish_activity",
    "publish_scheduled",
    "release_activity",
    "remind_reviewers",
    "remove_picture",
    "remove_watch_word",
    "report_incident",
    "return_activity",
    "return_change",
    "schedule_publication",
    "show_contact",
    "show_contacts",
    "show_results",
    "stop_each",
    "summarise_activity",
    "take_back_change",
    "tell_apart",
    "tell_places",
    "turn_to_next",
    "unlink_double",
    "unschedule_publication",
    "update_incident",
    "waive_gate",
    "withdraw_activity",
]
