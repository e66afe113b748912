// <form data-autosaves="/…/saving/">: saves what is written by itself after a pause, and says so in [data-kept-said]. The server makes
// one draft of it, however often a save is sent; an attempt without an answer is sent again word for word before anything newer,
// so that whoever loses an answer is not told that they overtook themselves. Without a line it waits (keep-draft.js keeps a copy on the
// device) and tries again; a button that is pressed meanwhile says so and leads nowhere.

import { isTouched, keptFields } from "../kept-drafts.js";
import { keptLine } from "../kept-line.js";

const PAUSE = 2000;
const LONGEST = 15000; // somebody who never pauses is saved all the same
const PATIENCE = 20000;
const FIRST_RETRY = 4000;
const LAST_RETRY = 60000;
const FRESH = 15000; // an answer this young shows that there is a line
const NOT_CONTENT = ["csrfmiddlewaretoken", "version", "draft_key"];

export default function autosaves(form) {
  const line = keptLine(form);
  const hidden = (name) => form.querySelector(`input[type=hidden][name="${name}"]`);
  const body = () => new URLSearchParams(new FormData(form));
  const content = () => {
    const sent = body();
    for (const name of NOT_CONTENT) sent.delete(name);
    return sent.toString();
  };

  let address = form.dataset.autosaves;
  let saved = form.querySelector(".form-errors") || keptFields(form).some(isTouched) ? null : content();
  let attempt = null; // what was sent and not answered: {body, content}
  let running = null;
  let timer = null;
  let since = 0; // when the first word that is not saved was written
  let tries = 0;
  let trouble = "";
  let answeredAt = 0;
  let stopped = false; // only a person can decide how to go on
  let pressing = false;
  let leaving = false;

  const isDirty = () => attempt !== null || saved !== content();

  function soon() {
    if (stopped || leaving || running || trouble || !isDirty()) return;
    const now = Date.now();
    since ||= now;
    wait(Math.min(PAUSE, Math.max(0, since + LONGEST - now)));
  }

  function wait(ms) {
    clearTimeout(timer);
    timer = setTimeout(send, ms);
  }

  // Whether the server answered: then it has what it can take, or has said why not.
  function send({ keepalive = false } = {}) {
    clearTimeout(timer);
    running ??= exchange(keepalive).finally(() => {
      running = null;
      soon();
    });
    return running;
  }

  async function exchange(keepalive) {
    since = 0;
    attempt ??= { body: body(), content: content() };
    let response = await post(keepalive);
    if (isOlderThanSignIn(response)) {
      if (!(await renewed())) return later("signedOut");
      response = await post(keepalive);
    }
    if (!(response instanceof Response)) return later(response);
    if (response.type === "opaqueredirect") return later("signedOut");
    if (response.status === 429 || response.status >= 500) {
      return later("busy", 1000 * Number(response.headers.get("Retry-After") ?? 0));
    }
    const answer = isJson(response) ? await response.json() : null;
    answeredAt = Date.now();
    tries = 0;
    if (response.ok && answer) taken(answer);
    else stop(response, answer);
    return true;
  }

  async function post(keepalive) {
    try {
      return await fetch(address, {
        method: "POST",
        body: attempt.body,
        headers: { Accept: "application/json" },
        redirect: "manual",
        keepalive,
        signal: AbortSignal.timeout?.(PATIENCE),
      });
    } catch (fault) {
      return fault.name === "TimeoutError" ? "busy" : "offline";
    }
  }

  function taken(answer) {
    saved = attempt.content;
    attempt = null;
    hidden("version").value = answer.version;
    if (address !== answer.saving) {
      address = answer.saving;
      form.action = answer.edit;
      history.replaceState(history.state, "", answer.edit + location.hash);
    }
    if (hidden("draft_key").value !== answer.draft_key) {
      hidden("draft_key").value = answer.draft_key;
      form.dispatchEvent(new CustomEvent("draft:moved", { detail: answer.draft_key }));
    }
    if (!isDirty()) form.dispatchEvent(new CustomEvent("draft:saved"));
    if (trouble) form.dispatchEvent(new CustomEvent("lineback"));
    trouble = "";
    line.saved(answer.sentence, answer.left_out);
  }

  function later(why, least = 0) {
    trouble = why;
    tries += 1;
    const patience = Math.min(LAST_RETRY, FIRST_RETRY * 2 ** (tries - 1));
    wait(Math.max(least, patience * (0.75 + Math.random() / 2)));
    line.trouble(why);
    return false;
  }

  function stop(response, answer) {
    stopped = true;
    attempt = null;
    line.stopped(answer?.sentence, { compare: response.status === 409 });
  }

  // Somebody has signed in again in another tab: the token in this page is older than that.
  const isOlderThanSignIn = (response) => response?.status === 403 && !isJson(response);

  async function renewed() {
    try {
      const page = await fetch(location.pathname, { signal: AbortSignal.timeout?.(PATIENCE) });
      if (new URL(page.url).pathname === line.signIn.pathname) return false;
      const there = new DOMParser().parseFromString(await page.text(), "text/html");
      const token = there.querySelector("input[name=csrfmiddlewaretoken]")?.value;
      if (!token) return false;
      hidden("csrfmiddlewaretoken").value = token;
      attempt.body.set("csrfmiddlewaretoken", token);
      return true;
    } catch {
      return false;
    }
  }

  async function isSettled() {
    if (!isDirty() && Date.now() - answeredAt < FRESH && navigator.onLine) return true;
    for (let turn = 0; turn < 3; turn += 1) {
      if (!(await send())) return false;
      if (stopped || !isDirty()) return true;
    }
    return true; // still being written in: the form itself brings the rest
  }

  form.addEventListener(
    "submit",
    async (event) => {
      if (leaving || stopped) {
        leaving = true;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      if (pressing) return;
      const button = event.submitter;
      pressing = true;
      const settled = await isSettled();
      pressing = false;
      if (!settled) return line.pressed(trouble);
      if (button?.hasAttribute("data-by-enter")) return;
      leaving = true;
      clearTimeout(timer);
      // not before this event is over: a form that is still asking whether it may be sent cannot be sent
      setTimeout(() => form.requestSubmit(button));
    },
    { capture: true },
  );

  form.addEventListener("input", () => {
    if (trouble) line.trouble(trouble);
    else soon();
  });
  form.addEventListener("htmx:afterSettle", soon);
  // the gates do not ask without a line, and nobody is led away to sign in from the middle of a sentence
  form.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.matches(".standing-frame") && (!navigator.onLine || leaving)) event.preventDefault();
  });
  form.addEventListener("htmx:beforeOnLoad", (event) => {
    if (!event.detail.xhr.getResponseHeader("HX-Redirect")) return;
    event.preventDefault();
    if (!running && isDirty()) send();
  });
  window.addEventListener("offline", () => {
    if (isDirty() && !stopped && !leaving) later("offline");
  });
  const again = () => {
    if (trouble && !stopped && !leaving && form.isConnected) send();
  };
  window.addEventListener("online", again);
  window.addEventListener("focus", again);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") again();
    else if (!stopped && !leaving && form.isConnected && isDirty()) send({ keepalive: true });
  });
  // back from the next page by the browser's button: the form may be sent again
  window.addEventListener("pageshow", () => (leaving = false));
  soon();
}

const isJson = (response) => response.headers?.get("Content-Type")?.includes("json") ?? false;
