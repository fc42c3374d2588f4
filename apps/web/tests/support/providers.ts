import { findFreePort, type OidcServer, startOidcServer } from '@latchkey/testkit'
import type { Page } from 'playwright-core'
import { type PortalServer, startPortalServer } from './portal-server.ts'

/** What people of the real provider are called there. `hint` of {@link chooseAccount} is one of the keys. */
export type ProviderPeople = Parameters<typeof startOidcServer>[0]['people']

const CLIENT = { CLIENT_ID: 'web', CLIENT_SECRET: 'a-secret-of-nobody' }
const APPLE = { CLIENT_ID: 'com.example.web', TEAM_ID: 'TEAM000001', KEY_ID: 'KEY0000001' }

/** The settings of a provider as variables. */
function describeProvider(id: string, values: Record<string, string>): Record<string, string> {
  const name = (value: string) => `PROVIDER_${id.toUpperCase()}_${value}`
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [name(key), value]))
}

/** The settings of all presets but Apple, whose setting is a key, and of an issuer without a mark. Nobody signs in there. */
export const MANY_PROVIDERS: Record<string, string> = {
  PROVIDERS: 'google,microsoft,github,gitlab,facebook,linkedin,discord,acme',
  ...Object.assign(
    {},
    ...['google', 'microsoft', 'github', 'gitlab', 'facebook', 'linkedin', 'discord'].map((id) =>
      describeProvider(id, CLIENT),
    ),
  ),
  ...describeProvider('acme', { ...CLIENT, ISSUER: 'http://127.0.0.1:1', NAME: 'Acme' }),
}

/** A server with the portal, and a real provider beside it: `acme`. Another one, `down`, cannot be reached. */
export interface ProviderPortal {
  server: PortalServer
  oidc: OidcServer
  close(): Promise<void>
}

/**
 * Starts a server with the portal and a provider whose word about addresses counts.
 *
 * @param publicUrl - makes the URL that browsers use from the port; that of the port unless given
 */
export async function startProviderPortal(
  databaseUrl: string,
  people: ProviderPeople,
  env: Record<string, string> = {},
): Promise<ProviderPortal> {
  const port = String(await findFreePort())
  const publicUrl = env.PUBLIC_URL ?? `http://localhost:${port}`
  const oidc = await startOidcServer({ redirectUris: [`${publicUrl}/social/acme/callback/`], people })
  const { issuer: ISSUER, clientId: CLIENT_ID, clientSecret: CLIENT_SECRET } = oidc
  const server = await startPortalServer(databaseUrl, {
    PORT: port,
    PROVIDERS: 'acme,down',
    ...describeProvider('acme', { ISSUER, CLIENT_ID, CLIENT_SECRET, NAME: 'Acme', EMAIL_DOMAINS: '*' }),
    ...describeProvider('down', { ...CLIENT, ISSUER: 'http://127.0.0.1:1', NAME: 'Down' }),
    ...env,
  })
  const close = async () => {
    await server.close()
    await oidc.close()
  }
  return { server, oidc, close }
}

/** The settings of Apple, of which nobody can make use either. */
export function describeApple(privateKey: string): Record<string, string> {
  return describeProvider('apple', { ...APPLE, PRIVATE_KEY: privateKey })
}

/** Makes the provider sign a person in, by the hint that an app may pass on. */
export async function chooseAccount(page: Page, hint: string): Promise<void> {
  await page.unroute('**/start/?**')
  await page.route('**/start/?**', (route) =>
    route.continue({ url: `${route.request().url()}&login_hint=${hint}` }),
  )
}

/** Makes the server lead back with an error in place of the way to the provider. */
export async function leadBackWith(page: Page, error: string): Promise<void> {
  await page.unroute('**/start/?**')
  await page.route('**/start/?**', (route) => {
    const back = new URL(new URL(route.request().url()).searchParams.get('return_to') ?? '')
    back.searchParams.set('error', error)
    return route.fulfill({ status: 302, headers: { location: back.href } })
  })
}
