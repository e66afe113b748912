// <details data-picks="none">: the line that folds a list to tick says what is ticked in it. Without scripts it says what was.

export default function picks(list) {
  const between = document.documentElement.lang.startsWith("en") ? ", " : "、";
  const said = list.querySelector("[data-picks-said]");
  list.addEventListener("change", () => {
    const ticked = [...list.querySelectorAll("input:checked")].map((box) => box.closest("label").textContent.trim());
    said.textContent = ticked.join(between) || list.dataset.picks;
  });
}
