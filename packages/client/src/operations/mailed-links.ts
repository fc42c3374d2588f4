import * as routes from '../generated/routes.ts'
import { LatchkeyError } from '../http/error.ts'
import type { Send } from '../http/send.ts'

/** Creates the operations that follow a mailed link. */
export function createMailedLinkOperations(send: Send) {
  /** Follows a mailed link. When the server answers with a page that has a button, presses the button. */
  async function follow(route: routes.Route, fields: { key: string }): Promise<void> {
    const answer = await send({ route, fields, toPage: true })
    if (answer !== 'page') return
    try {
      await send({ route: route.replace('GET', 'POST') as routes.Route, fields, toPage: true })
    } catch (error) {
      // React Native follows every redirect by itself. So the page was the target of the link, and has no button.
      if (!(error instanceof LatchkeyError) || error.code !== 'method_not_allowed') throw error
    }
  }

  return {
    registration: { verify: (input: { key: string }) => follow(routes.verifyEmail, input) },
    email: { confirmChange: (input: { key: string }) => follow(routes.confirmEmailChange, input) },
  }
}
