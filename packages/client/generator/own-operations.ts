import type { OperationName } from '@latchkey/contract'

/**
 * The operations that the client writes by hand, and what each of them does beside sending its request.
 *
 * An operation that gives or removes tokens, or that a mailed link leads to, must be listed here.
 */
export const OWN_OPERATIONS: Partial<Record<OperationName, string>> = {
  login: 'keeps the tokens',
  refreshSession: 'the client refreshes by itself: `client.session`',
  logout: 'forgets the tokens before the request',
  logoutAll: 'forgets the tokens',
  register: 'keeps the tokens, if the answer has tokens',
  verifyEmail: 'of the entry `links`: follows a redirect, or presses the button of a page',
  changePassword: 'replaces the tokens',
  setNewPassword: 'sends the cookie of the reset link, and keeps the tokens',
  confirmEmailChange: 'of the entry `links`: follows a redirect, or presses the button of a page',
  deleteOwnUser: 'forgets the tokens',
  revokeSession: 'forgets the tokens, if it ends the current session',
}
