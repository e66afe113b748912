// <input data-suggests="/activities/suggestions/">: while one types, what that address answers to the form's fields stands below the
// field as a list of links (ARIA 1.2, combobox with a listbox). Up and down walk through it, Enter goes there, Escape closes it; how many
// there are is said aloud. Without scripts, or where no answer comes, the form finds all the same.

const PAUSE = 150;

export default function suggests(input) {
  const form = input.form;
  const id = `${input.id}-suggestions`;
  const frame = document.createElement("div");
  const said = document.createElement("p");
  frame.className = "suggestions";
  frame.hidden = true;
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  form.append(said);
  form.closest("main").append(frame); // where nothing cuts it off
  input.type = "text"; // a search field may not be a combobox
  input.enterKeyHint = "search";
  input.autocomplete = "off";
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");

  let waiting, asking, current;
  const options = () => [...frame.querySelectorAll("[role=option]")];

  function mark(option) {
    current?.setAttribute("aria-selected", "false");
    current = option;
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  function place() {
    const { left, bottom, width } = form.getBoundingClientRect();
    const from = (frame.offsetParent ?? document.documentElement).getBoundingClientRect();
    frame.style.top = `${bottom - from.top + 4}px`;
    frame.style.left = `${left - from.left}px`;
    frame.style.width = `${width}px`;
  }

  function open(shown) {
    mark(null);
    frame.hidden = !shown;
    if (shown) place();
    input.setAttribute("aria-expanded", String(shown));
    if (!shown) said.textContent = "";
  }

  function close() {
    clearTimeout(waiting);
    asking?.abort();
    open(false);
  }

  async function ask() {
    asking?.abort();
    asking = new AbortController();
    const asked = asking;
    try {
      const answer = await fetch(`${input.dataset.suggests}?${new URLSearchParams(new FormData(form))}`, { signal: asked.signal });
      const piece = answer.ok ? await answer.text() : "";
      if (asked.signal.aborted || document.activeElement !== input) return;
      frame.innerHTML = piece;
    } catch {
      if (!asked.signal.aborted) close();
      return;
    }
    const list = frame.querySelector("[role=listbox]");
    if (!list) return close();
    list.id = id;
    input.setAttribute("aria-controls", id);
    options().forEach((option, n) => (option.id = `${id}-${n}`));
    open(options().length > 0);
    said.textContent = list.dataset.said;
  }

  function typed(event) {
    if (event.isComposing) return;
    clearTimeout(waiting);
    if (input.value.trim()) waiting = setTimeout(ask, PAUSE);
    else close();
  }

  input.addEventListener("input", typed);
  input.addEventListener("compositionend", typed);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const all = options();
    const shown = !frame.hidden;
    if (event.key === "Escape" && shown) close();
    else if (event.key === "Enter" && shown && current) current.click();
    else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && all.length && input.value.trim()) {
      if (!shown) open(true);
      // one step past either end stands on what was typed
      const here = all.indexOf(current);
      const to = event.key === "ArrowDown" ? here + 1 : here < 0 ? all.length - 1 : here - 1;
      mark(all[to] ?? null);
    } else return;
    event.preventDefault();
  });
  // a press on the list leaves the field its focus
  frame.addEventListener("mousedown", (event) => event.preventDefault());
  input.addEventListener("blur", close);
  form.addEventListener("submit", close);
  window.addEventListener("pagehide", close);
  window.addEventListener("resize", place);
}
