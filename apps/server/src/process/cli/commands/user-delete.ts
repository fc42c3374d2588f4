import { OPERATOR } from '@latchkey/core'
import { deleteUser } from '@latchkey/core/operations/staff/delete-user'
import { type Command, type Domain, type Given, onDomain } from '../command.ts'
import { confirm, requireTerminalOr } from '../confirm.ts'
import { readWho, requireUser, type Who } from '../find-user.ts'

/** Deletes a user. It asks first, because the deletion cannot be undone. */
export const DELETE_USER: Command = {
  name: 'user delete',
  summary: 'Delete it and what tells of its owner',
  usage: '<address or id> [--yes]',
  options: { yes: { type: 'boolean', help: 'Do not ask.' } },
  words: { min: 1, max: 1 },
  plan: ({ words, options }: Given) => {
    const who = readWho(words[0])
    const yes = options.yes === true
    requireTerminalOr(yes, 'user delete')
    return onDomain((domain) => remove(domain, who, yes))
  },
}

async function remove({ ctx }: Domain, who: Who, yes: boolean) {
  const { id, email } = await requireUser(ctx, who)
  const isMeant = yes || (await confirm(`Delete ${email} (${id}) and all its data for ever?`))
  if (!isMeant) throw new Error(`${email} was not deleted.`)
  await deleteUser(ctx, { by: OPERATOR, userId: id })
  return { text: `Deleted ${email}.`, data: { id, email, deleted: true } }
}
