#!/usr/bin/env python3
"""Verify an export of the trace without Kepu: python3 verify.py rows.jsonl [anchor.txt]

Needs Python 3.8 or newer and nothing else. Kepu itself computes its hashes with this very file.

不用科普通就能核验导出的留痕：python3 verify.py rows.jsonl [anchor.txt]，只需要 Python 3.8 以上。
系统自己计算校验值，用的就是这个文件。
"""

import hashlib
import json
import sys

# What the hash of a row covers, in this order; "version" stands first from version 2 on.
COVERED = {
    1: (
        "strand", "seq", "at", "event", "thing", "thing_id", "person_id", "unit_id", "detail", "previous",
    ),
    2: (
        "version", "strand", "seq", "at", "day", "event", "thing", "thing_id", "person_id", "unit_id", "owner_id", "place_path",
        "line_path", "detail", "previous",
    ),
}  # fmt: skip

WHY = {
    "changed": "the row was changed after it was written / 写入之后被改过",
    "unlinked": "the row does not follow the one before it / 接不上前一行",
    "order": "the rows stand in another order / 次序不对",
    "missing": "rows are missing before this one / 前面少了行",
    "anchor": "the row that the anchor keeps is another / 与另存的链头不符",
    "unreadable": "the line cannot be read / 这一行读不出来",
}


def digest(row):
    """SHA-256 of a row with its place in the chain, in canonical JSON; instants in UTC. None for an unknown version."""
    names = COVERED.get(row.get("version"))
    if names is None:
        return None
    content = [row.get(name) for name in names]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


class Walk:
    """Walks rows of all strands in the order in which they were written, one at a time; memory stays flat.

    A line without content ("links": strand, seq, previous, hash) stands for a row that was not exported. ``whole`` says
    that no row may be missing between the first and the last of a strand. ``anchor`` is {strand: (length, hash)}.
    """

    def __init__(self, whole=False, anchor=None):
        self.whole, self.anchor = whole, dict(anchor or {})
        self.last = {}  # strand: (seq, hash, day)
        self.rows = self.links = self.gaps = self.anchored = 0

    def step(self, row):
        """What is wrong with a row, as codes of WHY."""
        strand, seq, found = row["strand"], row["seq"], []
        before = self.last.get(strand)
        if "event" in row:
            self.rows += 1
            if digest(row) != row["hash"]:
                found.append("changed")
        else:
            self.links += 1
        if before is None:
            if seq == 1 and row["previous"] != "":
                found.append("unlinked")
        elif seq <= before[0]:
            if self.whole or row.get("day") == before[2]:
                found.append("order")
            else:  # an area's rows come day by day: an act of before midnight may have been written after it
                self.gaps += 1
        elif seq == before[0] + 1:
            if row["previous"] != before[1]:
                found.append("unlinked")
        elif self.whole:
            found.append("missing")
        else:
            self.gaps += 1
        kept = self.anchor.get(strand)
        if kept is not None and kept[0] == seq:
            self.anchored += 1
            if kept[1] != row["hash"]:
                found.append("anchor")
        self.last[strand] = (seq, row["hash"], row.get("day"))
        return found


def lines_of(file):
    """(number, row or None where the line cannot be read) of a file of lines."""
    for number, line in enumerate(file, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            proper = (
                isinstance(row, dict)
                and all(type(row.get(name)) is int for name in ("strand", "seq"))
                and all(isinstance(row.get(name), str) for name in ("previous", "hash"))
            )
        except ValueError:
            proper = False
        yield number, row if proper else None


def read_anchor(text):
    """{strand: (length, hash)} of an anchor's text. Raises ValueError for what is none, or was changed."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) < 2 or not lines[0].startswith("kepu-anchor ") or not lines[-1].startswith("sum "):
        raise ValueError("no anchor")
    body = "\n".join(lines[:-1]) + "\n"
    if hashlib.sha256(body.encode()).hexdigest() != lines[-1][4:].strip():
        raise ValueError("the sum does not agree")
    heads = {}
    for line in lines[1:-1]:
        strand, length, head = line.split(" ")
        heads[int(strand)] = (int(length), head)
    return heads


def main(arguments):
    say = sys.stdout.write
    if not 1 <= len(arguments) <= 2:
        say(__doc__)
        return 2
    anchor = {}
    if len(arguments) == 2:
        with open(arguments[1], encoding="utf-8") as file:
            anchor = read_anchor(file.read())
    walk, bad = Walk(anchor=anchor), 0
    with open(arguments[0], encoding="utf-8") as file:
        for number, row in lines_of(file):
            for why in ["unreadable"] if row is None else walk.step(row):
                bad += 1
                say(f"line {number}: {WHY[why]}\n")
    say(
        f"rows {walk.rows}, links {walk.links}, gaps (rows not exported) {walk.gaps}, anchored strands {walk.anchored}\n"
    )
    say(f"{bad} faults / 有{bad}处不符\n" if bad else "all rows hold / 全部相符\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
