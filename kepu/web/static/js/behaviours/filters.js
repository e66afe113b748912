// <div data-filters="words for the line">: a line above a long list of boxes to tick, which hides those that it does not name.
// What is ticked always stays.

export default function filters(list) {
  const line = document.createElement("input");
  line.type = "search";
  line.className = "input";
  line.placeholder = line.ariaLabel = list.dataset.filters;
  const frame = document.createElement("div");
  frame.className = "filter-line";
  frame.append(line);
  list.prepend(frame);
  line.addEventListener("input", (event) => {
    event.stopPropagation();
    const wanted = line.value.trim().toLowerCase();
    for (const box of list.querySelectorAll("label")) {
      const named = box.textContent.toLowerCase().includes(wanted);
      box.hidden = !named && !box.querySelector("input").checked;
    }
  });
  line.addEventListener("change", (event) => event.stopPropagation());
  line.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}
