// <details data-closes>: a small menu closes on Escape and on a click elsewhere.
// Can go when <details> menus are replaced by popover="auto" everywhere we serve.

export default function closes(details) {
  document.addEventListener("click", (event) => {
    if (!details.contains(event.target)) details.open = false;
  });
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    details.open = false;
    details.querySelector("summary").focus();
  });
}
