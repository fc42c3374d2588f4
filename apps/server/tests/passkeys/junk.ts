import { z } from 'zod'

const encodeJson = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Values that are no part of any credential. The last ones are CBOR that is broken in its middle. */
export const JUNK: unknown[] = [
  undefined,
  null,
  true,
  0,
  -1.5,
  1e308,
  '',
  ' ',
  'a',
  'ab=',
  'a+/b',
  'é',
  '\0',
  '\ud800',
  '{}',
  [],
  ['AAAA'],
  [null],
  {},
  { length: 3 },
  { toString: 'x' },
  JSON.parse('{"__proto__":{"id":"AAAA"},"constructor":{"prototype":1}}'),
  JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`),
  'A'.repeat(8192),
  'A'.repeat(8193),
  'A'.repeat(40_000),
  'bnVsbA',
  encodeJson([]),
  encodeJson({ challenge: 1 }),
  encodeJson({ type: 'webauthn.get', challenge: 'A'.repeat(43), origin: null }),
  Buffer.alloc(6000, 0x81).toString('base64url'),
  ...['bf6161ff', 'a301634f4b50', '9affffffff00', '5bffffffffffffffff', 'a163666d74646e6f6e65'].map((hex) =>
    Buffer.from(hex, 'hex').toString('base64url'),
  ),
]

/** Lists every place of a schema, as the names that lead to it. The first one is the whole. */
export function* listPlaces(schema: z.ZodType, path: string[] = []): Generator<string[]> {
  yield path
  const inner = unwrap(schema)
  const parts =
    inner instanceof z.ZodObject ? inner.shape : inner instanceof z.ZodArray ? { 0: inner.element } : {}
  for (const [name, part] of Object.entries(parts)) yield* listPlaces(part as z.ZodType, [...path, name])
}

function unwrap(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable
    ? unwrap(schema.unwrap() as z.ZodType)
    : schema
}

/** Puts a value into a place. */
export function putInto(whole: unknown, [name, ...rest]: string[], value: unknown): unknown {
  if (name === undefined) return value
  if (Array.isArray(whole)) return [putInto(whole[0], rest, value)]
  const part = (whole as Record<string, unknown> | undefined)?.[name]
  return { ...(whole as object), [name]: putInto(part, rest, value) }
}
