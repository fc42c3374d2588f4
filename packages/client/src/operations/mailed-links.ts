import * as routes from '../generated/routes.ts'
import { codeOf } from '../http/error.ts'
import type { OperationContext } from './call-as-user.ts'

/** Creates the operations that follow a mailed link. */
export function createMailedLinkOperations({ send, session }: Pick<OperationContext, 'send' | 'session'>) {
  /** Follows a mailed link. When the server answers with a page that has a button, presses the button. */
  async function follow(route: routes.Route, fields: { key: string }): Promise<void> {
    const answer = await send({ route, fields, toPage: true })
    if (answer === 'page') await press(route.replace('GET', 'POST') as routes.Route, fields)
    // The claims of the tokens say whether the address is verified. A server can set no cookie after its answer.
    await session.refresh().catch(() => {})
  }

  async function press(route: routes.Route, fields: object): Promise<void> {
    try {
      await send({ route, fields, toPage: true })
    } catch (error) {
      // React Native follows every redirect by itself. So the page was the target of the link, and has no button.
      if (codeOf(error) !== 'method_not_allowed') throw error
    }
  }

  return {
    registration: { verify: (input: { key: string }) => follow(routes.verifyEmail, input) },
    email: { confirmChange: (input: { key: string }) => follow(routes.confirmEmailChange, input) },
  }
}
