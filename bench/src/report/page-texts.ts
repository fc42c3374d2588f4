import { MIX } from '../callers/tasks.ts'

/** What is compared, for a reader who wants to know whether it is fair. */
export const METHOD = `## What is compared

| contender | what it is |
| --- | --- |
| Latchkey | the built server in production, by its REST paths |
| Latchkey, tRPC | the same process, by its procedures |
| hand-written route | a Hono route with \`jose\`, \`postgres\` and \`@node-rs/argon2\`: the statements of Latchkey and its tokens, without throttles, log, field rules, grace, keys, proofs and headers. Its sign-in stores no known network and counts no other sessions |
| better-auth | its defaults: scrypt, a session row and a cookie. Its native joins are on |
| better-auth, Argon2id and JWT | the hash of Latchkey, and its plugin \`jwt\` with ES256: a refresh gives a signed token too |
| better-auth, cookie cache | a read trusts a signed cookie for five minutes, so it does not see a revoked session |
| bare hash | a loop of Argon2id in a process without a server |

- Every server is a Node process in production, with ten connections to the same PostgreSQL and the same threads for hashes.
  Limits of calls are off everywhere. No process is bound to a core.
- The callers are the same program: one keep-alive connection each, one call at a time, and a check of every answer.
- The grace of refreshes is off, because these callers refresh without a pause.
- These callers send neither keys nor proofs with a refresh. \`npm run bench -- refreshes\` compares the kinds of refresh of
  one server. [Capacity](operations/capacity.md#work) has its figures.
- A refresh of Latchkey and of the route replaces the refresh token and signs two tokens. The refresh of better-auth is the
  \`POST\` that moves the end of the session.
- A user read checks in the database that the session stands, except with the cookie cache.
- Mixed is ${MIX.user} user reads, ${MIX.refresh} refreshes, ${MIX.login} sign-ins and ${MIX.registration} registration in a hundred calls.
- A burn is a process that hashes on every core, while the server answers refreshes only.
- Accounts are filled with a session and an event each. 200 of them, spread over all, call.

SuperTokens and Logto are not here. The npm packages of SuperTokens are clients of a core that npm does not have. The one
of Logto downloads the server from elsewhere.`

/** The end of the page. */
export const NEXT = `## Next

[What to watch](guides/monitoring.md#capacity) says what to do with a server that is full. [Decision
129](decisions/129-figures-from-one-run.md) says why the figures are made this way.`
