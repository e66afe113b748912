"""What a text asks to hand in: ``finding`` has the sentences that ask, ``following`` those that add to one before them;
``objects``, ``things`` and ``ways`` say what, and how. The recogniser ``duty`` makes proposals of it.
"""
