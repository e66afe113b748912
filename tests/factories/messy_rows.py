"""Forty messy rows over the three layouts that towns, cities and societies hand in: cells → values, errors, hints."""

from datetime import date

from tests.factories.tables import city_table, society_list, town_table

# F1: name, host, outline, time and place, contact → values, errors, hints
TOWN = [
    (("急救知识讲座", "石龙镇科协", "讲解心肺复苏", "9月17日上午9:00-11:30，石龙镇文化广场", "张老师13800000000"),
     {"starts_at": "09-17 09:00", "ends_at": "09-17 11:30", "venue": "石龙镇文化广场", "place": 7,
      "contact_name": "张老师", "contact_phone": "13800000000", "mode": "offline"}, "", ""),
    (("科学实验秀", "石龙镇科协、石龙镇教育局", "演示", "2023年9月16日（周六）下午2点半至4点\n石龙镇中心小学", "李老师 0769-86611111"),
     {"starts_at": "09-16 14:30", "ends_at": "09-16 16:00", "venue": "石龙镇中心小学", "co_hosts": ["石龙镇教育局"],
      "contact_phone": "0769-86611111"}, "", ""),
    (("科普展板巡展", "石龙镇科协", "展板", "9月17日、18日 14:30-16:00；文化馆", "王老师：13900000000"),
     {"arrangement": "recurring", "starts_at": "09-17 14:30", "ends_at": "09-18 16:00", "venue": "文化馆"}, "", ""),
    (("机器人体验", "石龙镇科协", "体验", "时间：9月17日9时—11时 地点：图书馆", "张老师13800000000"),
     {"starts_at": "09-17 09:00", "venue": "图书馆"}, "", ""),
    (("1.科普讲座\n2.科普展览", "石龙镇科协", "两项", "1.9月16日9:00-10:00，文化馆\n2.9月17日9:00-10:00，图书馆", "张老师13800000000"),
     {"arrangement": "tour"}, "several_activities", "tour"),
    (("食品安全进社区", "石龙镇科协", "食" * 301, "9月17日9:00-10:00，西湖社区", "张老师13800000000"),
     {"venue": "西湖社区"}, "over_limit", ""),
    (("垃圾分类", "石龙镇科协", "游戏", "9月17日（周六）9:00-10:00，文化馆", "张老师13800000000"),
     {"starts_at": "09-17 09:00"}, "wrong_weekday", ""),
    (("防灾演练", "石龙镇科协", "演练", "9月31日9:00-10:00，中心小学", "张老师13800000000"),
     {"venue": "中心小学", "starts_at": None}, "impossible_date no_day", ""),
    (("节水宣传", "石龙镇科协", "宣传", "9月中旬，各社区", "张老师13800000000"),
     {"venue": "各社区", "starts_at": None}, "no_hours", "approximate"),
    (("健康义诊", "石龙镇卫生院", "义诊", "9月17日9:00-11:00，文化广场", "张老师13800000000"),
     {"venue": "文化广场"}, "", "other_host"),
    (("观星夜", "石龙镇科协", "观星", "9月16日20:00-次日1:00，江边公园", "张老师13800000000"),
     {"starts_at": "09-16 20:00", "ends_at": "09-17 01:00"}, "", ""),
    (("科普电影", "石龙镇科协", "放映", "待定", "张老师"), {"starts_at": None}, "to_be_told", "no_phone"),
    (("农技下乡", "主办：石龙镇科协；承办：石龙镇农林水务中心", "培训", "9.17 9:00-11:30 ，蔬菜基地", "张老师1380000000"),
     {"undertakers": ["石龙镇农林水务中心"], "starts_at": "09-17 09:00", "contact_phone": None}, "bad_phone", ""),
]  # fmt: skip

# F7: name, host, undertaker, day, hours, place, form, people, contact, number → values, errors, hints
CITY = [
    (("城市科学节", "市科协", "市科技馆", date(2023, 9, 17), "9:00-17:00", "市科技馆", "展览", 2000, "张老师", 13800000000),
     {"starts_at": "09-17 09:00", "ends_at": "09-17 17:00", "participants_expected": 2000, "contact_phone": "13800000000",
      "undertakers": ["市科技馆"], "formats": ["exhibition"]}, "", ""),
    (("院士讲座", "市科协", "大学", "9月16日", "下午2:30-4:00", "礼堂", "讲座", "约500人", "张老师", "13800000000"),
     {"starts_at": "09-16 14:30", "participants_expected": 500}, "", "about"),
    (("科学家精神巡讲", "市科协", "", "9月18日、20日", "上午9:00-10:30", "一中；二中", "讲座", "200人/场，共2场", "张老师", "13800000000"),
     {"arrangement": "tour", "participants_expected": 400, "starts_at": "09-18 09:00"}, "", "tour per_session"),
    (("科技馆开放周", "市科协", "市科技馆", "9.17-9.23", "9:00-17:00", "市科技馆", "开放日", "1.2万人次", "张老师", "028-86611111"),
     {"arrangement": "recurring", "participants_expected": 12000, "ends_at": "09-23 17:00", "contact_phone": "028-86611111"},
     "", "daily_assumed"),
    (("亲子阅读", "市科协", "", "9月每周六", "9:00-10:00", "图书馆", "讲座", "80人/场", "张老师", "13800000000"),
     {"arrangement": "recurring", "participants_expected": 400, "starts_at": "09-02 09:00"}, "", "per_session"),
    (("创客竞赛", "市科协、市教育局", "甲协会、乙学会", "9月17日", "9点半到11点", "高新区创客中心", "竞赛", "200-300人", "张老师", "13800000000"),
     {"co_hosts": ["市教育局"], "undertakers": ["甲协会", "乙学会"], "participants_expected": 200, "place": 8}, "", "range"),
    (("云上科普", "市科协", "", "9月17日", "19:30-21:00", "线上直播", "讲座", "线上约1万人，线下200人", "张老师", "13800000000"),
     {"mode": "online", "participants_expected": 10200, "online_expected": 10000}, "", "summed"),
    (("科学咖啡馆", "市科协", "", "9月17日", "", "书店", "讲座", 30, "张老师", "13800000000"), {"starts_at": None}, "no_hours", ""),
    (("脑科学体验", "市科协", "", "9月17日", "2:30-4:00", "医院", "展览", "若干", "张老师", "13800000000"),
     {"starts_at": "09-17 14:30", "participants_expected": None}, "no_number", "afternoon_assumed"),
    (("动漫科普", "市科协", "", 45186, "9:00-10:00", "动漫馆", "舞台剧", 100, "张老师", "13800000000"),
     {"starts_at": "09-17 09:00", "formats": None}, "not_listed", "serial"),
    (("地质公园行", "市科协", "", "9月17日", "9:00", "地质公园", "开放日", 60, "张老师", "1.38E+10"),
     {"starts_at": "09-17 09:00", "ends_at": None}, "no_end scientific", ""),
    (("医学科普周", "市科协", "", "9月18日至20日", "每天9:00-11:00", "市医院", "讲座、展览", "三百人", "张老师", "13800000000"),
     {"arrangement": "recurring", "formats": ["lecture", "exhibition"], "participants_expected": 300}, "", ""),
    (("科技游园会", "市科协", "", "9月23日-17日", "9:00-17:00", "公园", "开放日", 500, "张老师", "13800000000"),
     {"venue": "公园"}, "reversed_days", ""),
    (("《科学与生活》讲座（一）", "市科协", "", "2023/9/17", "９：００～１１：３０", "社区中心", "讲座", "50 人", "张老师", "13800000000"),
     {"title": "《科学与生活》讲座（一）", "ends_at": "09-17 11:30", "participants_expected": 50}, "", ""),
]  # fmt: skip

# F8: theme, outline, span, place, host, mode, link, people, key, contact, remarks → values, errors, hints
SOCIETY = [
    (("科学之夜", "观星", "2023年9月16日19:00至21:00", "天文台", "省天文学会", "线下", "", "300", "是", "张老师13800000000", ""),
     {"title": "科学之夜", "mode": "offline", "key_activity": True, "ends_at": "09-16 21:00"}, "", ""),
    (("云观日", "直播", "9月17日上午10点—11点半", "", "省天文学会", "线上", "https://kepu.example.cn/sun", "1万", "√", "张老师13800000000", ""),
     {"mode": "online", "online_link": "https://kepu.example.cn/sun", "participants_expected": 10000}, "", ""),
    (("天文摄影展", "展览", "9月17日-9月19日每天9:00-17:00", "省科技馆", "省天文学会", "线上+线下", "www.kepu.example.cn/show", "2000余人次", "否", "张老师13800000000", ""),
     {"mode": "mixed", "online_link": "https://www.kepu.example.cn/show", "key_activity": False, "participants_expected": 2000},
     "", "link_completed about"),
    (("院士谈宇宙", "讲座", "9月17日下午3:00-4:30", "大学礼堂", "省天文学会，省科技馆", "", "", "不少于200人", "是", "张老师13800000000、李老师13900000000", ""),
     {"mode": "offline", "co_hosts": ["省科技馆"], "contact_name": "张老师"}, "", "about several_contacts"),
    (("校园望远镜", "观测", "9月18日、19日、20日 18:30-20:00", "①一中②二中③三中", "省天文学会", "线下", "", "100人/场", "是", "张老师13800000000", ""),
     {"arrangement": "tour", "participants_expected": 300}, "", "tour per_session"),
    (("直播课", "上课", "每周三15:00-16:00", "", "省天文学会", "", "https://kepu.example.cn/class", "500", "否", "张老师13800000000", ""),
     {"mode": "online", "arrangement": "recurring", "starts_at": "09-06 15:00"}, "", "season_span mode_inferred"),
    (("线上问答", "问答", "9月17日20:00-1:00", "", "省天文学会", "线上", "视频号搜索天文", "5000+", "否", "张老师13800000000", ""),
     {"ends_at": "09-18 01:00", "online_link": None, "mode": "online"}, "no_link", "past_midnight about"),
    (("流星雨观测", "观测", "2024年9月17日20:00-22:00", "山顶", "省天文学会", "线下", "", "50", "也许", "张老师13800000000", ""),
     {"key_activity": None}, "no_answer", "other_year outside_season"),
    (("陨石展", "展览", "暂定9月17日9:00-17:00", "博物馆", "省天文学会", "看情况", "", "300", "是", "张老师13800000000", ""),
     {"mode": None, "starts_at": "09-17 09:00"}, "no_mode", "tentative"),
    (("天文馆夜场", "夜场", "9月17日25:00", "天文馆", "省天文学会", "线下", "", "100", "是", "张老师13800000000", ""),
     {"starts_at": None}, "impossible_hour no_hours", ""),
    (("科普大篷车", "巡展", "9月17日起", "各县", "省天文学会", "线下", "", "1,200", "是", "0431-86611111", ""),
     {"participants_expected": 1200, "contact_phone": "0431-86611111", "starts_at": None}, "no_last_day", ""),
    (("星空诗会", "朗诵", "9月17日9:00-10:00、14:00-15:00，共3场", "书店", "省天文学会", "线下", "", "每场40人，3场", "是", "张老师13800000000", ""),
     {"participants_expected": 120, "arrangement": "recurring"}, "", "wrong_count per_session"),
    (("闭幕式", "总结", "九月二十三日上午九点至十一点", "礼堂", "省天文学会", "线下", "", "两百人", "是", "张老师13800000000", "雨天改期"),
     {"starts_at": "09-23 09:00", "ends_at": "09-23 11:00", "participants_expected": 200}, "", ""),
]  # fmt: skip

NAMES = ("F1", "F7", "F8")
MADE = (TOWN, CITY, SOCIETY)


def files():
    """The three tables as they would be handed in, by name of the layout."""
    numbered = [[(i, *cells) for i, (cells, *_rest) in enumerate(rows, start=1)] for rows in MADE]
    made = [town_table(*numbered[0]), city_table(*numbered[1]), society_list(*numbered[2])]
    return dict(zip(NAMES, made, strict=True))
