// <a hidden data-remembers-place="code or nothing" data-name="…">: on the front page of a place this browser remembers the place; on the
// nation's it shows the way back there. The place stays in the address, so that one copy of a page serves everybody.

const KEY = "kepu:place";

export default function remembersPlace(link) {
  const { remembersPlace: code, name } = link.dataset;
  try {
    if (code) {
      localStorage.setItem(KEY, JSON.stringify([code, name]));
      return;
    }
    const [kept, keptName] = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    if (!kept) return;
    const to = new URL(link.href);
    to.searchParams.set("place", kept);
    link.href = to;
    link.querySelector("[data-place-name]").textContent = keptName;
    link.hidden = false;
  } catch {
    // a browser that keeps nothing: the place is chosen again
  }
}
