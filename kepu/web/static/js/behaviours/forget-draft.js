// <div data-forget-draft="activity:new:17">: the notice that an act is done; what was kept of its form may go.

export default function forgetDraft(notice) {
  try {
    localStorage.removeItem(`kepu:draft:${notice.dataset.forgetDraft}`);
  } catch {
    // forbidden: nothing was kept either
  }
}
