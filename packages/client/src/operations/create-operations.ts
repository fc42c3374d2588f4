import { createPlainOperations } from '../generated/create-plain-operations.ts'
import type { OperationContext } from './call-as-user.ts'
import type { Operations } from './operations.ts'
import { createSignInOperations } from './sign-in-operations.ts'
import { createSignOutOperations } from './sign-out-operations.ts'

/** Creates the operations of a client over its session. */
export function createOperations(context: OperationContext): Operations {
  const { send, sendAsUser } = context
  const operations = createPlainOperations(
    (route, fields, traits) => send({ route, fields, ...traits }),
    (route, fields, traits) => sendAsUser({ route, fields, ...traits }),
  )
  return merge(operations, { ...createSignInOperations(context), ...createSignOutOperations(context) })
}

/** Adds operations to those of the same groups. */
function merge<Some extends object, More extends object>(some: Some, more: More): Some & More {
  const groups = { ...some, ...more } as Record<string, object>
  for (const [name, group] of Object.entries(some)) groups[name] = { ...group, ...groups[name] }
  return groups as Some & More
}
