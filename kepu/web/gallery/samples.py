"""What the gallery shows of a notice's difference and of its impact."""

from __future__ import annotations

from kepu.notices.difference import ValueChange
from kepu.web.shared.differences import Change, Shown
from kepu.web.shared.impacts import ShownImpact, Touched

CITE = "东科协〔2023〕17号 六（二）3"
DIFFERENCE = Shown(
    [ValueChange("发文字号", "东科协〔2023〕16号", "东科协〔2023〕17号")],
    [
        Change("改动", "gamboge", "六（二）3", "报送任务 · DG-59", [ValueChange("期限", "2023年9月23日", "2023年9月20日")], "", "",
               "2023年9月20日前报送科普日活动总结材料。"),
        Change("新增", "malachite", "六（二）6", "把关条件 · DG-70", [], "", "填报时，意外险必须填写。", ""),
        Change("删去", "ochre", "七", "文字 · DG-68", [], "各单位于十月底前补报。", "", ""),
        Change("改动", "gamboge", "三", "清单 · DG-16", [ValueChange("各项", "电影", "换书集市、科普夜市")], "", "",
               "活动形式（3项）：讲座、换书集市、科普夜市。", "移到了第4条的位置"),
    ],
    more=2,
)  # fmt: skip
IMPACT = ShownImpact(
    False, ["《关于补充全国科普日活动安排的通知》从2023年9月4日 09:00起适用，东莞市会有下面这些变化。"],
    ["镇街级科协33家，如石龙镇科协，有2条规定变化。"],
    Shown((), [Change("更严", "cinnabar", "", CITE, [ValueChange("界限", "不少于7天", "不少于9天")], "", "",
                      "填报时，距活动开始的天数不少于9天。", "对镇街级科协")]),
    [Touched("科普日活动总结材料", "镇街级·科协", "提前", "cinnabar", CITE,
             [ValueChange("期限", "2023年9月23日", "2023年9月20日")],
             ["管到33家。", "5家已经报过（其中3家已接收），按原来的期限算，不用重报。", "28家还没有报，最迟2023年9月20日 23:59。"])],
    [Touched("重点活动", "镇街级·科协", "新增", "malachite", CITE, [ValueChange("要求", "", "每个单位重点活动不少于2项。")], ["管到33家。"])],
    ["已经填报的120项（待审核20，已通过10，已发布90，已举办0）照填报时的规定，不受影响。",
     "草稿和退回的15项，填报时照新的规定。其中4项现在能过，到时会被拦下。"],
    [("填报时，距活动开始的天数不少于9天。", CITE, "拦下4项")], ["另有86条照旧，只是换了依据。"],
)  # fmt: skip
