import { describe, expect, it } from 'vitest'
import { requireCommand } from '../../find-command.ts'
import { parseCommandLine } from '../../parse-command-line.ts'
import { planCommand } from '../../plan-command.ts'
import { UsageError } from '../../usage-error.ts'

async function plan(line: string) {
  const { command, rest } = requireCommand(line.split(' '))
  return planCommand(command, parseCommandLine(command, rest))
}

describe('an import is refused before anything is opened:', () => {
  it.each([
    ['import file users.csv', /with --source, the same name in each run/],
    [
      'import file users --source old',
      /^"users" does not say its format; add --format ndjson or --format csv/,
    ],
    ['import file - --source old', /^"-" does not say its format/],
    ['import file u.csv --source old --format xml', /^--format takes ndjson or csv/],
    ['import file u.csv --source old --keys number', /^--keys takes uuid, integer or text/],
    ['import file u.csv --source old --like okta', /^--like takes auth0, clerk, firebase or keycloak/],
    ['import file u.json --source old --like firebase', /needs --firebase-salt-separator/],
    [
      'import file u.json --source old --like firebase --firebase-salt-separator Bw==',
      /needs --firebase-rounds, a whole number from 1 to 99/,
    ],
    ['import better-auth --tables user', /^--tables takes names and values: name=value/],
    [
      'import better-auth --tables people=user',
      /^"people" is no model of --tables. The models are user, account,/,
    ],
    ['import better-auth --columns =x', /^--columns takes names and values/],
    ['import better-auth --roles admin=boss', /^"boss" is no role/],
  ])('%s', async (line, sentence) => {
    const error = await plan(line).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(UsageError)
    expect((error as Error).message).toMatch(sentence)
  })
})

it.each([
  'import file users.csv --source old',
  'import file users.jsonl --source old --keys uuid --skip-bad-lines --ignore-unknown',
  'import file - --format ndjson --source old',
  'import file users.txt --like auth0 --source old',
  'import file users.json --source old --like firebase --firebase-rounds 8 --firebase-mem-cost 14 --firebase-salt-separator Bw==',
  'import better-auth --schema auth --tables user=people,account=logins --columns user.email=mail --roles admin=superuser,editor=7',
  'import supabase --schema auth --source shop',
])('%s is understood', async (line) => {
  await expect(plan(line)).resolves.toBeTypeOf('function')
})
