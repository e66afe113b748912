// <ul data-arrow-keys>: the arrow keys walk through its buttons and links, Home and End go to the first and the last.

export default function arrowKeys(list) {
  list.addEventListener("keydown", (event) => {
    const stops = [...list.querySelectorAll("button, a[href]")];
    const here = stops.indexOf(document.activeElement);
    const to = {
      ArrowDown: here + 1,
      ArrowUp: here - 1,
      Home: 0,
      End: stops.length - 1,
    }[event.key];
    if (here < 0 || to === undefined) return;
    event.preventDefault();
    stops[Math.min(Math.max(to, 0), stops.length - 1)].focus();
  });
}
