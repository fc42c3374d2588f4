import type { Person, TestCore } from '@latchkey/testkit'
import { sealImportedFactors } from '../../src/imports/factors.ts'
import { userIdOf } from './second-factor.ts'

/** Stores second factors as an import does: without a code that proves them. */
export async function giveFactors(
  { ctx, database }: Pick<TestCore, 'ctx' | 'database'>,
  person: Pick<Person, 'userId'>,
  given: { secret: string; recoveryCodes: string[] },
): Promise<void> {
  const { sql } = database
  const userId = userIdOf(person)
  const { secret, recoveryCodes } = given
  const sealed = await sealImportedFactors(ctx, { userId, totp: { secret }, recoveryCodes })
  await sql`insert into totp_factors (user_id, id, secret_jwe, confirmed_at)
    values (${userId}, gen_random_uuid(), ${sealed.secretJwe}, now())`
  await sql`insert into recovery_codes (user_id, code_hash, created_at)
    select ${userId}, hash, now() from unnest(${sealed.codeHashes}::text[]) as hash`
  await sql`update users set second_factor = ${sealed.secondFactor} where id = ${userId}`
}
