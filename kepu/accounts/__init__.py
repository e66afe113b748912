"""People and how they sign in. What a person may do stands with their posts, in :mod:`kepu.orgs`."""
