// <form data-passkey="get|create" data-options="id" | data-options-from="/url">: asks the device for a passkey and sends
// what it answers in the field named credential. Can go when every browser we meet has PublicKeyCredential.parse…FromJSON.

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const opened = (list) => list?.map((it) => ({ ...it, id: bytes(it.id) }));

function asked(key) {
  return {
    ...key,
    challenge: bytes(key.challenge),
    ...(key.user && { user: { ...key.user, id: bytes(key.user.id) } }),
    ...(key.allowCredentials && { allowCredentials: opened(key.allowCredentials) }),
    ...(key.excludeCredentials && { excludeCredentials: opened(key.excludeCredentials) }),
  };
}

function answered(credential) {
  const given = credential.response;
  const response = { clientDataJSON: text(given.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"])
    if (given[name]) response[name] = text(given[name]);
  if (given.getTransports) response.transports = given.getTransports();
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function options(form) {
  const { options, optionsFrom } = form.dataset;
  const given = options
    ? JSON.parse(document.getElementById(options).textContent)
    : await (await fetch(optionsFrom, { headers: { Accept: "application/json" } })).json();
  return given.creation_options ?? given.request_options;
}

// A key that signs in by itself must know its owner, and must be opened by them.
function alone(key, form) {
  const box = form.elements.passwordless;
  if (!box?.checked) return key;
  const chosen = { residentKey: "required", requireResidentKey: true, userVerification: "required" };
  return { ...key, authenticatorSelection: { ...key.authenticatorSelection, ...chosen } };
}

export default function passkey(form) {
  const refused = form.querySelector("[data-passkey-refused]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    refused.hidden = true;
    try {
      const publicKey = asked(alone((await options(form)).publicKey, form));
      const credential = await navigator.credentials[form.dataset.passkey]({ publicKey });
      form.elements.credential.value = JSON.stringify(answered(credential));
      form.submit();
    } catch {
      refused.hidden = false;
    }
  });
}
