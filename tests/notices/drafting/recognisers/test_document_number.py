import pytest

from tests.notices.drafting.notice import head_of


@pytest.mark.parametrize(("line", "number"), [
    ("临科协发〔2024〕12号", "临科协发〔2024〕12号"), ("临科协发[2024] 12 号", "临科协发〔2024〕12号"),
    ("临科协发（２０２４）１２号", "临科协发〔2024〕12号"), ("临科协发〔2024〕12号    签发人：某某", "临科协发〔2024〕12号"),
    ("根据省科协〔2024〕12号文件精神开展活动", None),
])  # fmt: skip
def test_a_number_stands_on_a_line_of_its_own(line, number):
    assert head_of("number", head=f"{line}\n关于举办读书月的通知\n各学校：\n", tail="") == number


def test_a_number_in_brackets():
    head = "临溪市科协关于读书月的通知\n（临科协发[2024]57号）\n各单位：\n"
    assert head_of("number", head=head) == "临科协发〔2024〕57号"
