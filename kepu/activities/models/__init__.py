"""The rows: an activity and its review on one side, the frozen copies that the public reads on the other."""

from kepu.activities.models.activity import (
    CONTENT,
    MATERIAL,
    PERSONAL,
    Activity,
    ActivityQuerySet,
    Arrangement,
    Decision,
    FiledVersion,
    Minors,
    Mode,
    ReviewNote,
)
from kepu.activities.models.incident import Incident, IncidentQuerySet, IncidentState, IncidentUpdate
from kepu.activities.models.publication import (
    Publication,
    PublicationDay,
    PublicationStatus,
    PublishedVersion,
)

__all__ = [
    "CONTENT",
    "MATERIAL",
    "PERSONAL",
    "Activity",
    "ActivityQuerySet",
    "Arrangement",
    "Decision",
    "FiledVersion",
    "Incident",
    "IncidentQuerySet",
    "IncidentState",
    "IncidentUpdate",
    "Minors",
    "Mode",
    "Publication",
    "PublicationDay",
    "PublicationStatus",
    "PublishedVersion",
    "ReviewNote",
]
