import pytest

from kepu.core.refusals import Incomplete, NotAllowed, Reason, Refused, StaleState, Verdict, refused, verdict


def check(number):
    if number < 0:
        raise NotAllowed("负数不行。")
    if number == 0:
        raise Incomplete(
            reasons=[Reason("缺数。", field="n", clause="六（二）1"), Reason("缺单位。", field="unit")]
        )
    if number > 9:
        raise LookupError("a fault, not a refusal")


def test_a_refusal_is_its_sentence():
    refusal = NotAllowed("负数不行。")
    assert (str(refusal), refusal.reasons) == ("负数不行。", (Reason("负数不行。"),))


def test_a_refusal_with_reasons_says_the_first():
    assert str(Incomplete(reasons=[Reason("缺数。"), Reason("缺单位。")])) == "缺数。"


def test_what_has_moved_on_says_what_to_do():
    assert str(StaleState()) == "在您打开之后，这件事已经被别人处理过。请刷新后再看。"


@pytest.mark.parametrize(("number", "sentences"), [(1, ""), (-1, "负数不行。"), (0, "缺数。 缺单位。")])
def test_a_verdict_is_the_check_as_data(number, sentences):
    found = verdict(check, number)
    assert (bool(found), str(found)) == (not sentences, sentences)
    assert refused(check, number) == bool(sentences)


def test_a_verdict_keeps_field_and_clause():
    assert verdict(check, 0).reasons[0] == Reason("缺数。", field="n", clause="六（二）1")


def test_a_fault_is_no_refusal():
    with pytest.raises(LookupError):
        verdict(check, 10)


def test_an_empty_verdict_is_a_yes():
    assert bool(Verdict())


@pytest.mark.parametrize("kind", [NotAllowed, Incomplete, StaleState])
def test_every_kind_is_a_refusal(kind):
    assert issubclass(kind, Refused)
