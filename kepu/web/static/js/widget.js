// Lists the coming activities of a place or a field on any site:
//
//   <div data-kepu data-place="441900" data-size="5"><a href="https://…/activities/?place=441900">Activities</a></div>
//   <script src="https://…/widget.js" async></script>
//
// Every data-… but data-kepu and data-look is a condition of the list, as in its address (docs/for-machines.md); data-look
// is light or dark. Until the list has come, and where it cannot come, what stands inside the element stays. The list is
// drawn in a shadow root from text alone: nothing that comes over the wire is read as markup or run. No cookie is sent.

(() => {
  "use strict";

  const script = document.currentScript;
  if (!script) return;
  const home = new URL(script.src).origin;
  const STYLE = `
    :host { display: block; line-height: 1.6; }
    :host([data-look="light"]) { color-scheme: light; }
    :host([data-look="dark"]) { color-scheme: dark; }
    ul { margin: 0; padding: 0; list-style: none; }
    li { padding: 0.5em 0; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
    a { color: LinkText; font-weight: 600; overflow-wrap: anywhere; }
    p { margin: 0; }
    .facts { font-size: 0.875em; opacity: 0.85; }
    .off a { text-decoration: line-through; }
    .more { padding-top: 0.5em; font-size: 0.875em; }
  `;

  function make(name, text, parent, className) {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    if (className) element.className = className;
    parent.append(element);
    return element;
  }

  function link(text, address, parent) {
    const to = new URL(address, home);
    if (to.protocol !== "https:" && to.protocol !== "http:") return make("span", text, parent);
    const a = make("a", text, parent);
    a.href = to.href;
    a.target = "_blank";
    a.rel = "noopener";
    return a;
  }

  function addressFor(element) {
    const to = new URL("/activities.json", home);
    for (const [name, value] of Object.entries(element.dataset)) {
      if (name !== "kepu" && name !== "look" && value) to.searchParams.set(name, value);
    }
    if (!to.searchParams.has("size")) to.searchParams.set("size", "5");
    return to;
  }

  function draw(element, feed) {
    const root = element.shadowRoot ?? element.attachShadow({ mode: "open" });
    root.replaceChildren();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    const list = make("ul", "", root);
    list.lang = feed.language ?? "";
    for (const item of feed.items) {
      const facts = item._kepu ?? {};
      const line = make("li", "", list, facts.status === "cancelled" ? "off" : "");
      link(item.title, item.url, make("p", "", line));
      const said = [facts.when, facts.where, item.authors?.[0]?.name].filter(Boolean);
      if (facts.status === "cancelled") said.unshift(item.content_text.split("\n")[0]);
      make("p", said.join(" · "), line, "facts");
    }
    link(feed.title, feed.home_page_url, make("p", "", root, "more"));
  }

  async function fill(element) {
    try {
      const answer = await fetch(addressFor(element), { credentials: "omit" });
      const said = await answer.json();
      if (!answer.ok) throw new Error(said.detail);
      if (said.items.length) draw(element, said); // with nothing to list, the link inside stays
    } catch (fault) {
      console.warn("kepu:", fault.message);
    }
  }

  const begin = () => document.querySelectorAll("[data-kepu]").forEach(fill);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
