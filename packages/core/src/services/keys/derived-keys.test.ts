import { TEST_SECRET_KEY } from '@latchkey/testkit'
import { describe, expect, it } from 'vitest'
import { type DerivedKey, deriveSecrets, type SecretPurpose } from './derived-keys.ts'

const FORMER_KEY = `${TEST_SECRET_KEY}, the former`

/** The ids of the keys of the first release. Other ids would refuse every token and mail of a running server. */
const KEY_IDS: Partial<Record<SecretPurpose, string>> = {
  'refresh-token': 'JVaaDLWD2byP',
  'password-reset': 'K4uES_Ulsv30',
  'signing-key': 'HEjqbNsyi9BY',
  mail: 'ZdnLtQ-J-Qdp',
}

const secrets = deriveSecrets(TEST_SECRET_KEY, [FORMER_KEY])
const purposes = Object.keys(secrets) as SecretPurpose[]
const bytesOf = ({ key }: DerivedKey) => key.export().toString('base64url')

describe('the keys derived from SECRET_KEY', () => {
  it('differ by purpose and by secret, and so do their ids', () => {
    const all = purposes.flatMap((purpose) => [...secrets[purpose].accepted.values()])
    expect(all).toHaveLength(purposes.length * 2)
    expect(new Set(all.map(bytesOf)).size).toBe(all.length)
    expect(new Set(all.map(({ kid }) => kid)).size).toBe(all.length)
  })

  it('are the same at every start and in every release', () => {
    const ids = Object.fromEntries(purposes.map((purpose) => [purpose, secrets[purpose].current.kid]))
    expect(ids).toMatchObject(KEY_IDS)
    expect(bytesOf(secrets.mail.current)).toBe('Ys0ERdf_juDfr71dY15VJftfLEaNc9SLlp2pypf4GpY')
  })

  it('have 32 bytes, which neither the secret nor the public id contains', () => {
    for (const { current } of Object.values(secrets)) {
      expect(current.key.export()).toHaveLength(32)
      expect(bytesOf(current)).not.toContain(current.kid)
      expect(Buffer.from(TEST_SECRET_KEY).includes(current.key.export())).toBe(false)
    }
  })

  it.each(purposes)('%s: new work is done with the key of the present secret alone', (purpose) => {
    const { current, accepted } = secrets[purpose]
    expect(current.kid).toBe(deriveSecrets(TEST_SECRET_KEY, [])[purpose].current.kid)
    expect([...accepted.keys()]).toEqual([
      deriveSecrets(FORMER_KEY, [])[purpose].current.kid,
      deriveSecrets(TEST_SECRET_KEY, [])[purpose].current.kid,
    ])
  })
})
