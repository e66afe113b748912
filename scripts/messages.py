#!/usr/bin/env python3
"""Keep the English catalogue in step with the code, without the gettext binaries.

    scripts/messages.py --update   take in new strings, drop gone ones, compile
    scripts/messages.py --check    say what is missing, and fail if anything is

Chinese is the language of the source; the catalogue is kepu/locale/en/LC_MESSAGES/django.po, and the compiled .mo
beside it is committed, so that nobody needs a compiler to run Kepu.
"""

import argparse
import io
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "kepu"
PO = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"

HEADER = "# The English of Kepu. To take in new strings and to compile: make messages"

ONE, MANY, IN_CONTEXT, MANY_IN_CONTEXT = None, (1, 2), ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS = {
    **dict.fromkeys(["_", "lazy", "gettext", "gettext_lazy", "gettext_noop"], ONE),
    **dict.fromkeys(["ngettext", "ngettext_lazy"], MANY),
    **dict.fromkeys(["pgettext", "pgettext_lazy"], IN_CONTEXT),
    **dict.fromkeys(["npgettext", "npgettext_lazy"], MANY_IN_CONTEXT),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|%([sdf])|(?<!\{)\{(\w*)[^{}]*\}")


class EnglishCatalogue(Catalog):
    """A catalogue whose header says nothing that changes from day to day or from machine to machine."""

    @property
    def mime_headers(self):
        return [
            ("Project-Id-Version", "kepu"),
            ("Language", "en"),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", "nplurals=2; plural=(n != 1);"),
        ]


def as_python(template):
    """The strings of a Django template as gettext calls, everything else blanked; Babel reads it as Python."""
    # Indentation means nothing in a template and everything to Python's tokenizer.
    return "\n".join(line.strip() for line in templatize(template).splitlines())


def sources():
    """Every file that may hold a string, with its content as Python."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, path.read_text("utf-8")
    for path in sorted(PACKAGE.rglob("templates/**/*")):
        if path.suffix in {".html", ".txt", ".xml", ".svg"}:
            yield path, as_python(path.read_text("utf-8"))


def strings_in_code():
    """The strings of the code, each with the files it occurs in, as a catalogue without translations."""
    found = new_catalogue()
    for path, python in sources():
        where = path.relative_to(ROOT).as_posix()
        lines = io.BytesIO(python.encode("utf-8"))
        for _line, text, comments, context in extract(
            "python", lines, KEYWORDS, comment_tags=["Translators:"]
        ):
            found.add(text, locations=[(where, 0)], auto_comments=comments, context=context)
    return found


def new_catalogue():
    return EnglishCatalogue(locale="en", domain="django", fuzzy=False, header_comment=HEADER)


def catalogue():
    """What has been translated so far."""
    if not PO.exists():
        return new_catalogue()
    with PO.open("rb") as file:
        return read_po(file, locale="en", domain="django")


def texts(message):
    """Source strings and translations of a message, each as a tuple: (one,) or (one, many)."""
    ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return tuple(ids), tuple(strings)


def by_key(messages):
    return {(m.context, texts(m)[0][0]): m for m in messages if m.id}


def merge(found, translated):
    """The strings of the code with the translations there are; what the code no longer says is left out."""
    known = by_key(translated)
    for key, message in by_key(found).items():
        old = known.get(key)
        if old is not None and len(texts(old)[0]) == len(texts(message)[0]):
            message.string = old.string
            message.flags |= old.flags & {"fuzzy"}
            message.user_comments = old.user_comments
        message.locations = sorted(set(message.locations))
    return found


def as_po(merged):
    # A line per string, by file and without line numbers: a change elsewhere leaves no trace here.
    file = io.BytesIO()
    write_po(file, merged, width=0, sort_by_file=True, ignore_obsolete=True, include_lineno=False)
    return file.getvalue()


def as_mo(translated):
    """The compiled catalogue. Only translations count, so equal translations give equal bytes."""
    plain = new_catalogue()
    for message in by_key(translated).values():
        if message.string and all(texts(message)[1]) and not message.fuzzy:
            plain[message.id] = Message(message.id, message.string, context=message.context)
    file = io.BytesIO()
    write_mo(file, plain)
    return file.getvalue()


def placeholders(text):
    return sorted({next(filter(None, found.groups()), "") for found in PLACEHOLDER.finditer(text)})


def placeholders_differ(message):
    """The sentence that says how, or None."""
    ids, strings = texts(message)
    wanted = placeholders(ids[-1])
    for position, string in enumerate(strings):
        has = placeholders(string)
        # "One activity" may leave the number out.
        fine = set(has) <= set(wanted) if position < len(strings) - 1 else has == wanted
        if not fine:
            return f"its placeholders are {wanted}, the translation's are {has}"
    return None


def problems(found, translated, mo):
    """Sentences on everything that keeps the catalogue from being whole."""
    in_code, in_po = by_key(found), by_key(translated)
    for key, message in in_code.items():
        where = ", ".join(sorted({path for path, _ in message.locations}))
        known = in_po.get(key)
        if known is None or len(texts(known)[0]) != len(texts(message)[0]):
            yield f"{where}: “{key[1]}” is not in the catalogue yet."
        elif not all(texts(known)[1]):
            yield f"{where}: “{key[1]}” has no translation."
        elif known.fuzzy:
            yield f"{where}: the translation of “{key[1]}” is marked fuzzy; settle it."
        elif sentence := placeholders_differ(known):
            yield f"{where}: “{key[1]}”: {sentence}."
    for key in in_po.keys() - in_code.keys():
        yield f"“{key[1]}” is in the catalogue and no longer in the code."
    if mo != as_mo(translated):
        yield f"{PO.with_suffix('.mo').relative_to(ROOT)} is older than the catalogue beside it."


def check():
    """What is wrong with the catalogue, as sentences; an empty list when all is well."""
    mo = PO.with_suffix(".mo")
    return list(problems(strings_in_code(), catalogue(), mo.read_bytes() if mo.exists() else b""))


def update():
    before = catalogue()
    merged = merge(strings_in_code(), before)
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(as_po(merged))
    PO.with_suffix(".mo").write_bytes(as_mo(merged))

    for key in sorted(by_key(before).keys() - by_key(merged).keys(), key=str):
        print(f"dropped: “{key[1]}” was {texts(by_key(before)[key])[1]}")
    waiting = [m for m in by_key(merged).values() if not all(texts(m)[1])]
    print(f"{len(by_key(merged))} strings, {len(waiting)} to translate in {PO.relative_to(ROOT)}")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("--update", action="store_true", help="take in new strings, drop gone ones, compile")
    choice.add_argument("--check", action="store_true", help="say what is missing, and fail if anything is")
    if parser.parse_args().update:
        update()
        return 0
    if found := check():
        print("\n".join(found))
        print("Run make messages, translate, and run it again to compile.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
