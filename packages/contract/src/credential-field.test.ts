import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { credentialField, newCredentialField } from './credential-field.ts'
import { fields } from './fields.ts'

const TEXT = 'AAAA'
const ANSWER = {
  id: TEXT,
  rawId: TEXT,
  type: 'public-key',
  response: { clientDataJSON: TEXT, authenticatorData: TEXT, signature: TEXT, userHandle: TEXT },
}
const CREATED = {
  ...ANSWER,
  response: { clientDataJSON: TEXT, attestationObject: TEXT, transports: ['usb'] },
}
const REQUIRED = 'This field is required.'
const TOO_LONG = 'Ensure this field has no more than 8192 characters.'

/** The sentences about a credential, each once. */
function faultsOf(field: z.ZodType, credential: unknown): string[] {
  const { error } = fields({ credential: field }).safeParse({ credential })
  for (const { path } of error?.issues ?? []) expect(path[0]).toBe('credential')
  return [...new Set(error?.issues.map(({ message }) => message))]
}

interface Sent {
  response: object
}

describe.each<[string, z.ZodType, Sent, readonly string[]]>([
  ['the answer of a passkey', credentialField(), ANSWER, ['userHandle']],
  ['a new passkey', newCredentialField(), CREATED, ['transports']],
])('a credential: %s', (_, field, honest, optional) => {
  /** Every text of it, and how it is replaced. */
  const places: [string, (value: unknown) => unknown][] = [
    ...['id', 'rawId', 'type'].map((name): [string, (value: unknown) => unknown] => [
      name,
      (value) => ({ ...honest, [name]: value }),
    ]),
    ...Object.keys(honest.response)
      .filter((name) => name !== 'transports')
      .map((name): [string, (value: unknown) => unknown] => [
        name,
        (value) => ({ ...honest, response: { ...honest.response, [name]: value } }),
      ]),
  ]

  it.each([
    ['str', 'x'],
    ['str', ''],
    ['str', '{"id":"AAAA"}'],
    ['int', 12],
    ['float', 1.5],
    ['bool', true],
    ['list', []],
    ['list', [honest]],
  ])('is refused as another kind, %s: %j', (kind, sent) => {
    const sentence = `Invalid data. Expected a dictionary, but got ${kind}.`
    expect(faultsOf(field, sent)).toEqual([sentence])
    expect(faultsOf(field, { ...honest, response: sent })).toEqual([sentence])
  })

  it('is refused when it is missing or null', () => {
    expect(faultsOf(field, undefined)).toEqual([REQUIRED])
    expect(faultsOf(field, null)).toEqual(['This field may not be null.'])
    expect(faultsOf(field, {})).toEqual([REQUIRED])
    expect(faultsOf(field, { ...honest, response: {} })).toEqual([REQUIRED])
  })

  it.each(places)('has the text %s, of at most 8,192 characters', (name, put) => {
    expect(faultsOf(field, put('A'.repeat(8192)))).toEqual([])
    expect(faultsOf(field, put('A'.repeat(8193)))).toEqual([TOO_LONG])
    expect(faultsOf(field, put('\ud800\0\u0300'.repeat(20_000)))).toEqual([TOO_LONG])
    for (const wrong of [12, true, [TEXT], { length: 3 }]) {
      expect(faultsOf(field, put(wrong))).toEqual(['Not a valid string.'])
    }
    expect(faultsOf(field, put(undefined))).toEqual(optional.includes(name) ? [] : [REQUIRED])
  })

  it('loses the members that no ceremony reads, however they are nested', () => {
    const deep = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`)
    const more = JSON.parse('{"__proto__":{"id":"BBBB"},"constructor":1,"clientExtensionResults":{}}')
    const sent = { ...more, ...honest, deep, response: { ...honest.response, deep } }
    expect(field.parse(sent)).toEqual(honest)
    expect(faultsOf(field, JSON.parse('{"__proto__":{"id":"AAAA"}}'))).toEqual([REQUIRED])
  })
})

it('the ways to an authenticator are a list of at most 20 texts, or left out', () => {
  const say = (transports: unknown) =>
    faultsOf(newCredentialField(), { ...CREATED, response: { ...CREATED.response, transports } })
  for (const fine of [undefined, null, [], ['usb', 'carrier pigeon'], Array(20).fill('usb')]) {
    expect(say(fine)).toEqual([])
  }
  expect(say('usb')).toEqual(['Expected a list of items but got type "str".'])
  expect(say({})).toEqual(['Expected a list of items but got type "dict".'])
  expect(say(Array(21).fill('usb'))).toEqual(['Ensure this field has no more than 20 elements.'])
  expect(say([12])).toEqual(['Not a valid string.'])
  expect(say(['x'.repeat(8193)])).toEqual([TOO_LONG])
})
