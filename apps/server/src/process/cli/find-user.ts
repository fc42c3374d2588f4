import { type Account, type Context, findAccountOfEmail, getAccount, normalizeEmail } from '@latchkey/core'

/** @throws when no account has this address or this id, naming what was looked for */
export async function requireUser(ctx: Context, named: string | undefined): Promise<Account> {
  const name = named ?? ''
  const found = name.includes('@')
    ? await findAccountOfEmail(ctx, normalizeEmail(name))
    : await getAccount(ctx, { userId: name.toLowerCase() }).catch(() => null)
  if (!found) throw new Error(`There is no account ${name}.`)
  return found
}
