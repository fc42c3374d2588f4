import type { LatchkeyClient } from '../client.ts'
import * as routes from '../generated/routes.ts'
import { codeOf } from '../http/error.ts'
import { partsOf } from '../operations/parts.ts'

/**
 * Follows a verification link, for an application with its own page for the link.
 *
 * @throws {LatchkeyError} `not_found` - the link was used, has expired or never existed
 */
export function verifyEmail(client: LatchkeyClient, input: { key: string }): Promise<void> {
  return follow(client, routes.verifyEmail, input)
}

/**
 * Follows the link of a change of address, for an application with its own page for the link.
 *
 * @throws {LatchkeyError} `not_found` - the link was used, has expired or never existed
 */
export function confirmEmailChange(client: LatchkeyClient, input: { key: string }): Promise<void> {
  return follow(client, routes.confirmEmailChange, input)
}

/** Follows a mailed link. When the server answers with a page that has a button, presses the button. */
async function follow(client: LatchkeyClient, route: routes.Route, { key }: { key: string }): Promise<void> {
  const { send } = partsOf(client)
  const call = { route, fields: { key }, changesUser: true, init: { redirect: 'manual' }, peek } as const
  if ((await send(call)) === 'page')
    await send({ ...call, route: route.replace('GET', 'POST') as routes.Route }).catch(requireButton)
  // The claims of the tokens say whether the address is verified. A server can set no cookie after its answer.
  await client.session.refresh().catch(() => {})
}

/** React Native follows every redirect by itself. So the page was the target of the link, and has no button. */
function requireButton(error: unknown): void {
  if (codeOf(error) !== 'method_not_allowed') throw error
}

/** A browser hides the target of a redirect. The target is not needed. */
function peek({ type, status, body }: Response): 'redirect' | 'page' | undefined {
  if (type === 'opaqueredirect' || (status >= 300 && status < 400)) return 'redirect'
  if (status !== 200) return undefined
  body?.cancel().catch(() => {})
  return 'page'
}
