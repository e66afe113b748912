// <div data-shown-if='{"c.gate.fact": ["lead_days", "+"]}'>: hidden while none of the answers asks for it. What holds something
// stays, so that it can be seen and emptied; without scripts everything is there.

export default function shownIf(question) {
  const form = question.closest("form");
  if (!form) return;
  const wanted = Object.entries(JSON.parse(question.dataset.shownIf));
  const show = () => {
    if (!question.isConnected) return form.removeEventListener("change", show);
    const asked = wanted.some(([name, answers]) => answers.includes(answerOf(form, name)));
    question.hidden = !asked && !question.hasAttribute("data-error") && !holdsSomething(question);
  };
  form.addEventListener("change", show);
  show();
}

function answerOf(form, name) {
  const controls = [...form.elements].filter((control) => control.name === name);
  const chosen = controls.find((control) => control.type !== "radio" || control.checked);
  return chosen?.value ?? "";
}

function holdsSomething(question) {
  return [...question.querySelectorAll("input, select, textarea")].some((control) => {
    if (control.type === "checkbox" || control.type === "radio") return control.checked && control.value !== "";
    if (control.tagName === "SELECT") return control.selectedIndex > 0;
    return control.type !== "hidden" && control.value.trim() !== "";
  });
}
