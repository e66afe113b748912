// <a href="…choose a place…" data-near-me="/activities/?near=" data-near-me-wait="…">: asks this device where it is and goes to what
// is near, the position rounded to about a hundred metres. Where it cannot or may not know, the link leads where its href says.

export default function nearMe(link) {
  if (!navigator.geolocation || !window.isSecureContext) return;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    link.querySelector("[role=status]").textContent = link.dataset.nearMeWait;
    const there = ({ coords }) => location.assign(`${link.dataset.nearMe}${coords.latitude.toFixed(3)},${coords.longitude.toFixed(3)}`);
    const otherwise = () => location.assign(link.href);
    navigator.geolocation.getCurrentPosition(there, otherwise, { timeout: 10000, maximumAge: 300000 });
  });
}
