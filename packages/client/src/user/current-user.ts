import type { LatchkeyClient } from '../client.ts'
import { type ClientParts, PARTS } from '../operations/parts.ts'
import { followUser } from './follow-user.ts'
import { type CurrentUser, createUserStore } from './user-store.ts'

const stores = new WeakMap<LatchkeyClient, CurrentUser>()

/**
 * Returns the details of the signed-in user of a client, which all parts of a program share. The hooks of React and Vue
 * and the stores of Svelte read them too.
 */
export function currentUser(client: LatchkeyClient): CurrentUser {
  const known = stores.get(client)
  if (known) return known
  const { session, user } = client
  const store = createUserStore({ session, load: () => user.get() })
  stores.set(client, store)
  const parts = (client as { [PARTS]?: ClientParts })[PARTS]
  if (parts) followUser(client, parts, store)
  return store
}

/**
 * Reads the session, and watches the page from now on. The bindings of frameworks begin so in a browser.
 *
 * A failure is in the state of what is read later.
 */
export function begin(client: LatchkeyClient): void {
  currentUser(client)
  client.session.ready().catch(() => {})
}
