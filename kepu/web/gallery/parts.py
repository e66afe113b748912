"""The parts of the gallery in their order, with the line that draws each. A template for each lies in gallery/parts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    key: str
    title: str
    drawn: str = ""  # what one writes in a template to have it

    @property
    def template(self) -> str:
        return f"gallery/parts/{self.key}.html"


PARTS = (
    Part("colours", "颜色", "color: var(--azurite); background: var(--azurite-wash);"),
    Part("type", "文字"),
    Part("measure", "间距、触摸和动作"),
    Part("looks", "显示方式", '{% include "components/looks.html" with back="" %}'),
    Part("icons", "图标", '{% icon "sun" %}　{% icon "sun" "有名字的" %}'),
    Part("button", "按钮", '{% include "components/button.html" with label="提交审核" kind="quiet" may=verdict %}'),
    Part("waiting", "等一等", '<span class="waiting" role="status">正在……</span>　<button class="button" aria-busy="true">'),
    Part("badge", "状态", "{% state_badge activity.state activity.get_state_display %}"),
    Part("clause", "依据", "{% why rule %}"),
    Part("notice", "提示", '{% include "components/notice.html" with tone="warning" title=… text=… clause=… %}'),
    Part("form", "表单", '{% form_errors form %}　{% field form.title width="middle" note="由通知规定：" clause=rule %}'),
    Part("card", "卡片", '{% include "components/figure.html" with label=… value=… unit=… href=… %}'),
    Part("progress", "进度", '{% progress 3 5 label="集中示范活动" unit="场" %}'),
    Part("table", "表格", '<table class="table table-stacking">　<td data-label="地点">　{% include "components/pager.html" with page=found %}'),
    Part("tabs", "标签与筛选", '{% include "components/tabs.html" with tabs=tabs name="审核的进度" only %}'),
    Part("timeline", "时间线", '{% include "components/timeline.html" with items=items only %}'),
    Part("open", "展开与对话", '<details class="disclosure">　<a data-opens="id">　<dialog class="dialog">'),
    Part("empty", "空的", '{% include "components/empty.html" with title=… text=… href=… action=… only %}'),
    Part("event", "公众网站：一天的活动", '{% include "portal/activities/_group.html" with group=group level="h2" bare=False only %}'),
    Part("days", "公众网站：按日子看", '{% include "portal/_days.html" with days=programme.week columns=True only %}'),
    Part("dial", "公众网站：日晷", '{% include "components/dial.html" with dial=dial only %}'),
    Part("decree", "公众网站：通知怎么说", '<div class="decree">'),
    Part("ways", "公众网站：去处和数字", '<div class="way">　<dl class="tallies">'),
    Part("personal", "个人信息", '{% include "components/personal.html" with address=… label=… %}　{% purpose "contact" %}'),
    Part("difference", "改了什么", '{% include "components/difference.html" with difference=difference only %}'),
    Part("impact", "影响", '{% include "workspace/desk/_impact.html" with impact=impact only %}'),
    Part("errors", "出错的页面"),
)  # fmt: skip
