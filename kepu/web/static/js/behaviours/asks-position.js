// <form data-asks-position>: fills its field "near" with where this device is (WGS-84, to some hundred metres), when its owner
// allows it, and only then goes. Where there is no way to know, it stays hidden.

export default function asksPosition(form) {
  if (!navigator.geolocation || !window.isSecureContext) {
    form.hidden = true;
    return;
  }
  const button = form.querySelector("button");
  form.addEventListener("submit", (event) => {
    if (form.elements.near.value) return;
    event.preventDefault();
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        form.elements.near.value = `${coords.latitude.toFixed(3)},${coords.longitude.toFixed(3)}`;
        form.submit();
      },
      () => {
        button.disabled = false;
        form.hidden = true;
      },
      { timeout: 20000, maximumAge: 300000 },
    );
  });
}
