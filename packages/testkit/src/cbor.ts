/** A value of CBOR, as an authenticator writes it. */
export type CborValue = number | string | boolean | null | Uint8Array | CborValue[] | Map<CborKey, CborValue>
type CborKey = number | string

const MAJOR = { unsigned: 0, negative: 1, bytes: 2, text: 3, array: 4, map: 5 }
const SIMPLE = new Map<boolean | null, number>([
  [false, 0xf4],
  [true, 0xf5],
  [null, 0xf6],
])

/** Writes a value as CBOR (RFC 8949), without floats. */
export function encodeCbor(value: CborValue): Buffer {
  if (typeof value === 'number') {
    return value < 0 ? writeHead(MAJOR.negative, -1 - value) : writeHead(MAJOR.unsigned, value)
  }
  if (typeof value === 'string') {
    const text = Buffer.from(value)
    return Buffer.concat([writeHead(MAJOR.text, text.length), text])
  }
  if (value instanceof Uint8Array) return Buffer.concat([writeHead(MAJOR.bytes, value.length), value])
  if (value instanceof Map) {
    const entries = [...value].flatMap(([key, held]) => [encodeCbor(key), encodeCbor(held)])
    return Buffer.concat([writeHead(MAJOR.map, value.size), ...entries])
  }
  if (Array.isArray(value)) {
    return Buffer.concat([writeHead(MAJOR.array, value.length), ...value.map(encodeCbor)])
  }
  return Buffer.of(SIMPLE.get(value) ?? 0)
}

function writeHead(major: number, argument: number): Buffer {
  const type = major << 5
  if (argument < 24) return Buffer.of(type | argument)
  if (argument < 2 ** 8) return Buffer.of(type | 24, argument)
  const head = Buffer.alloc(argument < 2 ** 16 ? 3 : 5)
  head[0] = type | (head.length === 3 ? 25 : 26)
  head.writeUIntBE(argument, 1, head.length - 1)
  return head
}
