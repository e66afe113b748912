// <form data-keep-draft="activity:new:17">: keeps what is typed in this browser, and offers it back when the page is
// opened again. The key names the form, the thing and the unit. Passwords, files and hidden fields are never kept, and
// a draft older than a fortnight is forgotten. The offer is a <template data-draft-offer> inside the form.

const PREFIX = "kepu:draft:";
const LIFE = 14 * 24 * 60 * 60 * 1000;
const KEPT = "input:not([type=password], [type=file], [type=hidden], [data-private]), select, textarea:not([data-private])";

export default function keepDraft(form) {
  const key = PREFIX + form.dataset.keepDraft;
  const fields = () => [...form.elements].filter((field) => field.name && field.matches(KEPT));
  const read = () => fields().map((field) => [field.name, field.type, field.value, isOn(field)]);
  const before = JSON.stringify(read());

  const offer = form.querySelector("template[data-draft-offer]");
  const draft = stored(key);
  if (draft && offer && JSON.stringify(draft.values) !== before && !form.querySelector("[data-error]")) {
    const shown = offer.content.firstElementChild.cloneNode(true);
    const when = shown.querySelector("time");
    if (when) when.textContent = new Date(draft.at).toLocaleString(document.documentElement.lang);
    shown.querySelector("[data-restore]").addEventListener("click", () => {
      restore(fields(), draft.values);
      shown.remove();
    });
    shown.querySelector("[data-forget]").addEventListener("click", () => {
      forget(key);
      shown.remove();
    });
    form.prepend(shown);
  }

  let waiting;
  const keepSoon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => store(key, { at: Date.now(), values: read() }), 500);
  };
  form.addEventListener("input", keepSoon);
  // on a slow line somebody types before this script is there
  if (!draft && fields().some(isTouched)) keepSoon();
  // kept even now: only the page that says it is done forgets it (forget-draft.js)
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    store(key, { at: Date.now(), values: read() });
  });
}

function stored(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(key));
    if (!draft || Date.now() - draft.at > LIFE) return null;
    return draft;
  } catch {
    return null;
  }
}

function store(key, draft) {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // full or forbidden: the form works without
  }
}

function forget(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // forbidden
  }
}

function isOn(field) {
  return field.type === "checkbox" || field.type === "radio" ? field.checked : null;
}

function isTouched(field) {
  if (field.options) {
    const first = [...field.options].findIndex((option) => option.defaultSelected);
    return field.selectedIndex !== Math.max(0, first);
  }
  return isOn(field) === null ? field.value !== field.defaultValue : field.checked !== field.defaultChecked;
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
