// <a href="…" data-opens="id-of-a-dialog">: opens the <dialog> on this page; without scripts the link leads to the
// page with the same form. Can go when command="show-modal" is known everywhere we serve.

export default function opens(link) {
  const dialog = document.getElementById(link.dataset.opens);
  if (!dialog?.showModal) return;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.showModal();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("[data-dismiss]")) dialog.close();
  });
}
