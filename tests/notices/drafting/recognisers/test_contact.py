from tests.notices.drafting.notice import drafted, only


def test_the_desk_and_what_it_gives_and_nothing_else():
    tail = "\n联系人：某某某，电话：0000-1234567，邮箱：box@example.org\n\n临溪市科学技术协会\n2024年4月2日\n"

    one = only("contact", "一、要求", "按时报送。", tail=tail)

    assert dict(one.params) == {
        "desk": "city_association",
        "title": "临溪市科学技术协会",
        "gives": ["name", "phone", "mailbox"],
        "count": 1,
    }
    assert not any(
        word in repr(drafted("一、要求", "按时报送。", tail=tail).notice_file())
        for word in ("某某某", "1234567", "box@example")
    )
