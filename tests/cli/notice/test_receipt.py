"""``kepu notice receipt``: what was delivered to whom, what became of it, and whether the proof holds."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta

import pytest
from click.testing import CliRunner

from kepu.cli.notice import command
from kepu.core import audit
from kepu.core.refusals import Incomplete
from kepu.notices import actions
from kepu.notices.models import Delivery, Notice, SentFile
from tests.factories.notices import a_gate
from tests.factories.sending import SENT, a_delivery

pytestmark = pytest.mark.django_db
LATER = SENT + timedelta(days=1)


@pytest.fixture
def world(standing_world):
    return standing_world


@pytest.fixture
def delivery(world):
    """Opened and received by the town the day after."""
    return actions.receive_notice(a_delivery(world), by=world.town_coordinator, at=LATER)


def run(*words, code=0):
    done = CliRunner().invoke(command, ["receipt", *map(str, words)], catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done.stdout


def test_it_says_what_went_to_whom_and_that_the_proof_holds(delivery):
    trace = audit.of(delivery).get()
    assert run("dg", "石龙镇科协").splitlines() == [
        f"回执编号：{delivery.pk}", "通知：东莞市全国科普日活动通知（东科协〔2023〕17号）", "发文单位：东莞市科协", "收文单位：石龙镇科协",
        "送达时间：2023年8月21日 09:00", "打开时间：2023年8月22日 09:00 · 石龙镇科协", "签收时间：2023年8月22日 09:00 · 石龙镇科协",
        f"文件摘要（SHA-256）：{delivery.digest}", f"留痕：第 {trace.strand} 链第 {trace.seq} 行 {trace.hash}",
        "送达的文件原样保存着，是这份通知发出的第 1 版（共 1 版），摘要相符。", "现在的通知和送达时一字不差。",
        "签收的留痕完好，记的是同一个人、同一时间、同一份文件。",
    ]  # fmt: skip
    assert run(delivery.pk) == run("dg", "石龙镇科协")


def test_one_that_was_not_opened_yet(world):
    said = run(a_delivery(world).pk)
    assert "打开时间：还没有打开" in said
    assert "签收时间：还没有签收" in said
    assert "签收的留痕" not in said


def test_as_json(delivery):
    trace = audit.of(delivery).get()
    data = json.loads(run(delivery.pk, "--json"))
    proofs = data.pop("proofs")
    assert data == {
        "number": delivery.pk, "season": delivery.notice.season.code, "notice": "dg", "title": "东莞市全国科普日活动通知",
        "document_number": "东科协〔2023〕17号", "issuer": "东莞市科协", "unit": delivery.unit.code, "unit_name": "石龙镇科协", "role": "to",
        "forwarded_by": None, "sent_at": "2023-08-21T09:00:00+08:00", "opened_at": "2023-08-22T09:00:00+08:00",
        "received_at": "2023-08-22T09:00:00+08:00", "digest": delivery.digest, "wording": 1, "wordings": 1,
        "trace": {"strand": trace.strand, "seq": trace.seq, "hash": trace.hash}, "holds": True, "kept": True, "current": True,
        "traced": True,
    }  # fmt: skip
    assert [p["verdict"] for p in proofs] == ["holds", "holds", "holds"]


def test_a_notice_that_changed_since_is_said_and_the_receipt_holds(world, delivery):
    a_gate(Notice.objects.get(code="dg"), "DG-99", fact="venue", required=True)
    said = run(delivery.pk)
    assert "送达以后，通知的内容改过。送达的那一版仍可下载。" in said
    assert json.loads(run(delivery.pk, "--json"))["current"] is False


def test_a_kept_file_that_was_tampered_with_ends_with_1(delivery):
    SentFile.objects.update(text="format = 1")
    assert "保存的文件和摘要对不上。" in run(delivery.pk, code=1)
    assert json.loads(run(delivery.pk, "--json", code=1))["holds"] is False


def test_a_receiving_that_was_tampered_with_ends_with_1(delivery):
    Delivery.objects.update(received_at=LATER + timedelta(hours=1))
    assert "签收的留痕对不上。" in run(delivery.pk, code=1)


def test_the_file_as_delivered_is_written_byte_for_byte(delivery, tmp_path):
    path = tmp_path / "送达.toml"
    run(delivery.pk, "-o", path)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == delivery.digest


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("999",), "没有编号为“999”的回执"),
        (("dg",), "没有编号为“dg”的回执。请写回执编号，或写通知代码和单位。"),
        (("xx", "石龙镇科协"), "没有代码为“xx”的通知。"),
        (("dg", "没有的单位"), "没有编号或名称为“没有的单位”的单位。"),
        (("dg", "石龙中学"), "《东莞市全国科普日活动通知》没有送给石龙中学。"),
    ],
)
def test_what_is_not_there_is_said(delivery, words, sentence):
    with pytest.raises(Incomplete, match=sentence):
        run(*words)
