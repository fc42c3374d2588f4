import { isLatchkeyError, type LatchkeyErrorCode } from '@latchkey/client'

/** The sentences of the portal. They replace sentences of the contract that are written for programs. */
const SENTENCES: Partial<Record<LatchkeyErrorCode, string>> = {
  incorrect_credentials: 'The e-mail address or the password is not right.',
  email_not_verified: 'Your e-mail address is not confirmed yet. Open the link we have mailed you.',
  no_active_account: 'This account has been deactivated.',
  not_authenticated: 'You are signed out. Sign in and try again.',
  token_not_valid: 'Your session has ended. Sign in and try again.',
  session_expired: 'Your session has ended. Sign in and try again.',
  network_error: 'The server could not be reached. Nothing is lost: try again in a moment.',
  timeout: 'The server did not answer in time. Nothing is lost: try again in a moment.',
  unavailable: 'The server is busy just now. Nothing is lost: try again in a moment.',
  unexpected_answer: 'Something other than the server answered. Check your connection and try again.',
  storage_unavailable: 'This browser cannot keep your session just now. Close other pages and try again.',
  error: 'Something went wrong on our side. Try again in a moment.',
  csrf_failed: 'This page was opened under an address the server does not know. Use its own address.',
}

/** Describes a failure to the user, in one sentence. */
export function describeFailure(error: unknown): string {
  if (!isLatchkeyError(error)) return 'Something went wrong in this page. Load it again.'
  if (error.code === 'throttled') return describeThrottle(error.retryAfterSeconds)
  return SENTENCES[error.code] ?? error.message
}

function describeThrottle(seconds: number | undefined): string {
  if (seconds === undefined) return 'Too many attempts. Wait a little and try again.'
  const unit = seconds < 90 ? 'second' : 'minute'
  const count = seconds < 90 ? Math.max(1, seconds) : Math.ceil(seconds / 60)
  return `Too many attempts. Try again in ${count} ${count === 1 ? unit : `${unit}s`}.`
}
