import { isLatchkeyError } from '@latchkey/client'
import { auth, here } from '../../../lib/auth'

/** The sessions of the user: `fetch('/api/sessions')` in a page. */
export const GET = () => answer(async () => auth.clientFor(await here()).sessions.list())

/** Signs out everywhere. The proxy has refused the pages of other origins. */
export const DELETE = () => answer(async () => auth.clientFor(await here()).logoutAll())

async function answer(work: () => Promise<unknown>): Promise<Response> {
  try {
    return Response.json((await work()) ?? null)
  } catch (error) {
    if (!isLatchkeyError(error)) throw error
    // A status below 400 means that the auth server gave no answer of its own.
    const status = error.status < 400 ? 503 : error.status
    return Response.json({ detail: error.message, code: error.code }, { status })
  }
}
