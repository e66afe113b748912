// <div data-forget-draft="activity:new:17">: the notice that an act is done; what was kept of its form may go.

import { forget } from "../kept-drafts.js";

export default function forgetDraft(notice) {
  forget(notice.dataset.forgetDraft);
}
