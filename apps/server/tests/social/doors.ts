import { PLACES, type ProviderStandIn } from '@latchkey/testkit'
import { type Answer, call, callTrpc } from '../call.ts'
import type { TestServer } from '../test-server.ts'
import { APP, begin, openBrowser } from './redirect-browser.ts'

/** What a credential of a provider gets at a door. */
export interface Outcome {
  /** The code of the refusal; null: it was taken. */
  code: string | null
  /** The status; null where a redirect tells the refusal. */
  status: number | null
}

/** Everything that a door needs. `token` is that of a signed-in caller, for whom the account is connected. */
export interface Visit {
  server: TestServer
  standIn: ProviderStandIn
  /** Makes the ID token. */
  make: (nonce: string) => Promise<string>
  token: string
}

/** The nonce of an app that talks to the provider itself. */
const NONCE = 'the nonce of an app'

type Door = (visit: Visit) => Promise<Outcome>

const CALLBACK = 'https://app.example/callback'

/** From now on the provider exchanges every code for this ID token. */
function exchangeFor({ standIn }: Visit, idToken: string): void {
  const { answer } = standIn.override
  standIn.override.answer = (url, request) =>
    url.href === PLACES.acme.token
      ? Response.json({ access_token: 'an-access-token', token_type: 'Bearer', id_token: idToken })
      : answer(url, request)
}

const byToken = async ({ make }: Visit) => ({
  id_token: await make(NONCE),
  client_id: 'acme-web',
  nonce: NONCE,
})

async function byCode(visit: Visit) {
  exchangeFor(visit, await visit.make(NONCE))
  return { code: 'a-code', callback_url: CALLBACK, code_verifier: 'v'.repeat(43), nonce: NONCE }
}

function readOutcome({ status, body }: Answer): Outcome {
  return { status, code: (body as { code?: string }).code ?? null }
}

const rest =
  (path: string, write: (visit: Visit) => Promise<object>): Door =>
  async (visit) =>
    readOutcome(await call(visit.server.url + path, { json: await write(visit), token: visit.token }))

const trpc =
  (path: string, write: (visit: Visit) => Promise<object>): Door =>
  async (visit) => {
    const { server, token } = visit
    const input = { provider: 'acme', ...(await write(visit)) }
    const { status, body } = await callTrpc(server.url, { path, type: 'mutation' }, { input, token })
    const { error } = body as { error?: { data: { code: string } } }
    return { status, code: error?.data.code ?? null }
  }

/** The token comes from the provider itself, with the nonce of the attempt. */
const redirect: Door = async (visit) => {
  const browser = openBrowser(visit.server)
  const { provider } = await begin(browser)
  exchangeFor(visit, await visit.make(provider.searchParams.get('nonce') ?? ''))
  const query = new URLSearchParams({ code: 'a-code', state: provider.searchParams.get('state') ?? '' })
  const back = await browser.open(`/social/acme/callback/?${query}`)
  const location = new URL(back.headers.get('location') ?? '')
  if (!location.href.startsWith(APP)) throw new Error(`The browser was led to ${location}.`)
  return { status: null, code: location.searchParams.get('error') }
}

/** Every door through which an ID token of a provider comes in. */
export const DOORS: Record<string, Door> = {
  'POST /social/{provider}/token/': rest('/social/acme/token/', byToken),
  'POST /social/{provider}/code/': rest('/social/acme/code/', byCode),
  'POST /social/{provider}/connect/token/': rest('/social/acme/connect/token/', byToken),
  'POST /social/{provider}/connect/code/': rest('/social/acme/connect/code/', byCode),
  'the redirect': redirect,
  'social.signInWithToken': trpc('social.signInWithToken', byToken),
  'social.signInWithCode': trpc('social.signInWithCode', byCode),
  'social.connectWithToken': trpc('social.connectWithToken', byToken),
  'social.connectWithCode': trpc('social.connectWithCode', byCode),
}
