"""Which of several activities that are one counts for all of them. Pure.

People decide pair by pair: this one goes with that one. Such decisions are edges, at most one from each activity, and
never a circle. Whatever hangs together counts where its chain ends.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping


def way(activity: int, edges: Mapping[int, int]) -> list[int]:
    """Those that an activity goes with, the next first, the one that counts last; empty where it counts itself."""
    steps: list[int] = []
    while (following := edges.get(steps[-1] if steps else activity)) is not None:
        if following == activity or following in steps:
            raise ValueError(f"Activities {[activity, *steps]} go with each other in a circle.")
        steps.append(following)
    return steps


def settled(edges: Mapping[int, int], live: Collection[int]) -> tuple[dict[int, int], set[int]]:
    """Where each activity counts, and which of them no longer go with another.

    One that is still ``live`` never goes with others that are all withdrawn or cancelled: it counts again itself, and
    what went with it stays with it.
    """
    lost = {one for one in edges if one in live and not any(other in live for other in way(one, edges))}
    kept = {one: other for one, other in edges.items() if one not in lost}
    return {one: way(one, kept)[-1] for one in kept}, lost
