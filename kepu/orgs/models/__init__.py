"""Places, lines, units and posts: the two trees an activity rolls up by, and who acts where."""

from kepu.orgs.models.applications import Application, ApplicationQuerySet
from kepu.orgs.models.changes import UnitChange
from kepu.orgs.models.deputies import Deputy, DeputyQuerySet
from kepu.orgs.models.hooks import Hook
from kepu.orgs.models.invitations import Invitation, InvitationQuerySet
from kepu.orgs.models.messages import Message
from kepu.orgs.models.places import Line, Place, PlaceQuerySet, Term
from kepu.orgs.models.posts import Post, PostQuerySet
from kepu.orgs.models.units import Coordination, DatedQuerySet, Designation, Membership, Unit, UnitQuerySet
from kepu.orgs.workflow import NATION, Level, PlaceKind, Role, Vocabulary

__all__ = [
    "NATION", "Application", "ApplicationQuerySet", "Coordination", "DatedQuerySet", "Deputy", "DeputyQuerySet", "Designation", "Hook",
    "Invitation", "InvitationQuerySet", "Level", "Line", "Membership", "Message", "Place", "PlaceKind", "PlaceQuerySet", "Post",
    "PostQuerySet", "Role", "Term", "Unit", "UnitChange", "UnitQuerySet", "Vocabulary",
]  # fmt: skip
