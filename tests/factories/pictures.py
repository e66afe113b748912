"""Pictures: as bytes that a phone sends, and kept without a decoder's having looked, where that is not what is tested."""

import struct
import zlib
from io import BytesIO

from PIL import Image

from kepu.activities import actions
from kepu.activities.actions import KeptPicture
from kepu.activities.models import Minors, PictureKind
from kepu.core import files
from tests.factories.activities import PUBLISHED

GPS, MAKE, ORIENTATION = 0x8825, 0x010F, 0x0112


def a_photo(width=640, height=480, *, kind="JPEG", colour=(200, 30, 30), turned=False, **more):
    """A picture with a darker left half, so that one sees how it lies; as a phone writes it, with place and maker."""
    picture = Image.new("RGB", (width, height), colour)
    picture.paste((20, 20, 20), (0, 0, width // 2, height))
    exif = Image.Exif()
    exif[MAKE] = "SECRET-MAKER"
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (23.0, 7.0, 3.5)
    if turned:
        exif[ORIENTATION] = 6
    out = BytesIO()
    picture.save(out, kind, exif=exif, **more)
    return out.getvalue()


def a_header(width, height):
    """A PNG that says it is so large, with next to nothing in it."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def a_bomb():
    """A small PNG that unpacks to hundreds of megabytes of text before a single pixel."""
    text = b"comment\0\0" + zlib.compress(b"A" * 300_000_000, 9)
    chunk = struct.pack(">I", len(text)) + b"zTXt" + text + struct.pack(">I", zlib.crc32(b"zTXt" + text))
    plain = a_photo(300, 300, kind="PNG")
    return plain[:33] + chunk + plain[33:]


def kept(words="one", *, at=PUBLISHED):
    """A kept file that stands for a picture; the same words make the same file."""
    content = f"picture {words}".encode()
    stored = files.keep(content, {"-320.webp": content + b" small", "-960.webp": content + b" larger"}, at=at)
    return KeptPicture(stored.pk, "jpeg", len(content), 640, 480)


def a_picture(world, activity, words="one", *, kind=PictureKind.PICTURE, at=PUBLISHED, **said):
    """A picture on an activity of the world's school, of which its filer has said what is asked."""
    said = {"alt": "学生在做实验", "credit": "石龙中学", "minors": Minors.NONE, **said}
    (picture,) = actions.add_pictures(
        activity, [kept(words, at=at)], kind=kind, **said, by=world.filer, at=at
    )
    return picture
