"""What a number counts: the object of a quota by the words beside it."""

from __future__ import annotations

import re

from kepu.notices.drafting.values.codes import code_for

_OBJECTS = (
    (re.compile(r"案例|经验材料"), "nominations", ""),
    (re.compile(r"分会场"), "branch_venues", "分会场活动"),
    (re.compile(r"主场"), "main_venues", "主场活动"),
    (re.compile(r"直播"), "broadcasts", "直播"),
    (re.compile(r"重点.{0,6}活动|重点.{0,4}项目|特色活动|精品活动|品牌活动"), "key_activities", ""),
    (re.compile(r"线上.{0,6}活动"), "online_activities", "线上活动"),
    (re.compile(r"推荐|候选|名额|选手|遴选|评选|先进|优秀(?:个人|集体|单位|组织|活动|案例|作品|志愿者)|典型|选送|选报|报送.{0,6}案例|案例"), "nominations", ""),
    (re.compile(r"作品|征文|稿件|投稿|参赛|参评|论文|课件"), "entries", "作品"),
    (re.compile(r"(?:视频|图片|照片|素材|影像)(?:[、及和](?:视频|图片|照片|素材|影像))*"), "materials", ""),
    (re.compile(r"报道|新闻|信息|稿|推文|简报"), "news_items", "宣传报道"),
    (re.compile(r"科普文章|文章"), "entries", "文章"),
    (re.compile(r"科普产品|文创|产品"), "products", "科普产品"),
    (re.compile(r"参与单位|参加单位|参展单位|参赛单位"), "participating_units", "参与单位"),
    (re.compile(r"答题"), "attempts", "答题"),
    (re.compile(r"讲座|报告会|科普报告|宣讲|授课|课堂|安全课|(?<=[作做])报告"), "lectures", "讲座"),
    (re.compile(r"阅读课|班会|课时|一课|教育课|[\u4e00-\u9fff]课$"), "lessons", "课"),
    (re.compile(r"展览|巡展|书画展"), "exhibitions", "展览"),
    (re.compile(r"演练"), "drills", "演练"),
    (re.compile(r"培训"), "trainings", "培训"),
    (re.compile(r"志愿服务(?!队)"), "volunteer_services", "志愿服务"),
    (re.compile(r"志愿者|志愿服务队|志愿.{0,6}队伍"), "volunteers", "志愿者"),
    (re.compile(r"(?:参赛|代表)队伍?|团队|队伍"), "teams", ""),
    (re.compile(r"联络员|联系人|负责人|工作人员"), "liaisons", "联络员"),
    (re.compile(r"展板|宣传栏|横幅|标语|海报|宣传品|宣传点|资料|手册|折页|图书"), "publicity_items", "宣传品"),
    (re.compile(r"活动|项目|宣传|科普|场次|主题日|[场]$"), "activities", "活动"),
    (re.compile(r"开放"), "open_days", "开放天数"),
)  # fmt: skip
_MADE = re.compile(
    r"(?:报送|推荐|提交|选送|开展|组织|举办|制作|发布|完成|上报|开设|申报|打造|建设|培育|征集|张贴|悬挂|发放|设置|刊发|推出|选派|开放|设立|布置|摆放|走进|服务|配备|安排|录制|拍摄|邀请|建立|组建|组织)(?:优秀|各类)?(?P<o>[\u4e00-\u9fff“”]{2,10}?)(?:数量|总数)?$"
)
_VERB = re.compile(
    "组织开展|准备|配备|派出|张贴|开展|组织|举办|报送|推荐|提交|提供|选送|制作(?!$)|发布|完成|上报|上传|申报|悬挂|张贴|发放|捐赠|动员|发动|召开|选派|推选|讲授|至少讲|参加|要求|确保|其中|至少|每[^，]{1,3}?(?=[一-龥]{2}$)"
)
_BODY = re.compile("[\u4e00-\u9fff]{0,4}(?:基地|学会|协会|单位|学校|部门|社区|企业|街道|乡镇)")
_AMOUNT = re.compile(r"(?:资助|立项|支持|认定)?(?:总?数量?|名额|各|分别|均|不|总计|合计|共)$")
_BEHIND = re.compile(r"^的?(?P<o>[\u4e00-\u9fff]{2,8}?)(?:参加|参赛|出席)?$")
_STRUNG = re.compile(
    r"[、和及](?P<o>(?![各每其])[\u4e00-\u9fff]{2,6}?)(?<!单位)(?<![学协]会)(?<!基地)(?<!学校)(?<!社区)(?<!企业)(?<!部门)(?<!机构)(?:数量)?$"
)
UNITS = frozenset(
    [
        "项",
        "场",
        "个",
        "件",
        "篇",
        "名",
        "人",
        "份",
        "张",
        "幅",
        "次",
        "条",
        "部",
        "首",
        "期",
        "家",
        "所",
        "支",
        "组",
        "节",
        "本",
        "册",
        "处",
        "面",
        "块",
        "台",
        "集",
        "副",
        "套",
        "例",
        "则",
        "种",
        "场次",
        "家次",
        "项次",
        "户",
        "辆",
        "对",
        "轮",
        "队",
        "人次",
        "课时",
        "学时",
        "堂",
        "间",
        "天",
    ]
)


def counted_at_end(words: str) -> tuple[str, str] | None:
    """The object that stands at the very end of ``words``, right before its number: 视频及图片数量."""
    plain = _AMOUNT.sub("", words)
    ends = [
        (m.end(), -rank, code, title or m[0])
        for rank, (pattern, code, title) in enumerate(_OBJECTS)
        for m in pattern.finditer(plain)
        if m.end() >= len(plain) - 1
    ]
    if not ends:
        return None
    _end, _rank, code, title = max(ends)
    return code, title


def counted(*words: str) -> tuple[str, str] | None:
    """The object and its title that the first of ``words`` with one names."""
    for said in words:
        found = []
        for rank, (pattern, code, title) in enumerate(_OBJECTS):
            for m in pattern.finditer(said):
                found.append((rank, code, title or m[0]))
                break
        if found:
            _rank, code, title = min(found)
            return code, title
    return None


def named(made: str, behind: str, strung: str) -> tuple[str, str] | None:
    """An object of no known sort by the words beside its number: what is made, what stands behind, what is strung on."""
    for pattern, words in ((_MADE, made), (_BEHIND, behind), (_STRUNG, strung)):
        if m := pattern.search(words):
            name = m["o"].strip("“”")
            return code_for(name), name
    return None


def in_words(words: str) -> str:
    """What is counted as the text calls it: the words behind the last verb, "" when they are no name."""
    words = re.split(
        "(?<=..)(?:(?:报送|提交|发送|上传|寄)(?:至|到|给)|[至到](?=[省市县区]))",
        words.lstrip("（）.、0123456789"),
    )[0]
    plain = re.sub(r"^的|(?<=..)(?:入围|晋级|进入).*$", "", _AMOUNT.sub("", words))
    name = re.sub("^各[省市县区校地](?=..)", "", _VERB.split(plain)[-1]).strip("的")
    if re.fullmatch("“[^“”]*”?|[^“”]*”", name):
        name = name.strip("“”")
    if name.startswith(("每", "各", "其中")) or _BODY.fullmatch(name):
        return ""
    return name if 2 <= len(name) <= 14 and re.fullmatch(r"[\u4e00-\u9fff“”]+", name) else ""
