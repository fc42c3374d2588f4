import { NEW_PASSWORD, newEmail, PASSWORD } from '@latchkey/testkit'
import { expect, it } from 'vitest'
import { type MailServer, startMailServer } from './mail-server.ts'

it('after every flow the database and the log hold no link, no cookie, no token and no password', async () => {
  const server = await startMailServer({ emailVerification: 'optional' })
  try {
    const secrets = await runFlows(server)
    expect(secrets.length).toBeGreaterThan(8)
    const dump = await dumpDatabase(server)
    expect(dump).toContain('$argon2id$')
    for (const secret of secrets) {
      const digests = ['utf8', 'hex', 'base64'] as const
      for (const form of digests) expect(dump).not.toContain(Buffer.from(secret).toString(form))
      expect(server.logLines.join('')).not.toContain(secret)
    }
  } finally {
    await server.close()
  }
})

/** Runs every flow once, and again up to its link. Returns all secrets that a thief would look for. */
async function runFlows(server: MailServer): Promise<string[]> {
  const { email, tokens } = await server.register()
  const target = newEmail()
  const wish = { new_email: target, password: PASSWORD }
  await server.post('/email/change/', wish, { token: tokens.access })
  await server.get(await server.nextPath(target, 'confirm-email-change'))
  const { cookie } = await server.openReset(target)
  const unused = await server.openReset(target)
  const json = { new_password1: NEW_PASSWORD, new_password2: NEW_PASSWORD }
  const next = await server.post('/password/reset/set-new/', json, { headers: { cookie } })
  await server.openReset(target)
  await server.post('/registration/resend-email/', { email })
  const mails = await server.mailbox.all()
  const pair = next.body as { access: string; refresh: string }
  return [
    PASSWORD,
    NEW_PASSWORD,
    ...[tokens.access, tokens.refresh, pair.access, pair.refresh].map((token) => token.split('.')[2] ?? ''),
    ...[cookie, unused.cookie].map((value) => value.split('.')[2] ?? ''),
    ...mails.flatMap(({ secret }) => (secret ? [secret] : [])),
  ]
}

/** Reads every row of every table as text, with the queue of mails. */
async function dumpDatabase({ database: { sql } }: MailServer): Promise<string> {
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`
  const rows = await Promise.all(tables.map(({ name }) => sql.unsafe(`select t::text as row from ${name} t`)))
  return rows.flatMap((result) => result.map(({ row }) => String(row))).join('\n')
}
