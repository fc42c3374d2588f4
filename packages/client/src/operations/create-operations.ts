import { createPlainOperations } from '../generated/create-plain-operations.ts'
import type { Send } from '../http/send.ts'
import type { Mode } from '../session/held-tokens.ts'
import { type CallOptions, createCallAsUser } from './call-as-user.ts'
import { createMailedLinkOperations } from './mailed-links.ts'
import type { Operations } from './operations.ts'
import { createSignInOperations } from './sign-in-operations.ts'
import { createSignOutOperations } from './sign-out-operations.ts'

interface OperationOptions extends CallOptions {
  mode: Mode
}

/** Creates the operations of a client over its session. */
export function createOperations(send: Send, options: OperationOptions): Operations {
  const callAsUser = createCallAsUser(options)
  const operations = createPlainOperations(
    (route, fields) => send({ route, fields }),
    (route, fields) => callAsUser((access) => send({ route, fields, access })),
  )
  const context = { send, callAsUser, session: options.session, withCookies: options.mode === 'cookie' }
  const signIn = createSignInOperations(context)
  const signOut = createSignOutOperations(context)
  const links = createMailedLinkOperations(context)
  return merge(merge(merge(operations, signIn), signOut), links)
}

/** Adds operations to those of the same groups. */
function merge<Some extends object, More extends object>(some: Some, more: More): Some & More {
  const groups: Record<string, unknown> = { ...(some as object) }
  for (const [name, added] of Object.entries(more))
    groups[name] = typeof added === 'object' ? { ...(groups[name] as object), ...added } : added
  return groups as Some & More
}
