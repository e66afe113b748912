// <form data-confirm="Withdraw this activity?">: asks before an act that is hard to take back.
// What cannot be taken back at all asks on a page of its own, with or without scripts.

export default function confirm(form) {
  form.addEventListener(
    "submit",
    (event) => {
      if (window.confirm(form.dataset.confirm)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    { capture: true },
  );
}
