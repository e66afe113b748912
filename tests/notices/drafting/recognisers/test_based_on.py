from tests.notices.drafting.notice import head_of

HEAD = "临溪市科学技术协会关于举办读书月的通知\n各县（市、区）科协：\n"


def test_the_notice_above_with_its_number():
    opening = "根据省科协《关于举办读书月的通知》（省科协发〔2024〕9号）要求，现将有关事项通知如下。\n"

    assert head_of("based_on", "一、时间", head=HEAD + opening) == [
        "省科协《关于举办读书月的通知》（省科协发〔2024〕9号）"
    ]


def test_a_book_is_no_basis():
    assert head_of("based_on", "一、时间", head=f"{HEAD}根据《临溪的河》一书改编，现通知如下。\n") is None
