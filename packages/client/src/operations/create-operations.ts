import { createPlainOperations } from '../generated/create-plain-operations.ts'
import type { SendRoute } from '../generated/routes.ts'
import type { Send } from '../http/send.ts'
import type { OperationContext } from './call-as-user.ts'
import type { Operations } from './operations.ts'
import { createSignInOperations } from './sign-in-operations.ts'
import { createSignOutOperations } from './sign-out-operations.ts'

/** Creates the operations of a client over its session. */
export function createOperations(context: OperationContext): Operations {
  const own = { ...createSignInOperations(context), ...createSignOutOperations(context) }
  return createPlainOperations(byRoute(context.send), byRoute(context.sendAsUser), own)
}

/** Sends calls in the form of the generated operations. */
export function byRoute(send: Send): SendRoute {
  return (route, fields, traits) => send({ route, fields, ...traits })
}
