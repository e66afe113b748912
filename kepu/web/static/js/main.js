// Hangs each behaviour on the elements that ask for it with a data-… attribute, at first and in every new piece.
// Without scripts every page works all the same; a behaviour only saves a click or a loss.

const behaviours = {
  "[data-arrow-keys]": () => import("./behaviours/arrow-keys.js"),
  "[data-autosaves]": () => import("./behaviours/autosaves.js"),
  "[data-autosubmit]": () => import("./behaviours/autosubmit.js"),
  "[data-closes]": () => import("./behaviours/closes.js"),
  "[data-confirm]": () => import("./behaviours/confirm.js"),
  "[data-copies]": () => import("./behaviours/copies.js"),
  "[data-counts]": () => import("./behaviours/counts.js"),
  "[data-filters]": () => import("./behaviours/filters.js"),
  "[data-forget-draft]": () => import("./behaviours/forget-draft.js"),
  "[data-here]": () => import("./behaviours/here.js"),
  "[data-keep-draft]": () => import("./behaviours/keep-draft.js"),
  "[data-near]": () => import("./behaviours/near.js"),
  "[data-opens]": () => import("./behaviours/opens.js"),
  "form[data-passkey]": () => import("./behaviours/passkey.js"),
  "[data-picks]": () => import("./behaviours/picks.js"),
  "[data-prints]": () => import("./behaviours/prints.js"),
  "[data-remembers-place]": () => import("./behaviours/remembers-place.js"),
  "[data-saves-along]": () => import("./behaviours/saves-along.js"),
  "form[data-sends-pictures]": () => import("./behaviours/sends-pictures.js"),
  "form[data-sends-itself]": () => import("./behaviours/sends-itself.js"),
  "[data-steps]": () => import("./behaviours/steps.js"),
  "[data-shows-current]": () => import("./behaviours/shows-current.js"),
  "[data-shown-if]": () => import("./behaviours/shown-if.js"),
  "input[data-suggests]": () => import("./behaviours/suggests.js"),
  "[data-takes-focus]": () => import("./behaviours/takes-focus.js"),
  "form[method=post]": () => import("./behaviours/send-once.js"),
};

const hung = new WeakMap();

function hang(root) {
  for (const [selector, load] of Object.entries(behaviours)) {
    const found = [...root.querySelectorAll(selector)];
    if (root instanceof Element && root.matches(selector)) found.push(root);
    for (const element of found) {
      const already = hung.get(element) ?? new Set();
      if (already.has(selector)) continue;
      hung.set(element, already.add(selector));
      load().then((module) => module.default(element));
    }
  }
}

document.documentElement.dataset.scripts = "";
hang(document);
document.addEventListener("htmx:load", (event) => hang(event.target));
