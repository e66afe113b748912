"""The English catalogue says everything the code says."""

import io

from babel.messages.catalog import Catalog
from babel.messages.extract import extract

from scripts import messages


def catalogue(*entries):
    made = Catalog(locale="en")
    for text, translation in entries:
        made.add(text, translation, locations=[("kepu/web/page.html", 0)])
    return made


def complaints(in_code, translated):
    return list(
        messages.problems(catalogue(*in_code), catalogue(*translated), messages.as_mo(catalogue(*translated)))
    )


def test_every_string_has_its_english():
    assert messages.check() == []


def test_a_whole_catalogue_is_not_complained_about():
    assert complaints([("提交", "")], [("提交", "Submit")]) == []


def test_a_string_missing_from_the_catalogue_is_named():
    assert complaints([("提交", "")], []) == ["kepu/web/page.html: “提交” is not in the catalogue yet."]


def test_a_string_without_translation_is_named():
    assert complaints([("提交", "")], [("提交", "")]) == ["kepu/web/page.html: “提交” has no translation."]


def test_a_string_the_code_no_longer_says_is_named():
    assert complaints([], [("提交", "Submit")]) == ["“提交” is in the catalogue and no longer in the code."]


def test_a_lost_placeholder_is_named():
    assert complaints([("你好，%(name)s", "")], [("你好，%(name)s", "Hello")]) == [
        "kepu/web/page.html: “你好，%(name)s”: its placeholders are ['name'], the translation's are []."
    ]


def test_the_singular_may_leave_the_number_out():
    source = ("{n} 场", "{n} 场")
    assert complaints([(source, ("", ""))], [(source, ("One activity", "{n} activities"))]) == []


def test_a_stale_compiled_catalogue_is_named():
    found = list(messages.problems(catalogue(), catalogue(), b"older"))
    assert found == ["kepu/locale/en/LC_MESSAGES/django.mo is older than the catalogue beside it."]


def test_strings_of_a_template_are_found():
    template = """
    {% load i18n %}
        <p title="{{ _('好的') }}">“引号' {% translate "标题" %}</p>
      {% blocktranslate trimmed count n=rows|length %}
         有 {{ n }} 条
      {% plural %}
         有 {{ n }} 条
      {% endblocktranslate %}
    """
    lines = io.BytesIO(messages.as_python(template).encode())
    found = [text for _, text, _, _ in extract("python", lines, messages.KEYWORDS)]
    assert found == ["好的", "标题", ("有 %(n)s 条", "有 %(n)s 条")]
