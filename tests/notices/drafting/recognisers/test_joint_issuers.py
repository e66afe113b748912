from tests.notices.drafting.notice import head_of

HEAD = "关于举办读书月的通知\n各学校：\n"
BODY = "请各单位认真落实，切实抓好各项读书活动，并及时总结经验，推广好的做法，形成声势。"


def test_those_who_sign_in_their_order():
    tail = "\n临溪县教育局\n临溪县图书馆\n共青团临溪县委\n2024年4月1日\n"

    assert head_of("joint_issuers", BODY, head=HEAD, tail=tail) == [
        "临溪县教育局",
        "临溪县图书馆",
        "共青团临溪县委",
    ]


def test_several_on_one_line():
    tail = "\n临溪县教育局        临溪县总工会\n共青团临溪县委      临溪县妇联\n"

    assert head_of("joint_issuers", BODY, head=HEAD, tail=tail) == [
        "临溪县教育局", "临溪县总工会", "共青团临溪县委", "临溪县妇联",
    ]  # fmt: skip


def test_a_name_that_its_line_cuts_goes_on_in_the_next():
    tail = "\n临溪县教育局\n临溪县人民政府国有\n\n资产监督管理委员会\n2024年4月1日\n"

    assert head_of("joint_issuers", BODY, head=HEAD, tail=tail) == [
        "临溪县教育局",
        "临溪县人民政府国有资产监督管理委员会",
    ]


def test_without_signatures_those_listed_as_hosts():
    assert head_of("joint_issuers", "一、主办单位", "县教育局、县图书馆、县总工会", "二、时间", head=HEAD, tail="") == [
        "县教育局", "县图书馆", "县总工会",
    ]  # fmt: skip


def test_one_alone_issues_nothing_jointly():
    assert head_of("joint_issuers", BODY, head=HEAD, tail="\n临溪县教育局\n2024年4月1日\n") is None


def test_bodies_that_run_together_are_cut_at_their_place():
    tail = "\n临溪市教育局临溪市总工会\n临溪市红十字会    临溪市妇女联合会\n2024年4月2日\n"
    assert head_of("joint_issuers", "一、要求", "请认真组织。", tail=tail) == [
        "临溪市教育局", "临溪市总工会", "临溪市红十字会", "临溪市妇女联合会",
    ]  # fmt: skip


def test_bodies_that_only_the_title_names():
    head = "临溪市教育局 临溪市总工会\n关于开展读书月的通知\n各单位：\n现将有关事项通知如下。\n"
    assert head_of("joint_issuers", "一、要求", "请认真组织。", head=head, tail="") == [
        "临溪市教育局",
        "临溪市总工会",
    ]
