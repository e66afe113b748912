from datetime import date

from tests.notices.drafting.notice import drafted, head_of


def test_the_day_under_the_signature_and_the_day_of_printing():
    draft = drafted(
        "一、请落实。",
        tail="\n临溪市科学技术协会\n2024年4月2日\n\n临溪市科学技术协会办公室    2024年4月3日印发\n",
    )

    assert (draft.value("issued"), draft.value("printed")) == (date(2024, 4, 2), date(2024, 4, 3))


def test_the_day_in_chinese_numerals():
    assert head_of("issued", "一、请落实。", tail="\n临溪市科学技术协会\n二〇二四年四月二日\n") == date(
        2024, 4, 2
    )


def test_a_date_of_the_text_is_not_the_day_of_issue():
    assert head_of("issued", "一、活动于2024年5月2日举行。", tail="") is None
