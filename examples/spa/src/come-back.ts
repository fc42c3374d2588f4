import { describeError } from '@latchkey/client/messages'
import { social } from './client'

/** Ends what a button of a provider began, and says what is missing. A session is noticed by the app itself. */
export async function comeBack(): Promise<string> {
  try {
    const end = await social.complete()
    if (end === null || end.error === 'access_denied') return ''
    if (end.error) return 'That did not work. Try again, or choose another way.'
    const isDone = end.purpose !== 'sign_in' || end.result.status === 'signed_in'
    return isDone ? '' : 'This account needs a second factor.'
  } catch (error) {
    return describeError(error).message
  }
}
