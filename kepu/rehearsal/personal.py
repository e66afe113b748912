"""A rehearsal's people are made up; its own row holds codes of units."""

from kepu.core.personal import free

free("rehearsal.rehearsalstate", "spared")
