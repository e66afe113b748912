// <ul data-shows-current>: a strip of links that is longer than its window begins where the reader is.

export default function showsCurrent(strip) {
  const current = strip.querySelector("[aria-current]");
  if (!current || strip.scrollWidth <= strip.clientWidth) return;
  const middle = (strip.clientWidth - current.offsetWidth) / 2;
  strip.scrollLeft += current.getBoundingClientRect().left - strip.getBoundingClientRect().left - middle;
}
