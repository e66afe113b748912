"""What is kept of a picture: its pixels, the right way up, and nothing that was written beside them."""

from io import BytesIO

import pytest
from PIL import Image

from kepu.core import confined
from kepu.core.files import pictures
from tests.factories.pictures import GPS, MAKE, a_bomb, a_header, a_photo

HEIC = b"\0\0\0\x18ftypheic" + b"\0" * 40


def opened(content):
    return Image.open(BytesIO(content))


def traces(content):
    """What beside its pixels a picture still carries."""
    picture = opened(content)
    picture.load()
    exif = picture.getexif()
    return {**exif, **exif.get_ifd(GPS)}, {
        k for k in picture.info if k in ("comment", "xmp", "exif", "Comment")
    }


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_camera_and_the_place_are_gone(kind):
    more = {
        "JPEG": {"comment": b"SECRET-COMMENT", "xmp": b"SECRET-XMP"},
        "WEBP": {"xmp": b"SECRET-XMP"},
        "PNG": {},
    }[kind]
    sent = a_photo(kind=kind, **more)
    assert opened(sent).getexif()[MAKE] == "SECRET-MAKER"

    cleaned = pictures.clean(sent)

    assert (cleaned.kind, cleaned.width, cleaned.height) == (kind.lower(), 640, 480)
    for content in (cleaned.content, *cleaned.small.values()):
        assert traces(content) == ({}, set())
        assert b"SECRET" not in content


def test_a_phone_held_upright_gives_an_upright_picture():
    cleaned = pictures.clean(a_photo(640, 480, turned=True))
    assert (cleaned.width, cleaned.height) == (480, 640)
    shown = opened(cleaned.content)
    assert shown.size == (480, 640)
    # what lay at the left lies at the top now
    assert sum(shown.getpixel((240, 20))) < 90 < sum(shown.getpixel((240, 620)))


def test_a_jpeg_keeps_its_own_tables_and_so_its_quality():
    sent = a_photo(quality=55)
    assert opened(pictures.clean(sent).content).quantization == opened(sent).quantization


def test_small_ones_keep_the_ratio_and_are_never_drawn_larger():
    long = pictures.clean(a_photo(700, 4000, kind="PNG"))
    sizes = {ending: opened(content).size for ending, content in long.small.items()}
    assert sizes == {"-320.webp": (320, 1829), "-960.webp": (700, 4000)}


def test_what_is_transparent_stays_so():
    picture = Image.new("RGBA", (300, 300), (255, 0, 0, 0))
    for mode in ("RGBA", "P", "LA"):
        out = BytesIO()
        picture.convert(mode).save(out, "PNG", **({"transparency": 0} if mode == "P" else {}))
        small = opened(pictures.clean(out.getvalue()).small["-320.webp"])
        assert small.convert("RGBA").getpixel((10, 10))[3] == 0, mode


def test_sixteen_bits_are_scaled_and_not_cut_off():
    out = BytesIO()
    Image.new("I;16", (300, 300), 32768).save(out, "PNG")
    grey = opened(pictures.clean(out.getvalue()).small["-320.webp"]).convert("L").getpixel((5, 5))
    assert 125 <= grey <= 130


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "这不是图片。请选 JPEG、PNG 或 WebP 格式的图片。"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "这不是图片。请选 JPEG、PNG 或 WebP 格式的图片。"),
        (b"", "这不是图片。请选 JPEG、PNG 或 WebP 格式的图片。"),
        (b"GIF89a" + b"\0" * 40, "这种图片格式不收。请另存为 JPEG、PNG 或 WebP 再传。"),
        (HEIC, "这是 HEIC 格式，多数电脑打不开。请在手机“设置”里把相机格式改为“兼容性最佳”，或把这张图另存为 JPEG 再传。"),
        (a_photo()[:2000], "图片打不开，可能没有传完整。请在手机或电脑上打开看一看，再传一次。"),
        (b"\xff\xd8\xff" + b"<script>alert(1)</script>" * 50, "图片打不开，可能没有传完整。请在手机或电脑上打开看一看，再传一次。"),
        (a_header(50_000, 50_000), "图片是50000×50000像素，太大了。请缩小以后再传。"),
        (a_header(17_000, 300), "图片是17000×300像素，太大了。请缩小以后再传。"),
        (a_header(600, 600), "图片打不开，可能没有传完整。请在手机或电脑上打开看一看，再传一次。"),
        (a_photo(199, 400), "图片是199×400像素，太小，看不清。请换一张宽和高都不少于200像素的。"),
        (b"\xff\xd8\xff" + b"x" * pictures.MAX_BYTES, "图片超过10MB。请在手机或电脑上缩小以后再传。"),
    ],
    ids=["svg", "html", "nothing", "gif", "heic", "truncated", "html-as-jpeg", "huge", "long", "empty", "small", "heavy"],
)  # fmt: skip
def test_what_is_no_picture_is_refused_with_what_to_do(content, sentence):
    with pytest.raises(pictures.PictureRefused) as refusal:
        pictures.clean(content)
    assert str(refusal.value) == sentence


def test_a_bomb_harms_only_its_own_process():
    with pytest.raises(pictures.PictureRefused, match="打不开"):
        pictures.clean(a_bomb())


def test_of_two_files_in_one_only_the_pixels_stay():
    """A picture with a page behind its end: a browser that guesses would show the page."""
    cleaned = pictures.clean(a_photo() + b"<html><script>alert(1)</script></html>")
    assert b"<script" not in cleaned.content
    assert all(b"<script" not in content for content in cleaned.small.values())


def test_a_process_is_ended_after_its_time_and_bounded_in_its_memory(tmp_path):
    script = tmp_path / "script.py"
    script.write_text("while True: pass")
    with pytest.raises(confined.Slow):
        confined.ask(script, b"", seconds=0.3, memory=10**9)
    script.write_text("x = bytearray(10**9)")
    with pytest.raises(confined.Broken, match="MemoryError"):
        confined.ask(script, b"", seconds=20, memory=3 * 10**8)
    script.write_text("import sys; print(sys.argv[1:], sys.stdin.read())")
    assert confined.ask(script, b"in", 1, "two", seconds=20, memory=10**9) == b"['1', 'two'] in\n"
