// What a form holds, and how this browser keeps it: for keep-draft.js and autosaves.js. Passwords, files, hidden fields and what is
// marked data-private are never kept, and a draft older than a fortnight is forgotten.

const PREFIX = "kepu:draft:";
const LIFE = 14 * 24 * 60 * 60 * 1000;
const KEPT = "input:not([type=password], [type=file], [type=hidden], [data-private]), select, textarea:not([data-private])";

export function keptFields(form) {
  return [...form.elements].filter((field) => field.name && field.matches(KEPT));
}

export function stored(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(PREFIX + key));
    if (!draft || Date.now() - draft.at > LIFE) return null;
    return draft;
  } catch {
    return null;
  }
}

// Whether it could be kept: storage may be full or forbidden, and the form works without.
export function store(key, draft) {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function forget(key) {
  try {
    localStorage.removeItem(PREFIX + key);
  } catch {
    // forbidden: nothing was kept either
  }
}

export function isOn(field) {
  return field.type === "checkbox" || field.type === "radio" ? field.checked : null;
}

// On a slow line somebody types before the scripts are there; and a browser may put back what was typed before a reload.
export function isTouched(field) {
  if (field.options) {
    const first = [...field.options].findIndex((option) => option.defaultSelected);
    return field.selectedIndex !== Math.max(0, first);
  }
  return isOn(field) === null ? field.value !== field.defaultValue : field.checked !== field.defaultChecked;
}
