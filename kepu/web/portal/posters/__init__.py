"""海报: what an activity or a place looks like when somebody passes it on: pictures for a screen and sheets for a wall.

What is said (``saying``) is plain data; how it lies on a sheet (``laying``: lines and sizes) and the figure that is its
own (``figures``) follow from that data alone, so a picture is known by what it says: the digest of its data and of the
release is its tag and the name under which it is kept. ``drawing`` sets it with typst; nothing of a season is in code.
"""
