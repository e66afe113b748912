// <form data-keep-draft="activity:new:17">: keeps what is typed in this browser, and offers it back when the page is
// opened again. The key names the form, the thing and the unit; it may change when a new thing becomes one that is there.
// data-keeps-also="token version" names hidden fields that go with it, so that what is taken up again is still the same
// thing, seen as it was. The offer is a <template data-draft-offer> inside the form.
// On "draft:saved" everything is with the server, and the copy goes; on "draft:moved" it gets another key.

import { forget, isOn, isTouched, keptFields, store, stored } from "../kept-drafts.js";

export default function keepDraft(form) {
  let key = form.dataset.keepDraft;
  const also = (form.dataset.keepsAlso ?? "").split(" ").filter(Boolean);
  const hidden = (name) => form.querySelector(`input[type=hidden][name="${name}"]`);
  const fields = () => keptFields(form);
  const read = () => fields().map((field) => [field.name, field.type, field.value, isOn(field)]);
  const before = JSON.stringify(read());

  const offer = form.querySelector("template[data-draft-offer]");
  const draft = stored(key);
  const isHere = draft && JSON.stringify(draft.values) === before;
  if (isHere) forget(key);
  else if (draft && offer && !form.querySelector("[data-error]")) {
    const shown = offer.content.firstElementChild.cloneNode(true);
    const when = shown.querySelector("time");
    if (when) when.textContent = new Date(draft.at).toLocaleString(document.documentElement.lang);
    shown.querySelector("[data-restore]").addEventListener("click", () => {
      for (const name of also) if (hidden(name) && name in (draft.also ?? {})) hidden(name).value = draft.also[name];
      restore(fields(), draft.values);
      shown.remove();
    });
    shown.querySelector("[data-forget]").addEventListener("click", () => {
      forget(key);
      shown.remove();
    });
    form.prepend(shown);
  }

  let waiting = null;
  const keep = () => {
    clearTimeout(waiting);
    waiting = null;
    const kept = { at: Date.now(), values: read() };
    if (also.length) kept.also = Object.fromEntries(also.map((name) => [name, hidden(name)?.value ?? ""]));
    form.toggleAttribute("data-cannot-keep", !store(key, kept));
  };
  const keepSoon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, 500);
  };
  form.addEventListener("input", keepSoon);
  if (!draft && fields().some(isTouched)) keepSoon();
  // kept even now: only the page that says it is done forgets it (forget-draft.js)
  form.addEventListener("submit", keep);
  form.addEventListener("draft:saved", () => {
    clearTimeout(waiting);
    waiting = null;
    forget(key);
  });
  form.addEventListener("draft:moved", (event) => {
    forget(key);
    key = form.dataset.keepDraft = event.detail;
    keep();
  });
  // a phone may close the page without a further word
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && form.isConnected && waiting !== null) keep();
  });
}

function restore(fields, values) {
  const left = [...values];
  for (const field of fields) {
    const at = left.findIndex(
      ([name, type, value, on]) => name === field.name && type === field.type && (on === null || value === field.value),
    );
    if (at < 0) continue;
    const [, , value, on] = left.splice(at, 1)[0];
    if (on === null) field.value = value;
    else field.checked = on;
  }
  fields[0]?.dispatchEvent(new Event("input", { bubbles: true }));
}
