import {
  createTestCore,
  type Person,
  readClaims,
  refusalOf,
  signUp,
  type TestCore,
  totpCode,
} from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { giveFactors } from '../../tests/support/moved-in.ts'
import { challenge, userIdOf } from '../../tests/support/second-factor.ts'
import { verifyRecoveryCode } from '../operations/mfa/verify-recovery-code.ts'
import { verifyTotp } from '../operations/mfa/verify-totp.ts'
import { sealImportedFactors } from './factors.ts'

const SECRET = 'ZJNWKATTMT7ICWMHWJRIICEVDNDZTB7B'
const CODES = ['15277180', '44704866', '03632812']

let test: TestCore
let person: Person
beforeAll(async () => {
  test = await createTestCore()
})
beforeEach(async () => {
  person = await signUp(test.ctx)
})
afterAll(() => test.close())

const seal = (totp: string | null, recoveryCodes: string[] | null = null) =>
  sealImportedFactors(test.ctx, {
    userId: userIdOf(person),
    totp: totp === null ? null : { secret: totp },
    recoveryCodes,
  })

describe('the factors of a user that is moved in', () => {
  it('end its next sign-in, by the code of its app and by a recovery code', async () => {
    await giveFactors(test, person, { secret: SECRET, recoveryCodes: CODES })
    const challengeId = await challenge(test.ctx, person)
    const tokens = await verifyTotp(test.ctx, { challengeId, code: totpCode(SECRET, test.clock) })
    expect(readClaims(tokens.access)).toMatchObject({ acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] })
    const second = { challengeId: await challenge(test.ctx, person), recoveryCode: '0363-2812' }
    expect(readClaims((await verifyRecoveryCode(test.ctx, second)).access)).toMatchObject({
      acr: 'aal2',
      amr: ['pwd', 'recovery_code', 'mfa'],
    })
    const again = { challengeId: await challenge(test.ctx, person), recoveryCode: '03632812' }
    expect((await refusalOf(verifyRecoveryCode(test.ctx, again))).code).toBe('invalid_recovery_code')
  })

  it('are of secrets of any length from 16 symbols on, in any spelling of base32', async () => {
    for (const secret of ['JBSWY3DPEHPK3PXP', SECRET, SECRET.toLowerCase(), `${SECRET.slice(0, 26)}======`]) {
      expect(await seal(secret)).toMatchObject({ secondFactor: true, remarks: [] })
    }
    const spaced = await seal('jbsw y3dp ehpk 3pxp')
    expect(spaced.secretJwe).toMatch(/^[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/)
  })

  it('are reported and left out where no app can have the secret', async () => {
    for (const secret of ['', 'JBSWY3DPEHPK3PX', 'JBSWY3DPEHPK3PX1', 'gAAAAABl-encrypted', 'A'.repeat(1e6)]) {
      expect(await seal(secret, CODES)).toEqual({
        secondFactor: false,
        secretJwe: null,
        codeHashes: [],
        remarks: [{ word: 'totp_unreadable' }],
      })
    }
    expect(await seal(null, CODES)).toMatchObject({ secondFactor: false, codeHashes: [], remarks: [] })
  })

  it('have recovery codes that nobody reads from the hashes, one hash for a code that is there twice', async () => {
    const { codeHashes, remarks } = await seal(SECRET, [...CODES, '1527-7180', 'no', 'x'.repeat(1e6)])
    expect(codeHashes).toHaveLength(3)
    expect(remarks).toEqual([{ word: 'recovery_codes_unreadable', detail: '2' }])
    for (const hash of codeHashes) expect(hash).toMatch(/^hmac-sha256:[\w-]{12}:[\w-]{43}$/)
  })

  it('are carried and reported where this server asks nobody for a second factor', async () => {
    const off = await createTestCore({ config: { mfaMode: 'disabled' } })
    const { userId } = await signUp(off.ctx)
    const input = { userId: userIdOf({ userId }), totp: { secret: SECRET }, recoveryCodes: null }
    expect(await sealImportedFactors(off.ctx, input)).toMatchObject({
      secondFactor: true,
      remarks: [{ word: 'mfa_off' }],
    })
    await off.close()
  })
})
