"""The training space (培训空间): the real places, units and notices, and nobody's data.

``copying`` says column by column what crosses from the real space; ``accounts`` makes the people who practise. Nothing
ever goes back: the real space is only read.
"""
