import { z } from 'zod'
import { userDetails } from '../answers.ts'
import { defineOperation } from '../define-operation.ts'
import { optionalNameField, ownPasswordField } from '../fields.ts'
import { languageField } from '../language-field.ts'
import { DENIALS } from '../sentences.ts'

/** A user's own details. */
export const userOperations = {
  /** Reads the caller's details. */
  getOwnUser: defineOperation({
    procedure: 'user.get',
    method: 'GET',
    path: '/user/',
    operationId: 'rest_user_details',
    tag: 'User',
    summary: "Read one's own details",
    description: 'The address, the names and the language of the caller, as they are now.',
    access: 'authenticated',
    output: userDetails,
  }),

  /** Changes the caller's names and language. */
  updateOwnUser: defineOperation({
    procedure: 'user.update',
    method: 'PATCH',
    path: '/user/',
    operationId: 'rest_user_details_partial_update',
    tag: 'User',
    summary: "Change some of one's own details",
    description:
      'Names may be blank. What is left out stays. The address is never changed here, whatever is sent.',
    access: 'authenticated',
    also: [{ method: 'PUT', operationId: 'rest_user_details_update', summary: "Change one's own details" }],
    input: () => ({
      email: z.unknown().optional().meta({ type: 'string', description: 'Accepted and ignored.' }),
      first_name: optionalNameField().meta({ example: 'Ada' }),
      last_name: optionalNameField().meta({ example: 'Lovelace' }),
      language: languageField(),
    }),
    output: userDetails,
  }),

  /** Deletes the caller. */
  deleteOwnUser: defineOperation({
    procedure: 'user.delete',
    method: 'POST',
    path: '/user/delete/',
    operationId: 'user_delete',
    tag: 'User',
    summary: "Delete one's own account",
    description: 'The account and its sessions are gone at once. The last active superuser is refused.',
    access: 'authenticated',
    recent: 'with a second factor',
    protects: true,
    refreshCookie: 'removes',
    input: () => ({ password: ownPasswordField() }),
    refusals: ['no_usable_password', 'permission_denied'],
    details: { permission_denied: DENIALS.lastSuperuser },
  }),
}
