"""``kepu keys`` and ``kepu season erase``: what they do, what they say, where they refuse."""

import pytest
from click.testing import CliRunner

from kepu.accounts.models import Person
from kepu.cli.keys import command as keys_command
from kepu.cli.season import command as season_command
from kepu.core.db import engine
from kepu.core.keys import parse
from kepu.core.refusals import GateClosed, Incomplete
from kepu.notices.actions import close_season
from kepu.orgs.actor import SYSTEM
from tests.factories.accounts import a_person
from tests.factories.activities import a_draft, a_world
from tests.factories.notices import china

OLD, NEW = "old:" + "B" * 43 + "=", "new:" + "C" * 43 + "="


def kepu(command, *words):
    done = CliRunner().invoke(command, words, catch_exceptions=False, standalone_mode=False)
    return done.output


def test_a_new_key_is_one_that_is_taken():
    assert [key.name for key in parse(kepu(keys_command, "new", "k2").strip())] == ["k2"]
    with pytest.raises(Incomplete, match="20个以内的字母和数字"):
        CliRunner().invoke(keys_command, ["new", "k 2"], catch_exceptions=False, standalone_mode=False)


@pytest.mark.django_db
def test_keys_are_seen_and_changed(settings):
    settings.KEPU_PERSONAL_KEYS = OLD
    person = a_person()
    person.put_phone("13800000000")
    person.save()
    settings.KEPU_PERSONAL_KEYS = f"{NEW},{OLD}"

    assert "还有1个值不是用第一把密钥加密的" in kepu(keys_command, "status")
    assert "已全部换成密钥 new。" in kepu(keys_command, "rotate")
    assert "全部用密钥 new 加密" in kepu(keys_command, "status")
    settings.KEPU_PERSONAL_KEYS = NEW
    assert Person.objects.get(pk=person.pk).phone == "13800000000"


@pytest.mark.django_db(transaction=True)
def test_after_an_erasure_the_files_are_rewritten(monkeypatch):
    world = a_world()
    a_draft(world)
    close_season(world.season, by=SYSTEM, at=china(2023, 12, 1))
    monkeypatch.setattr("kepu.core.clock.now", lambda: china(2024, 6, 1))
    assert "数据文件里也没有留下" in kepu(season_command, "erase", world.season.code)


@pytest.mark.django_db(transaction=True)
def test_where_the_files_are_in_use_the_command_says_so_and_fails(monkeypatch):
    world = a_world()
    close_season(world.season, by=SYSTEM, at=china(2023, 12, 1))
    monkeypatch.setattr("kepu.core.clock.now", lambda: china(2024, 6, 1))
    monkeypatch.setattr(engine(), "compact", lambda *_: False)
    done = CliRunner().invoke(season_command, ["erase", world.season.code])
    assert (done.exit_code, "请停下网站和后台，再运行一次" in done.output) == (1, True)


@pytest.mark.django_db
def test_a_season_is_counted_and_then_erased(monkeypatch):
    world = a_world()
    a_draft(world)
    monkeypatch.setattr("kepu.core.clock.now", lambda: china(2024, 6, 1))
    with pytest.raises(GateClosed, match="还没有结束"):
        kepu(season_command, "erase", world.season.code, "--no-compact")
    close_season(world.season, by=SYSTEM, at=china(2023, 12, 1))

    counted = kepu(season_command, "erase", world.season.code, "--dry-run")
    assert "会删除：" in counted
    assert "1  activities.activity.contact_phone" in counted
    erased = kepu(season_command, "erase", world.season.code, "--no-compact")
    assert erased == counted.replace("会删除：", "已删除：")
