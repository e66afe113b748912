// Every form that writes: a second click while the first is under way does nothing. The server refuses it as well.
// <form data-gives-file> is answered with a file: the page stays, and the form may be sent again.

export default function sendOnce(form) {
  if (form.hasAttribute("data-gives-file")) return;
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented || form.hasAttribute("hx-boost") || form.hasAttribute("hx-post")) return;
    if (sent) event.preventDefault();
    sent = true;
  });
  // back from the next page by the browser's button: the form may be sent again
  window.addEventListener("pageshow", () => (sent = false));
}
