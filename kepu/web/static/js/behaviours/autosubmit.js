// <form data-autosubmit>: filters apply as they are chosen; text waits until the typing pauses.
// Its submit button carries class "without-scripts".

export default function autosubmit(form) {
  let waiting;
  form.addEventListener("change", (event) => {
    if (event.target.matches("select, [type=checkbox], [type=radio], [type=date]")) form.requestSubmit();
  });
  form.addEventListener("input", (event) => {
    if (!event.target.matches("[type=search]") || event.isComposing || !form.hasAttribute("hx-get")) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => form.requestSubmit(), 400);
  });
}
