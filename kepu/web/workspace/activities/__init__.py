"""A unit's activities: the list, the filing form, the page of one, and every act on it."""
