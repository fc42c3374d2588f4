import { z } from 'zod'
import { pendingEmailChange } from '../answers.ts'
import { defineOperation } from '../define-operation.ts'
import { emailField, ownPasswordField } from '../fields.ts'
import { redirectField } from '../landing-field.ts'
import { mailedLink } from '../mailed-link.ts'
import { keyField } from '../token-fields.ts'

/** Operations for changing the address. */
export const emailOperations = {
  /** Mails a link to a new address of the caller. */
  requestEmailChange: defineOperation({
    procedure: 'email.change',
    method: 'POST',
    path: '/email/change/',
    operationId: 'email_change',
    tag: 'User',
    summary: 'Ask for another address',
    description:
      'A link goes to the new address and a notice to the old; nothing changes until it is followed. It voids the link of an earlier request.',
    access: 'authenticated',
    recent: 'with a second factor',
    changesUser: false,
    input: (settings) => ({
      new_email: emailField(),
      password: ownPasswordField(),
      redirect_to: redirectField(settings),
    }),
    sentence: 'Verification e-mail sent.',
    refusals: ['no_usable_password'],
  }),

  /** Shows the change of address that waits for its link. */
  findEmailChange: defineOperation({
    procedure: 'email.pendingChange',
    method: 'GET',
    path: '/email/change/',
    operationId: 'email_change_pending',
    tag: 'User',
    summary: 'Read the pending change of address',
    description: '`pending` is null when no change waits for its link.',
    access: 'authenticated',
    output: z.object({ pending: pendingEmailChange.nullable() }),
  }),

  /** Cancels the change of address that waits for its link. */
  cancelEmailChange: defineOperation({
    procedure: 'email.cancelChange',
    method: 'DELETE',
    path: '/email/change/',
    operationId: 'email_change_cancel',
    tag: 'User',
    summary: 'Cancel the pending change of address',
    description: 'Its link becomes void. Without a pending change nothing happens.',
    access: 'authenticated',
    protects: true,
    changesUser: false,
  }),

  /** Changes the address of a user to the address that got the link. */
  confirmEmailChange: defineOperation({
    procedure: 'email.confirmChange',
    path: '/email/change/confirm/{key}/',
    operationId: 'email_change_confirm',
    tag: 'User',
    summary: 'Follow the link of a change of address',
    description: 'The address becomes the new one and other sessions end. HEAD changes nothing.',
    access: 'anonymous',
    ...mailedLink('email_change_confirm_button'),
    input: () => ({ key: keyField() }),
    sentence: 'E-mail address changed.',
  }),
}
