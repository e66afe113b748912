// <div data-nearby="/map/?place=…" hidden>: a button that asks this device where it is (WGS-84), when its owner presses it, and
// goes to the same page ordered from there. A thousandth of a degree is kept, about a hundred metres. The sentences are
// data-nearby-wait and -fault; without scripts, or where there is no way to know, it stays hidden.

export default function nearby(box) {
  if (!navigator.geolocation || !window.isSecureContext) return;
  const said = box.querySelector("[role=status]");
  const button = box.querySelector("button");
  box.hidden = false;

  const go = ({ coords }) => {
    const to = new URL(box.dataset.nearby, location.href);
    to.searchParams.set("at", `${coords.latitude.toFixed(3)},${coords.longitude.toFixed(3)}`);
    location.assign(to);
  };
  const fail = () => {
    said.textContent = box.dataset.nearbyFault;
    button.disabled = false;
  };
  button.addEventListener("click", () => {
    said.textContent = box.dataset.nearbyWait;
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(go, fail, { timeout: 20000, maximumAge: 300000 });
  });
}
