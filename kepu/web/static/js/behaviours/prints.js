// <button data-prints>: opens the browser's print dialogue. Without scripts there is the PDF.

export default function prints(button) {
  button.addEventListener("click", () => window.print());
}
