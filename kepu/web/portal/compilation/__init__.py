"""The compilation of a place (活动汇编): what a city publishes of its activities, to be read, printed and handed on.

``gathering`` reads the activities and ``composing`` makes of them one value, :class:`~.composing.Compilation`; the page, ``pdf``,
``docx`` and ``xlsx`` each draw that value. ``codes`` draws the code that leads back to the list on the site.
"""
