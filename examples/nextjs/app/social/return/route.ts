import { isLatchkeyError } from '@latchkey/client'
import { redirect } from 'next/navigation'
import { openSocial, takeAttempt } from '../../../lib/social'

/** Where the browser comes back to. A link of somebody else finds no attempt here, and signs nobody in. */
export async function GET(request: Request): Promise<never> {
  const name = new URL(request.url).searchParams.get('attempt') ?? ''
  const attempt = await takeAttempt(name)
  if (attempt === null) redirect('/account')
  const end = await (await openSocial()).finish(attempt, request.url).catch((error: unknown) => {
    if (!isLatchkeyError(error)) throw error
    return { error: error.code, purpose: attempt.purpose }
  })
  if (end.error === 'access_denied') redirect('/sign-in')
  if (end.error !== undefined || end.purpose !== 'sign_in') redirect('/sign-in?problem=provider')
  redirect(end.result.status === 'signed_in' ? '/account' : '/sign-in?problem=second_factor')
}
