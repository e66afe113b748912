// <form data-sends-pictures="Sending; do not close this page.">: makes what a phone takes small enough before it is
// sent, and says how far it has come (data-looking: that it is being looked at; data-failed: that it
// did not arrive). Without scripts the form sends the files as they are.

const MOST_BYTES = 10 * 1024 * 1024; // what the server takes of one picture
const LONG_SIDE = 4000; // more than any page shows, and more than a notice asks of a picture

export default function sendsPictures(form) {
  const input = form.querySelector("input[type=file]");
  form.addEventListener("submit", async (event) => {
    if (event.defaultPrevented || form.hasAttribute("data-sending") || !input.files.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    form.setAttribute("data-sending", "");
    const shown = progressIn(form);
    const data = new FormData(form);
    data.delete(input.name);
    for (const file of input.files) data.append(input.name, await fitting(file), file.name);
    send(form, data, shown);
  });
}

function progressIn(form) {
  const shown = document.createElement("div");
  shown.className = "sending";
  shown.setAttribute("role", "status");
  const words = document.createElement("p");
  words.textContent = form.dataset.sendsPictures;
  const bar = document.createElement("progress");
  bar.max = 1;
  shown.append(words, bar);
  form.querySelector(".sending")?.remove();
  form.querySelector(".form-actions").append(shown);
  for (const button of form.querySelectorAll("button")) button.disabled = true;
  return { element: shown, words, bar };
}

function send(form, data, shown) {
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.responseType = "document";
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) shown.bar.value = event.loaded / event.total;
  });
  request.upload.addEventListener("load", () => {
    shown.bar.removeAttribute("value");
    shown.words.textContent = form.dataset.looking;
  });
  request.addEventListener("load", () => {
    const answer = request.response?.querySelector("main");
    // to sign in again, or a page that says what is wrong
    if (!answer || new URL(request.responseURL).pathname !== location.pathname) {
      return location.assign(request.responseURL);
    }
    const here = document.querySelector("main");
    here.replaceWith(document.adoptNode(answer));
    answer.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true }));
    answer.focus(); // the next key goes on from here, and what is said on top is read first
    answer.scrollIntoView();
  });
  request.addEventListener("error", () => {
    shown.element.replaceChildren(form.dataset.failed);
    form.removeAttribute("data-sending");
    for (const button of form.querySelectorAll("button")) button.disabled = false;
  });
  request.send(data);
}

// A picture that is too heavy or larger than anybody needs, drawn anew; any other as it is.
async function fitting(file) {
  if (!/^image\/(jpeg|png|webp)$/u.test(file.type)) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONG_SIDE / Math.max(picture.width, picture.height));
    if (scale === 1 && file.size <= MOST_BYTES) return file;
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const smaller = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.9));
    return smaller && smaller.size < file.size ? smaller : file;
  } catch {
    return file; // the server says what is wrong with it
  }
}
