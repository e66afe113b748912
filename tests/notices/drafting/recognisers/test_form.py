from tests.notices.drafting.notice import TAIL, only, proposed

NAMED = "\n附件：活动计划表" + TAIL


def test_a_table_with_its_columns():
    table = "附件\n活动计划表\n填报单位（盖章）：\n序号\t活动名称\t时间\t地点\t联系人\t联系电话\n注：每个单位填写一份。\n"

    (form,) = proposed("form", "一、报送", "请报送活动计划表（见附件）。", tail=NAMED + table)

    assert [(c["title"], c.get("personal", False)) for c in form["columns"]] == [
        ("序号", False), ("活动名称", False), ("时间", False), ("地点", False), ("联系人", True), ("联系电话", True),
    ]  # fmt: skip
    assert (form["title"], form["object"], form["stamped"], form["header"][0]["title"]) == (
        "活动计划表",
        "activity",
        True,
        "填报单位（盖章）",
    )


def test_a_head_of_single_words_apart():
    (form,) = proposed(
        "form",
        "一、报送",
        "请报送活动计划表（见附件）。",
        tail=NAMED + "附件\n活动计划表\n序号 活动名称 活动时间 活动地点 联系人\n",
    )

    assert [c["title"] for c in form["columns"]] == ["序号", "活动名称", "活动时间", "活动地点", "联系人"]


def test_a_table_that_fell_apart_is_flagged():
    one = only(
        "form",
        "一、报送",
        "请报送活动计划表（见附件）。",
        tail=NAMED + "附件\n活动计划表\n序号\n活动名称\n活动时间\n活动地点\n联系人\n",
    )

    assert [c["title"] for c in one.params["columns"]] == [
        "序号",
        "活动名称",
        "活动时间",
        "活动地点",
        "联系人",
    ]
    assert ([f.code for f in one.flags], one.confidence) == (["table_flattened"], 0.55)


def test_a_form_that_is_only_named():
    one = only("form", "一、报送", "请报送活动计划表（见附件）。", tail=NAMED)

    assert (one.status, one.params["columns_known"], one.waits_for) == (
        "pending",
        False,
        "附件《活动计划表》的正文",
    )
    assert [f.code for f in one.flags] == ["attachment_absent"]
