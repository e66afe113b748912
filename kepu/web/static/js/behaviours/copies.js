// <button data-copies="id-of-a-field" data-copied="已复制">: puts what stands in the field on the clipboard, and says so.
// Without a clipboard (an old browser, a page without TLS) it selects the field, from which everybody can copy.

export default function copies(button) {
  const field = document.getElementById(button.dataset.copies);
  const label = button.querySelector("[data-label]") ?? button;
  const before = label.textContent;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      return;
    }
    label.textContent = button.dataset.copied;
    setTimeout(() => { label.textContent = before; }, 3000);
  });
}
