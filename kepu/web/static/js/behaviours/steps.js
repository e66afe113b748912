// <form data-steps>: on a narrow screen one part of the form at a time, each with an address of its own (#part-…), so that the phone's
// back button goes a step back. A link to any question opens the part it stands in. On a wide screen, and without scripts, it is one page.

const narrow = window.matchMedia("(max-width: 47.99rem)");

export default function steps(form) {
  const parts = [...form.querySelectorAll(".questions, #part-check")];
  const list = form.querySelector("[data-steps-list]");
  const ways = form.querySelector("[data-steps-ways]");
  const links = [...list.querySelectorAll("a[data-said]")];
  const said = list.querySelector("[data-step-said]");
  const first = form.querySelector(".form-errors, #theirs") ? parts.at(-1) : parts[0];
  let current = null;

  const aimed = () => document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const partOf = (element) => element && parts.find((part) => part.contains(element));

  function show(part) {
    current = part;
    const inSteps = narrow.matches;
    form.toggleAttribute("data-in-steps", inSteps);
    for (const one of parts) one.hidden = inSteps && one !== part;
    for (const note of form.querySelectorAll(":scope > .filing-errors")) note.hidden = inSteps && part !== first;
    ways.hidden = !inSteps;
    list.open = !inSteps;
    for (const link of links) {
      const here = inSteps && link.hash === `#${part.id}`;
      if (here) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
      if (here) said.textContent = link.dataset.said;
    }
    ways.querySelector("[data-step-back]").hidden = part === parts[0];
    ways.querySelector("[data-step-on]").hidden = part === parts.at(-1);
  }

  function goTo(element) {
    const part = partOf(element) ?? first;
    show(part);
    if (!narrow.matches) return;
    if (element && element !== part && element.id !== `${part.id}-title`) {
      for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
      const field = element.matches("input, select, textarea, button, a") ? element : element.querySelector("input, select, textarea");
      element.scrollIntoView({ block: "center" });
      field?.focus({ preventScroll: true });
      return;
    }
    const title = part.querySelector("h2");
    title.tabIndex = -1;
    title.setAttribute("aria-describedby", said.id);
    list.scrollIntoView({ block: "start" });
    title.focus({ preventScroll: true });
  }

  function step(by) {
    const to = parts[parts.indexOf(current) + by];
    if (to) location.hash = to.id;
  }

  ways.querySelector("[data-step-back]").addEventListener("click", () => step(-1));
  ways.querySelector("[data-step-on]").addEventListener("click", () => step(1));
  window.addEventListener("hashchange", () => {
    if (!location.hash || partOf(aimed())) goTo(aimed());
  });
  // the address does not change when somebody asks for the same question again
  form.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link && link.hash === location.hash && partOf(aimed())) {
      event.preventDefault();
      goTo(aimed());
    }
  });
  // what is saved leads back to the step where it was pressed
  form.addEventListener("submit", () => {
    if (narrow.matches) form.action = form.action.split("#")[0] + location.hash;
  });
  narrow.addEventListener("change", () => show(current));

  if (narrow.matches && partOf(aimed()) && aimed() !== parts[0]) goTo(aimed());
  else show(narrow.matches ? (partOf(aimed()) ?? first) : parts[0]);
}
