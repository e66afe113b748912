// <button data-copies="address" data-copied="Copied">: puts the value of the field with that id on the clipboard and says
// so for a moment. Where the browser does not allow it, the field is selected, ready for the reader's own keys.

const SHOWN = 2000;

export default function copies(button) {
  const field = document.getElementById(button.dataset.copies);
  const words = button.textContent;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      button.textContent = button.dataset.copied;
      setTimeout(() => (button.textContent = words), SHOWN);
    } catch {
      field.focus();
      field.select();
    }
  });
}
