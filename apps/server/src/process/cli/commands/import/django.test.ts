import { describe, expect, it } from 'vitest'
import { parseCommandLine } from '../../parse-command-line.ts'
import { planCommand } from '../../plan-command.ts'
import { UsageError } from '../../usage-error.ts'
import { IMPORT_DJANGO } from './django.ts'

const plan = async (words: string[]) => planCommand(IMPORT_DJANGO, parseCommandLine(IMPORT_DJANGO, words))

describe('latchkey import django', () => {
  it.each([
    ['--columns', 'mail', /^--columns takes pairs such as email=mail/],
    ['--columns', 'email=', /^--columns takes pairs/],
    ['--columns', 'email=mail,', /^--columns takes pairs/],
    ['--columns', 'nickname=nick', /their first names are id, email/],
    ['--superusers', '800', /^--superusers takes 900\.$/],
    ['--recovery-codes', '10', /^--recovery-codes takes a count/],
    ['--recovery-codes', '0x8', /^--recovery-codes takes a count/],
    ['--recovery-codes', '101x8', /^--recovery-codes takes a count/],
    ['--recovery-codes', '10x21', /^--recovery-codes takes a count/],
    ['--schema', '', /^--schema has no value\.$/],
    ['--user-table', ' ', /^--user-table has no value\.$/],
  ])('does not understand %s %j, and says why', async (option, value, message) => {
    const refusal = await plan([option, value]).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(UsageError)
    expect((refusal as UsageError).message).toMatch(message)
  })

  it.each([
    ['--columns', 'email=E-Mail,is_active=is = on'],
    ['--superusers', '900'],
    ['--recovery-codes', '12x6'],
    ['--schema', 'The "old" one'],
  ])('understands %s %j', async (option, value) => {
    expect(await plan([option, value])).toBeTypeOf('function')
  })
})
