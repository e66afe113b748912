// <form data-saves-along>: a form that is also kept while one writes. A button that is pressed while that is under way waits for the
// answer, which brings the version that the next save needs; and what is pressed last is sent last.

export default function savesAlong(form) {
  let leaving = false;
  let waiting = null;
  form.addEventListener(
    "submit",
    (event) => {
      if (!form.querySelector(".htmx-request")) {
        leaving = true;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      waiting = { button: event.submitter };
    },
    { capture: true },
  );
  form.addEventListener("htmx:beforeRequest", (event) => {
    if (leaving) event.preventDefault();
  });
  form.addEventListener("htmx:afterRequest", () => {
    if (!waiting || form.querySelector(".htmx-request")) return;
    const { button } = waiting;
    waiting = null;
    form.requestSubmit(button?.isConnected ? button : null);
  });
  // back from the next page by the browser's button: the form may be sent again
  window.addEventListener("pageshow", () => (leaving = false));
}
