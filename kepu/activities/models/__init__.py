"""The rows: an activity and its review on one side, the frozen copies that the public reads on the other."""

from kepu.activities.models.activity import (
    CONTENT,
    MATERIAL,
    PERSONAL,
    Activity,
    ActivityQuerySet,
    Arrangement,
    Minors,
    Mode,
    Result,
)
from kepu.activities.models.batch import BatchLine, BatchOfReviews, Outcome, Verdict
from kepu.activities.models.doubles import COUNTED_TOGETHER, Double, DoubleState, LikenessMark
from kepu.activities.models.incident import Incident, IncidentQuerySet, IncidentState, IncidentUpdate
from kepu.activities.models.link import LinkHost, LinkMark, OnlineLink
from kepu.activities.models.link import Outcome as LinkOutcome
from kepu.activities.models.picture import Picture, PictureKind, PictureQuerySet
from kepu.activities.models.publication import (
    Publication,
    PublicationDay,
    PublicationStatus,
    PublishedVersion,
)
from kepu.activities.models.rounds import Decision, FiledVersion, ReviewNote
from kepu.activities.models.taking import OPEN_TO_ALL, Access, TakingPart
from kepu.activities.models.words import WatchWord

__all__ = [
    "CONTENT",
    "COUNTED_TOGETHER",
    "MATERIAL",
    "OPEN_TO_ALL",
    "PERSONAL",
    "Access",
    "Activity",
    "ActivityQuerySet",
    "Arrangement",
    "BatchLine",
    "BatchOfReviews",
    "Decision",
    "Double",
    "DoubleState",
    "FiledVersion",
    "Incident",
    "IncidentQuerySet",
    "IncidentState",
    "IncidentUpdate",
    "LikenessMark",
    "LinkHost",
    "LinkMark",
    "LinkOutcome",
    "Minors",
    "Mode",
    "OnlineLink",
    "Outcome",
    "Picture",
    "PictureKind",
    "PictureQuerySet",
    "Publication",
    "PublicationDay",
    "PublicationStatus",
    "PublishedVersion",
    "Result",
    "ReviewNote",
    "TakingPart",
    "Verdict",
    "WatchWord",
]
