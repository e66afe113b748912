// <a href="…choose a place…" data-near="/activities/" data-near-as="near" data-near-wait="…"> or <button data-near-fault="…">, with a
// <span role="status"> after it: asks this device where it is (WGS-84), when its owner presses it, and goes to that address with the
// position in it, a thousandth of a degree, about a hundred metres. Where it cannot or may not know, a link leads where its href says
// and a button says so; a button is shown (data-near-ready) only where there is a way to know, in the room kept for it.

export default function near(asker) {
  if (!navigator.geolocation || !window.isSecureContext) return;
  const said = asker.nextElementSibling;
  const { near: address, nearAs, nearWait, nearFault } = asker.dataset;
  asker.dataset.nearReady = "";

  const go = ({ coords }) => {
    const to = new URL(address, location.href);
    to.searchParams.set(nearAs, `${coords.latitude.toFixed(3)},${coords.longitude.toFixed(3)}`);
    location.assign(to);
  };
  const otherwise = () => {
    if (asker.href) {
      location.assign(asker.href);
      return;
    }
    said.textContent = nearFault;
    asker.disabled = false;
  };
  asker.addEventListener("click", (event) => {
    event.preventDefault();
    said.textContent = nearWait;
    asker.disabled = true;
    navigator.geolocation.getCurrentPosition(go, otherwise, { timeout: 20000, maximumAge: 300000 });
  });
}
