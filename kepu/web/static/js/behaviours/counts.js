// <textarea data-counts="500">: says how many characters stand in it, blanks left out, as notices count them (字).
// The number after it is the most there may be; the server judges.

export default function counts(area) {
  const most = Number(area.dataset.counts);
  const shown = document.createElement("p");
  shown.className = "counted";
  area.after(shown);
  const count = () => {
    const now = [...area.value.replace(/\s/gu, "")].length;
    shown.textContent = most ? `${now} / ${most}` : String(now);
    shown.toggleAttribute("data-over", most > 0 && now > most);
  };
  area.addEventListener("input", count);
  count();
}
