"""What stands beside an activity on its page: others of its host, and others like it.

The worker looks for them (``finding``) and keeps their numbers (``storing``); the page reads these activities as they now are
(``reading``), so that one that was cancelled a moment ago is not offered, and says why each is there.
"""
