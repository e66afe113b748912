// Starts the provider on a port of this machine: node provider.mjs PORT REDIRECT_URI. Says "ready" when it answers.
// Its sign-in page takes any name without a password; the person's mail address is NAME@example.cn, verified unless the
// name begins with "unverified".

import Provider from "oidc-provider";

const [port, redirectUri] = process.argv.slice(2);

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: "kepu", client_secret: "not-a-secret-of-anybody", redirect_uris: [redirectUri] }],
  claims: { openid: ["sub"], profile: ["name", "preferred_username"], email: ["email", "email_verified"] },
  cookies: { keys: ["only-for-tests"] },
  pkce: { required: () => true },
  findAccount: (_ctx, id) => ({
    accountId: id,
    claims: () => ({
      sub: id,
      name: id,
      preferred_username: id,
      email: `${id}@example.cn`,
      email_verified: !id.startsWith("unverified"),
    }),
  }),
});

provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
