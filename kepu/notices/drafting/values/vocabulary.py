"""Words for bodies and places with the codes that seasons conventionally use; a word without a code is not here."""

from __future__ import annotations

_BODIES: tuple[tuple[dict[str, list[str]], tuple[str, ...]], ...] = (
    ({"kinds": ["enterprise_association", "college_association"]}, ("企业（院校）科协",)),
    ({"kinds": ["enterprise_association"]}, ("企业科协", "企事业科协", "企业科学技术协会", "企事业单位科协")),
    ({"kinds": ["college_association"]}, ("高校科协", "院校科协", "高等学校科协", "学校科协")),
    ({"kinds": ["industrial_zone_association"]}, ("产业功能区科协", "园区科协")),
    ({"kinds": ["association"]}, ("科协", "科学技术协会")),
    ({"kinds": ["leading_group_office", "association"]}, ("领导小组办公室（科协）",)),
    ({"kinds": ["leading_group_office"]}, ("领导小组办公室",)),
    ({"kinds": ["society"]}, ("学会（协会、研究会）", "学（协、研究）会", "学会（协会、研究会、促进会）", "学会、协会、研究会", "学会、协会", "学会", "协会", "研究会", "科技社团", "学（协）会")),
    ({"kinds": ["university"]}, ("高等院校", "高等学校", "高职院校", "大中专院校", "本科高校", "高校", "大学")),
    ({"kinds": ["school"]}, ("中小学校", "中小学、幼儿园", "中小学幼儿园", "中小学（幼儿园）", "中小学", "中学", "小学", "幼儿园", "中职学校", "学校")),
    ({"kinds": ["research_institute"]}, ("科研院所", "科研机构", "科研单位", "研究院所")),
    ({"kinds": ["enterprise"]}, ("生产经营单位", "规模以上企业", "重点企业", "企业")),
    ({"kinds": ["science_hall"]}, ("科技馆",)),
    ({"kinds": ["museum"]}, ("博物馆",)),
    ({"kinds": ["library"]}, ("公共图书馆", "图书馆")),
    ({"kinds": ["science_base"]}, ("科普教育基地", "科普基地")),
    ({"kinds": ["science_school"]}, ("科普学校",)),
    ({"kinds": ["science_community"]}, ("科普社区",)),
    ({"kinds": ["hospital"]}, ("医疗卫生机构", "医疗卫生单位", "医疗机构", "医院")),
    ({"kinds": ["agri_association"]}, ("农技协", "农村专业技术协会")),
    ({"kinds": ["science_yard"]}, ("科技小院",)),
    ({"kinds": ["media"]}, ("新闻媒体", "新闻单位", "媒体单位", "媒体")),
    ({"kinds": ["social_organisation"]}, ("社会组织",)),
    ({"kinds": ["volunteer_team"]}, ("科技志愿服务队", "志愿服务队", "志愿服务组织", "科技志愿者", "志愿者")),
    ({"kinds": ["village_committee"]}, ("村（居）委会", "村（居）民委员会", "居委会", "村委会")),
    ({"kinds": []}, ("人民政府", "政府", "街道办事处", "办事处", "街道办")),
    ({"members_of": ["leading_group_member"]}, ("领导小组成员单位", "领导小组各成员单位", "工作领导小组成员单位")),
    ({"members_of": ["outline_member"]}, ("纲要成员单位", "纲要实施成员单位", "纲要实施各成员单位", "《科学素质纲要》成员单位")),
    ({"members_of": ["joint_conference"]}, ("联席会议成员单位", "联席会议各成员单位")),
    ({"members_of": ["literacy_duty_unit"]}, ("职责单位",)),
    ({"members_of": ["joint_issuer"]}, ("联合主办单位", "共同主办单位", "联合发文单位")),
    ({"members_of": ["?"]}, ("成员单位",)),
    ({"kinds": ["department"]}, (
        "直有关部门", "直部门", "直各部门", "直各有关部门", "直有关单位", "直各单位", "直单位", "直机关", "直属单位", "直各有关单位", "有关部门", "相关部门", "委办局", "职能部门", "部门", "文化和旅游局",
        "文化广电旅游局", "文化广电旅游体育局", "文旅局", "文广旅局", "市场监督管理局", "市场监管局", "住房和城乡建设局", "住建局", "交通运输局", "民政局", "司法局", "公安局", "发展改革委", "发改委",
        "发改局", "商务局", "体育局", "人力资源和社会保障局", "人社局", "残联", "关工委", "文明办", "组织部", "宣传文化部门", "文化和旅游厅", "新闻出版局",
    )),
    ({"designations": ["demonstration_county"]}, ("示范县（市、区）", "科普示范县（市、区）", "科普示范县")),
)  # fmt: skip
# {words: codes of the audience}; longer words are tried first. "?" is to be told by the text
BODIES: dict[str, dict[str, list[str]]] = {word: codes for codes, words in _BODIES for word in words}

_LINES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("publicity", ("党委（党工委）宣传部", "党委宣传部", "宣传部")),
    ("cyberspace", ("党委（党工委）网信办", "网信办")),
    ("education", ("教育厅（教委、教育局）", "教育厅（教委）", "教育行政部门", "教育（教体）局", "教育体育局", "教育和体育局", "教育主管部门", "教体局", "教育局", "教育厅", "教委")),
    ("science_tech", ("科技厅（科委、科技局）", "科技厅（委、局）", "科学技术局", "科技局", "科技厅", "科委")),
    ("defence_industry", ("国防科技工业管理部门", "国防科工局", "国防科工办")),
    ("industry_it", ("工业和信息化局", "工信局", "工信厅", "经信局")),
    ("natural_resources", ("自然资源和规划局", "自然资源主管部门", "自然资源局", "自然资源厅")),
    ("ecology", ("生态环境厅（局）", "生态环境局", "生态环境厅")),
    ("water", ("水利（水务）厅（局）", "水利（水务）局", "水利局", "水务局", "水利厅")),
    ("agriculture", ("农业农村（农牧）厅（局、委）", "农业农村局", "农业农村厅")),
    ("health", ("卫生健康委员会", "卫生健康委", "卫生健康局", "卫健委", "卫健局")),
    ("emergency", ("应急管理厅（局）", "应急管理部门", "应急管理局", "应急管理厅", "应急局", "安委会", "安委办")),
    ("state_assets", ("财政局（国资办）", "国资委", "国资办")),
    ("forestry", ("林业和草原主管部门", "林业和草原局", "林草局", "林业局")),
    ("trade_union", ("总工会", "工会")),
    ("youth_league", ("团委", "共青团")),
    ("women", ("妇联",)),
    ("writers", ("作协",)),
    ("literature_art", ("文联",)),
    ("commerce", ("工商联",)),
    ("earthquake", ("地震局",)),
    ("weather", ("气象局",)),
    ("fire", ("消防救援支队", "消防救援大队", "消防救援机构")),
    ("academy", ("科学院",)),
)  # fmt: skip
# bodies that are the office of one line: {word: line}
LINES: dict[str, str] = {word: line for line, words in _LINES for word in words}

_PLACES: tuple[tuple[tuple[str, str], tuple[str, ...]], ...] = (
    (("province", ""), ("省（自治区、直辖市）", "省、自治区、直辖市", "省（区、市）", "省区市", "省份", "省")),
    (("city", ""), ("设区市", "地级市", "市（州、地）", "市（州）", "市州", "地市", "市（地）", "州市", "州（市）", "盟市")),
    (("county", "county"), (
        "县（市、区）", "县（市）区", "县（市）、区", "县（区）", "县（区、市）", "区（市）县", "区（县、市）", "区（县）", "区、县（市）", "区县（市）", "县市区", "市县区", "区县", "县区", "旗县区",
        "旗县（市、区）", "县", "区",
    )),
    (("county", "zone"), ("开发区（管理区）", "开发区（园区）", "管理区", "开发区", "高新区", "经开区", "功能区", "管委会")),
    (("town", ""), (
        "镇街（园区）", "镇（街道、园区）", "镇（街）、园区", "镇（街道）", "镇（街）", "镇（街、场）", "镇（办）", "乡镇（街道）", "乡镇（街道、园区）", "乡（镇、街道）", "乡（镇）、街道", "镇、街道", "乡镇、街道",
        "乡镇（街办）", "街道（镇）", "街道（乡镇）", "街镇", "镇街", "乡镇街道", "乡镇", "街道", "苏木乡镇", "镇",
    )),
    (("town", "park"), ("园区",)),
    (("village", ""), ("村（社区）", "社区（村）", "村（居）", "村居", "村、社区", "行政村", "村", "社区")),
)  # fmt: skip
# {words: (level, kind of place)}
PLACES: dict[str, tuple[str, str]] = {word: place for place, words in _PLACES for word in words}
LEVEL_WORDS = {
    "全国": "nation",
    "国家级": "nation",
    "中央": "nation",
    "省": "province",
    "自治区": "province",
    "市": "city",
    "区": "county",
    "县": "county",
    "镇": "town",
    "乡镇": "town",
    "州": "city",
}
CHILD = {
    "nation": "province",
    "province": "city",
    "city": "county",
    "county": "town",
    "town": "village",
    "village": "village",
}
