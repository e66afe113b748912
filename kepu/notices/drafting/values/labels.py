"""Conventional codes of labels that notices of many campaigns share: fields, topics, formats, entries, columns, parts."""

from __future__ import annotations

_FIELDS = {
    "科技创新": "sci_tech_innovation", "科学教育": "science_education", "数字素养": "digital_literacy", "生态文明": "ecological_civilisation",
    "卫生健康": "health", "应急科普": "emergency", "农业科技": "agri_tech", "核科普": "nuclear", "水利科普": "water", "科普创作": "creative_works",
    "信息技术": "information_technology", "自然资源": "natural_resources", "乡村振兴": "rural_revitalisation", "食品安全": "food_safety", "知识产权": "intellectual_property",
    "国防知识": "national_defence", "国防教育": "national_defence", "防灾减灾": "disaster_reduction", "防灾避险": "hazard_avoidance", "安全生产": "work_safety",
    "气象科学": "meteorology", "清洁能源": "clean_energy", "科技教育": "tech_education", "生产生活": "production_life", "前沿科技": "frontier_tech", "科学精神": "scientific_spirit",
    "消防安全": "fire_safety", "交通安全": "traffic_safety", "校园安全": "campus_safety", "应急避险": "hazard_avoidance", "心理健康": "mental_health", "生态环境": "ecology",
    "大数据": "big_data", "人工智能": "ai", "元宇宙": "metaverse", "量子科技": "quantum", "生物技术": "biotech", "航空航天": "aerospace", "新能源": "new_energy", "新材料": "new_materials",
    "载人航天": "crewed_space", "探月探火": "moon_mars", "深海深地探测": "deep_sea_earth", "超级计算机": "supercomputer",
    "文化": "culture", "艺术": "art", "教育": "education", "旅游": "tourism", "体育": "sport", "科教兴国战略": "strategy_science_education",
    "人才强国战略": "strategy_talent", "创新驱动发展战略": "strategy_innovation",
    "制造强国": "manufacturing", "质量强国": "quality", "航天强国": "aerospace", "交通强国": "transport", "网络强国": "cyber",
    "科普助力“双减”": "double_reduction", "科技助力乡村振兴": "tech_rural", "科学家精神弘扬": "scientist_spirit", "银龄科普": "silver_age",
}  # fmt: skip
_FORMATS = {
    "科普研学": "study_tour", "研学": "study_tour", "专家报告": "expert_report", "科普报告": "report", "报告会": "report", "科技咨询": "consultation", "咨询": "consultation", "现场咨询": "consultation",
    "技能培训": "skills_training", "培训": "training", "讲座": "lecture", "科普讲座": "lecture", "专题讲座": "lecture", "展览": "exhibition", "科普展览": "exhibition", "展览展示": "exhibition",
    "竞赛": "contest", "知识竞赛": "contest", "科技竞赛": "contest", "论坛": "forum", "直播": "live", "科普直播": "live", "短视频": "short_video", "话题互动": "topic_interaction",
    "云讲堂": "cloud_lecture", "云看展": "cloud_exhibition", "云发布": "cloud_release", "VR": "vr", "征文": "essay_contest", "朗诵": "recitation", "朗读": "reading_aloud", "演讲": "speech",
    "参观": "visit", "开放日": "open_day", "实验室开放": "lab_opening", "应急演练": "drill", "演练": "drill", "文艺演出": "performance", "科普演出": "performance", "志愿服务": "volunteering",
    "发放宣传资料": "leaflets", "有奖问答": "quiz", "知识问答": "quiz", "网上答题": "online_quiz", "线上答题": "online_quiz", "读书会": "reading_club", "图书展": "book_fair", "阅读推广": "reading_promotion",
    "研学体验": "study_experience", "成果发布": "release", "观影": "film", "流动科技馆": "mobile_hall", "科普大篷车": "science_wagon",
}  # fmt: skip
_ENTRIES = {
    "进机关": "government_offices", "进企事业单位": "enterprises_institutions", "进企业": "enterprises", "进城乡社区": "urban_rural_communities", "进社区": "communities",
    "进校园": "campuses", "进学校": "schools", "进家庭": "families", "进军营": "barracks", "进乡村": "villages", "进农村": "villages", "进网络": "internet", "进宗教场所": "religious_sites",
    "进公共场所": "public_places", "进商圈": "shopping_areas", "进园区": "parks", "进景区": "scenic_areas", "进医院": "hospitals", "进工地": "building_sites", "进场馆": "venues",
}  # fmt: skip
_OTHERS = {
    "新时代文明实践中心（所、站）": "civilisation_practice", "新时代文明实践中心": "civilisation_practice", "党群服务中心": "party_masses_centre", "社区综合服务设施": "community_facility",
    "全国科普日": "national_science_day", "科普中国": "science_china", "科技活动周": "science_week", "学会": "society", "企业": "enterprise", "高校": "university", "园区": "park",
    "学校": "school", "科研院所": "research_institute", "医院": "hospital", "社会组织": "social_organisation", "媒体": "media", "社区": "community", "农村": "village",
    "组织动员": "mobilisation", "数量规模": "scale", "活动宣传": "publicity", "品牌宣传": "brand_publicity", "效果亮点": "effect", "科技志愿": "volunteering", "开展科技志愿": "volunteering",
    "联合行动": "joint_action", "网络活动情况": "online", "组织领导": "leadership", "活动成效": "effect", "社会影响": "impact", "创新性": "innovation",
    "序号": "serial", "备注": "remarks", "单位名称": "unit_name", "填报单位": "unit_name", "报送单位": "unit_name", "主办单位": "host_unit", "承办单位": "undertaking_unit", "活动名称": "title", "项目名称": "project_name",
    "活动概述": "outline", "活动内容": "outline", "活动简介": "outline", "活动时间": "time", "时间": "time", "地点": "place", "活动地点": "place", "时间、地点": "time_place", "时间地点": "time_place",
    "联系人": "contact", "联系电话": "phone", "联系方式": "contact", "联系人、联系电话": "contact", "联系人及电话": "contact", "姓名": "name", "职务": "post", "性别": "gender", "邮箱": "mailbox",
    "参与人数": "participants", "活动形式": "format", "作品名称": "title", "作者": "author", "作者姓名": "author", "作品简介": "summary", "指导教师": "teacher", "类别": "category", "组别": "group",
    "拍摄时间": "shot_time", "拍摄地点": "shot_place", "图片来源": "source", "图片说明": "caption", "拍摄者或来源": "author_or_source", "简介": "brief", "提供单位信息": "provider",
    "活动基本情况": "basics", "基本情况": "basics", "主要成果成效": "results", "主要成效": "results", "工作成效": "results", "特色亮点": "highlights", "工作亮点": "highlights", "主要做法": "practices", "工作体会": "reflections",
    "经验做法": "practices", "存在问题": "problems", "存在的问题": "problems", "意见建议": "suggestions", "下一步打算": "next_steps", "下步打算": "next_steps", "优秀组织单位": "excellent_organiser", "优秀活动": "excellent_activity",
    "优秀组织奖": "excellent_organiser", "一等奖": "first", "二等奖": "second", "三等奖": "third", "优秀奖": "merit", "特等奖": "grand",
    "系列联合行动": "joint_actions", "联合行动板块": "joint_actions", "专项行动": "special_actions", "科普专项行动": "special_actions",
}  # fmt: skip
LABELS: dict[str, str] = {**_OTHERS, **_FORMATS, **_FIELDS, **_ENTRIES}
