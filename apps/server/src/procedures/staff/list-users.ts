import {
  booleanField,
  fields,
  listUsers as list,
  nextCursorField,
  pageFields,
  readPage,
  textField,
} from '@latchkey/core'
import { z } from 'zod'
import { staffProcedure } from '../../doors/trpc/procedures.ts'
import { account, describeAccount } from './account.ts'
import { roleField } from './role-field.ts'

const SEARCH_MAX_CHARACTERS = 254

export const listUsers = staffProcedure
  .meta({
    openapi: {
      method: 'GET',
      path: '/staff/users/',
      operationId: 'staff_users_list',
      tags: ['Staff'],
      summary: 'List and search accounts',
      description: 'The newest first.',
    },
  })
  .input(
    fields({
      search: textField({
        blank: true,
        maxCharacters: SEARCH_MAX_CHARACTERS,
        normalize: (text) => text.trim(),
      })
        .optional()
        .meta({ description: 'The beginning of an address or of a name, in any case.' }),
      role: roleField().optional(),
      is_active: booleanField().optional(),
      ...pageFields(),
    }),
  )
  .output(z.object({ users: z.array(account), next_cursor: nextCursorField() }))
  .query(async ({ ctx, input }) => {
    const { search, role, is_active: isActive } = input
    const found = await list(ctx.core, { search, role, isActive, page: readPage(input) })
    return { users: found.items.map(describeAccount), next_cursor: found.nextCursor }
  })
