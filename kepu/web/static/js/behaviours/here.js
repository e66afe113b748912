// <div data-here="id_position" hidden>: a button that fills in where this device is (WGS-84), when its owner allows it. The sentences
// are data-here-wait, -done ({n} stands for metres) and -fault; without scripts, or where there is no way to know, it stays hidden.

export default function here(box) {
  if (!navigator.geolocation || !window.isSecureContext) return;
  const part = (name) => document.getElementById(`${box.dataset.here}_${name}`);
  const said = box.querySelector("[role=status]");
  const button = box.querySelector("button");
  box.hidden = false;

  const fill = ({ coords }) => {
    part("paste").value = "";
    part("latitude").value = coords.latitude.toFixed(6);
    part("longitude").value = coords.longitude.toFixed(6);
    part("system").value = "wgs84";
    said.textContent = box.dataset.hereDone.replace("{n}", Math.ceil(coords.accuracy));
    button.disabled = false;
    part("latitude").dispatchEvent(new Event("input", { bubbles: true }));
  };
  const fail = () => {
    said.textContent = box.dataset.hereFault;
    button.disabled = false;
  };
  button.addEventListener("click", () => {
    said.textContent = box.dataset.hereWait;
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(fill, fail, { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 });
  });
}
