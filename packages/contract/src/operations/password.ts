import { defineOperation } from '../define-operation.ts'
import { checkedPasswordField, fieldIf, knownEmailField, passwordField, tokenField } from '../fields.ts'
import { redirectField } from '../landing-field.ts'

/** Operations on passwords. */
export const passwordOperations = {
  /** Replaces the caller's password. When the old password is not required, its field is ignored. */
  changePassword: defineOperation({
    procedure: 'password.change',
    method: 'POST',
    path: '/password/change/',
    operationId: 'rest_password_change',
    tag: 'Password',
    summary: 'Change the password',
    description: "Every session ends; the caller's goes on under the tokens in the answer.",
    access: 'authenticated',
    recent: 'with a second factor',
    protects: true,
    refreshCookie: 'may set',
    input: ({ oldPasswordRequired }) => ({
      ...fieldIf(oldPasswordRequired, 'old_password', checkedPasswordField()),
      new_password1: passwordField(),
      new_password2: passwordField(),
    }),
    sentence: 'New password has been saved.',
    refusals: ['no_usable_password'],
  }),

  /** Mails a link for a new password, if a user has the address. */
  requestPasswordReset: defineOperation({
    procedure: 'password.requestReset',
    method: 'POST',
    path: '/password/reset/',
    operationId: 'rest_password_reset',
    tag: 'Password',
    summary: 'Ask for a password reset',
    description: 'The answer is the same whether or not an account holds the address.',
    access: 'anonymous',
    input: (settings) => ({ email: knownEmailField(), redirect_to: redirectField(settings) }),
    sentence: 'Password reset e-mail has been sent.',
  }),

  /** Sets a new password. The caller sends the cookie of an opened reset link, or the secret of the link. */
  setNewPassword: defineOperation({
    procedure: 'password.setNew',
    method: 'POST',
    path: '/password/reset/set-new/',
    operationId: 'rest_password_reset_set_new',
    tag: 'Password',
    summary: 'Set a new password by a reset link',
    description:
      'Proven by the cookie of the opened link, or by the `token` of the link itself. Every other session and link ends. Where a second factor is due, the answer names the next step and has no tokens. To the post of a browser form the answer is a redirect, or the form with its errors.',
    access: 'cookie',
    protects: true,
    refreshCookie: 'sets',
    asksFactor: true,
    page: 'form',
    input: () => ({
      new_password1: passwordField(),
      new_password2: passwordField(),
      token: tokenField().optional().meta({
        description:
          'What stood in place of `{token}` in `PASSWORD_RESET_REDIRECT`, or the last part of the mailed link.',
      }),
      link: tokenField().optional().meta({
        description:
          'The mark of the link that a form was made for. The built-in form sends it, and is refused when another link was opened since.',
      }),
    }),
    sentence: 'Password reset.',
    refusals: ['not_authenticated', 'token_not_valid', 'other_link'],
  }),
}
