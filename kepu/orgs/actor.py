"""The Actor: a person, the unit acted for, and the posts held there. A frozen value that never queries.

Every act takes one as ``by=``. The system is an actor too (:data:`SYSTEM`): jobs act as it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kepu.orgs.models import Role

if TYPE_CHECKING:
    from kepu.orgs.models import Unit


@dataclass(frozen=True, slots=True)
class Held:
    """A post as the actor holds it: the role, and the places and lines (paths) it reaches; empty for the unit only."""

    role: Role
    places: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: ``person_id`` and ``unit_id`` are None for the system.

    A deputy (代理) acts with the posts of another, ``deputy_for``, and with no post of their own: so every act says in
    whose stead it was done.
    """

    person_id: int | None
    person_name: str
    unit: Unit | None
    posts: tuple[Held, ...] = field(default=())
    is_system: bool = False
    deputy_for: int | None = None
    deputy_for_name: str = ""
    # the unit of one's post, where one files for what belongs to it or was merged into it; traces name both
    through: Unit | None = None

    @property
    def through_id(self) -> int | None:
        return self.through.pk if self.through is not None else None

    @property
    def unit_id(self) -> int | None:
        return self.unit.pk if self.unit is not None else None

    @property
    def persons(self) -> tuple[int, ...]:
        """Whose hand it is: the person's, and the one's they stand in for."""
        return tuple(pk for pk in (self.person_id, self.deputy_for) if pk is not None)

    @property
    def only_helps(self) -> bool:
        """Whether nothing but an operator's post is held: technical help, which reads nothing that units write."""
        return bool(self.posts) and all(post.role == Role.OPERATOR for post in self.posts)

    def acts_for(self, unit_id: int | None) -> bool:
        """Whether this actor acts for that very unit."""
        return unit_id is not None and self.unit_id == unit_id

    def holds(self, *roles: Role) -> bool:
        """Whether any of the roles is held, whatever its reach."""
        return any(post.role in roles for post in self.posts)

    def places_as(self, *roles: Role) -> tuple[str, ...]:
        """The places (paths) reached in any of the roles."""
        return tuple(dict.fromkeys(path for post in self.posts if post.role in roles for path in post.places))

    def lines_as(self, *roles: Role) -> tuple[str, ...]:
        """The lines (paths) reached in any of the roles."""
        return tuple(dict.fromkeys(path for post in self.posts if post.role in roles for path in post.lines))

    def reaches(self, *roles: Role, place: str, line: str = "") -> bool:
        """Whether a place or a line is within reach in any of the roles."""
        return any(place.startswith(path) for path in self.places_as(*roles)) or (
            bool(line) and any(line.startswith(path) for path in self.lines_as(*roles))
        )


SYSTEM = Actor(person_id=None, person_name="system", unit=None, is_system=True)

# roles that read the whole of their area; the filer reads the unit's own
OVERSEEING = (Role.COORDINATOR, Role.REVIEWER, Role.EVALUATOR, Role.AUDITOR)
# roles that read the trace of their area, with the names of people
TRACING = (Role.COORDINATOR, Role.AUDITOR)
