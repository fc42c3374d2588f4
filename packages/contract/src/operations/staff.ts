import { z } from 'zod'
import { staffUser } from '../answers.ts'
import { defineOperation } from '../define-operation.ts'
import { emailField, idField, optionalNameField, passwordField } from '../fields.ts'
import { redirectField } from '../landing-field.ts'
import { languageField } from '../language-field.ts'
import { SEARCH_MAX_CHARACTERS } from '../limits.ts'
import { nextCursorField, pageFields } from '../page-fields.ts'
import { roleField } from '../role-field.ts'
import { textField } from '../text-field.ts'
import { booleanField, timeField } from '../value-fields.ts'

/** The operations of staff on users. */
export const staffOperations = {
  /** Lists and searches users. */
  listUsers: defineOperation({
    procedure: 'staff.users.list',
    method: 'GET',
    path: '/staff/users/',
    operationId: 'staff_users_list',
    tag: 'Staff',
    summary: 'List and search accounts',
    description:
      'The newest first. With a filter, a page examines a bounded number of accounts, so it may be short or empty and still lead on by `next_cursor`.',
    access: 'staff',
    input: () => ({
      search: textField({
        blank: true,
        maxCharacters: SEARCH_MAX_CHARACTERS,
        normalize: (text) => text.trim(),
      })
        .optional()
        .meta({
          description:
            'Any part of an address or of a name, in any case. A whole address or `external_id` finds its account alone.',
        }),
      role: roleField().optional(),
      is_active: booleanField().optional(),
      email_verified: booleanField().optional(),
      created_after: timeField().optional().meta({ description: 'Made at this time or later.' }),
      created_before: timeField().optional().meta({ description: 'Made earlier.' }),
      last_seen_after: timeField().optional().meta({ description: 'Seen at this time or later.' }),
      last_seen_before: timeField().optional().meta({ description: 'Seen earlier, or signed in nowhere.' }),
      ...pageFields(),
    }),
    output: z
      .object({ users: z.array(staffUser), next_cursor: nextCursorField() })
      .meta({ id: 'StaffUserPage' }),
  }),

  /** Reads one user. */
  getUser: defineOperation({
    procedure: 'staff.users.get',
    method: 'GET',
    path: '/staff/users/{id}/',
    operationId: 'staff_users_get',
    tag: 'Staff',
    summary: 'Read an account',
    description: 'The details that staff see, of an inactive account too.',
    access: 'staff',
    input: () => ({ id: idField() }),
    output: staffUser,
    refusals: ['not_found'],
  }),

  /** Creates a user for another person. */
  createUser: defineOperation({
    procedure: 'staff.users.create',
    method: 'POST',
    path: '/staff/users/',
    operationId: 'staff_users_create',
    tag: 'Staff',
    summary: 'Make an account',
    description:
      'Without a password its owner is invited by a reset link. A role other than 0 takes a superuser.',
    access: 'staff',
    status: 201,
    input: (settings) => ({
      email: emailField(),
      password: passwordField().optional(),
      first_name: optionalNameField().meta({ example: 'Ada' }),
      last_name: optionalNameField().meta({ example: 'Lovelace' }),
      role: roleField().optional(),
      language: languageField(),
      redirect_to: redirectField(settings),
    }),
    output: staffUser,
  }),

  /** Deactivates a user and ends every session and link of the user. */
  deactivateUser: defineOperation({
    procedure: 'staff.users.deactivate',
    method: 'POST',
    path: '/staff/users/{id}/deactivate/',
    operationId: 'staff_users_deactivate',
    tag: 'Staff',
    summary: 'Deactivate an account',
    description: 'Ends every session and link of it at once.',
    access: 'staff',
    protects: true,
    input: () => ({ id: idField() }),
    refusals: ['not_found'],
  }),

  /** Reactivates a user, who can then sign in again. */
  reactivateUser: defineOperation({
    procedure: 'staff.users.reactivate',
    method: 'POST',
    path: '/staff/users/{id}/reactivate/',
    operationId: 'staff_users_reactivate',
    tag: 'Staff',
    summary: 'Reactivate an account',
    description: 'It may sign in again; no session comes back.',
    access: 'staff',
    input: () => ({ id: idField() }),
    refusals: ['not_found'],
  }),

  /** Changes the role of a user. */
  setUserRole: defineOperation({
    procedure: 'staff.users.setRole',
    method: 'POST',
    path: '/staff/users/{id}/role/',
    operationId: 'staff_users_set_role',
    tag: 'Staff',
    summary: 'Give an account another role',
    description: 'Superusers alone. Its sessions end, since their tokens speak of the old role.',
    access: 'superuser',
    protects: true,
    input: () => ({ id: idField(), role: roleField() }),
    refusals: ['not_found'],
  }),

  /** Mails a user a link for a new password. */
  sendUserReset: defineOperation({
    procedure: 'staff.users.sendReset',
    method: 'POST',
    path: '/staff/users/{id}/reset/',
    operationId: 'staff_users_send_reset',
    tag: 'Staff',
    summary: "Mail an account's owner a link for a new password",
    description: 'A deactivated account is refused.',
    access: 'staff',
    input: (settings) => ({ id: idField(), redirect_to: redirectField(settings) }),
    sentence: 'Password reset e-mail has been sent.',
    refusals: ['not_found'],
  }),

  /** Removes the second factors of a user, and mails a link for a new password. */
  resetUserFactors: defineOperation({
    procedure: 'staff.users.resetFactors',
    method: 'POST',
    path: '/staff/users/{id}/reset-factors/',
    operationId: 'staff_users_reset_factors',
    tag: 'Staff',
    summary: "Remove an account's second factors",
    description:
      'Its app, passkeys, recovery codes, sessions and links are gone. Its password works no longer, and its owner is mailed a link for a new one. A server that sends no mail keeps the password, and lets superusers alone do it.',
    access: 'staff',
    recent: 'always',
    protects: true,
    input: () => ({ id: idField() }),
    refusals: ['not_found'],
  }),

  /** Deletes a user. */
  deleteUser: defineOperation({
    procedure: 'staff.users.delete',
    method: 'DELETE',
    path: '/staff/users/{id}/',
    operationId: 'staff_users_delete',
    tag: 'Staff',
    summary: 'Delete an account',
    description: 'Erases what tells of its owner; the skeleton of its audit trail stays.',
    access: 'staff',
    protects: true,
    input: () => ({ id: idField() }),
    refusals: ['not_found'],
  }),
}
