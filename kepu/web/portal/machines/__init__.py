"""The lists of activities for other programs: the same questions as the list page, answered as Atom, JSON Feed, CSV and
iCalendar; the page that explains them; the sitemap.

``question`` is what an address asks for, ``gathering`` fetches a page of it, one file for each format writes it down,
``serving`` is the frame of every such answer. A question is answered in the same way whoever asks: nothing here looks at
a session or a cookie.
"""
