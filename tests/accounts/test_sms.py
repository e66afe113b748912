"""Mobile numbers as people write them, and text messages by whoever carries them."""

import pytest

from kepu.accounts import sms
from kepu.core.refusals import Incomplete, Refused


@pytest.mark.parametrize(
    "written",
    [
        "13800000001",
        "138 0000 0001",
        "138-0000-0001",
        "+8613800000001",
        "+86 138 0000 0001",
        "008613800000001",
        "１３８００００００01",
    ],
)
def test_a_number_is_kept_as_eleven_figures(written):
    assert sms.mobile_number(written) == "13800000001"


@pytest.mark.parametrize(
    "written", ["", "1380000000", "12800000001", "138000000011", "+4413800000001", "abc", "0769-22000000"]
)
def test_anything_else_is_none(written):
    with pytest.raises(Incomplete, match="这不是手机号码"):
        sms.mobile_number(written)


def test_the_console_shows_the_message(settings, capsys):
    settings.KEPU_SMS_SENDER = "kepu.accounts.sms.ConsoleSender"
    sms.send("13800000001", "您好")
    assert capsys.readouterr().out == "SMS → 13800000001: 您好\n"


def test_without_a_sender_it_is_said(settings):
    settings.KEPU_SMS_SENDER = ""
    with pytest.raises(Refused, match="本站没有开通短信"):
        sms.send("13800000001", "您好")


def test_a_sender_that_is_not_there_is_said_and_tells_no_number(settings, caplog):
    settings.KEPU_SMS_SENDER = "kepu.nowhere.Sender"
    with pytest.raises(Refused, match="短信没有发出去"):
        sms.send("13800000001", "您好")
    assert "13800000001" not in caplog.text
