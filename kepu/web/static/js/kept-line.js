// The line that says whether what is written is kept: for autosaves.js. Its words stand in the page, at [data-kept-said]. Who listens
// is told when something changes, not at every save.

export function keptLine(form) {
  const shown = form.querySelector("[data-kept-said]");
  const [words, signIn, compare, left, told] = ["line", "sign-in", "compare", "left", "told"].map((name) =>
    form.querySelector(`[data-kept-${name}]`),
  );
  let before = "saved";

  function say(what, sentence, { tone = "warning" } = {}) {
    shown.hidden = false;
    shown.dataset.tone = tone;
    words.textContent = sentence;
    signIn.hidden = what !== "signedOut";
    compare.hidden = what !== "overtaken";
    left.hidden = true;
    left.replaceChildren();
    if (what !== before) told.textContent = sentence;
    before = what;
  }

  function ofTrouble(why) {
    if (why !== "offline") return shown.dataset[why];
    if (form.hasAttribute("data-cannot-keep")) return shown.dataset.offlineUnkept;
    const isPrivate = [...form.querySelectorAll("[data-private]")].some((field) => field.value !== field.defaultValue);
    return shown.dataset.offline + (isPrivate ? shown.dataset.private : "");
  }

  return {
    signIn,
    saved(sentence, leftOut) {
      say(leftOut.length ? "partly" : "saved", sentence, { tone: leftOut.length ? "warning" : "plain" });
      left.hidden = !leftOut.length;
      left.append(...leftOut.map(itemOf));
    },
    trouble: (why) => say(why, ofTrouble(why)),
    pressed: (why) => say(why, { offline: shown.dataset.pressed, busy: shown.dataset.pressedBusy }[why] ?? ofTrouble(why)),
    stopped: (sentence, { compare: both }) => say(both ? "overtaken" : "closed", sentence ?? shown.dataset.closed),
  };
}

function itemOf({ to, label, sentence }) {
  const item = document.createElement("li");
  const link = document.createElement(to ? "a" : "span");
  if (to) link.href = `#${to}`;
  link.textContent = label || sentence;
  item.append(link, label ? ` ${sentence}` : "");
  return item;
}
