import { SENTENCES } from '@latchkey/contract/sentences'
import { describe, expect, it } from 'vitest'
import { findPasswordFaults } from '../../../packages/core/src/words/password-rules.ts'
import { listUsefulPasswords } from '../shorten-common-passwords.ts'
import { findMetRules, PASSWORD_RULES, type PasswordRule } from '../src/forms/password-rules.ts'

const owner = { email: 'ada.lovelace@example.com', first_name: 'Ada', last_name: '\u0141ukasiewicz' }
const common = new Set(listUsefulPasswords())
const RULES: Record<string, PasswordRule> = {
  [SENTENCES.passwordTooShort]: 'length',
  [SENTENCES.passwordNumeric]: 'notNumeric',
  [SENTENCES.passwordTooCommon]: 'notCommon',
}

async function findRefused(password: string): Promise<PasswordRule[]> {
  const user = { email: owner.email, firstName: owner.first_name, lastName: owner.last_name }
  const faults = await findPasswordFaults(password.normalize('NFC'), user)
  return faults.map((fault) => RULES[fault] ?? 'notSimilar')
}

describe('the rules that the portal shows', () => {
  it.each([
    'correct horse battery',
    '12345678',
    '12345',
    'xk3',
    'Password1',
    ' password ',
    '  abc123  ',
    '\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669\u0660',
    '\u{1f511}\u{1f511}\u{1f511}\u{1f511}\u{1f511}\u{1f511}\u{1f511}',
    'lovelace1',
    'ADA.lovelace@example.com',
    '\u0142ukasiewicz7',
    '!qaz2wsx',
  ])('call %j good only when the server takes it, and tick no rule by which it refuses', async (password) => {
    const met = findMetRules(password, { owner, common })
    const refused = await findRefused(password)
    expect(met.filter((rule) => refused.includes(rule))).toEqual([])
    if (refused.length === 0) expect(met).toEqual(PASSWORD_RULES)
    else expect(met).not.toEqual(PASSWORD_RULES)
  })

  it('are open while nothing is typed, and while the list is not there', () => {
    expect(findMetRules('', { owner, common })).toEqual([])
    expect(findMetRules('correct horse battery', { owner, common: null })).not.toContain('notCommon')
  })
})
