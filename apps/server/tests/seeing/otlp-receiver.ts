import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A span, as a collector gets it. */
export interface ReceivedSpan {
  traceId: string
  spanId: string
  parentSpanId: string
  name: string
  kind: number
  attributes: Record<string, string | number>
  /** 2 is an error. */
  statusCode: number
}

/** A collector of one test. */
export interface OtlpReceiver {
  url: string
  spans: ReceivedSpan[]
  resource: Record<string, string | number>
  /** Everything that arrived, as it was sent. */
  bodies: Buffer[]
  headers: IncomingHttpHeaders[]
  close(): Promise<void>
}

/** Starts a collector that takes OTLP over HTTP in the encoding of Protocol Buffers. */
export async function startOtlpReceiver(status = 200): Promise<OtlpReceiver> {
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    receiver.bodies.push(body)
    receiver.headers.push(incoming.headers)
    if (incoming.url === '/v1/traces' && status === 200) readRequest(body, receiver)
    outgoing.writeHead(status).end()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const receiver: OtlpReceiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/traces`,
    spans: [],
    resource: {},
    bodies: [],
    headers: [],
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return receiver
}

type Field = [number: number, value: Buffer | number]

/** Reads the fields of a message: lengths and numbers, as the encoding has them. */
function readFields(bytes: Buffer): Field[] {
  const fields: Field[] = []
  let at = 0
  const readVarint = () => {
    let value = 0
    for (let shift = 1; ; shift *= 128) {
      const byte = bytes[at++] ?? 0
      value += (byte & 127) * shift
      if (byte < 128) return value
    }
  }
  const take = (length: number) => {
    at += length
    return bytes.subarray(at - length, at)
  }
  while (at < bytes.length) {
    const key = readVarint()
    const type = key % 8
    const value = type === 0 ? readVarint() : take(type === 2 ? readVarint() : type === 1 ? 8 : 4)
    fields.push([Math.floor(key / 8), value])
  }
  return fields
}

const all = (fields: Field[], number: number) =>
  fields.filter(([field]) => field === number).map(([, value]) => value as Buffer)
const textOf = (fields: Field[], number: number) => String(all(fields, number)[0] ?? '')
const hexOf = (fields: Field[], number: number) => all(fields, number)[0]?.toString('hex') ?? ''
const numberOf = (fields: Field[], number: number) =>
  Number(fields.find(([field]) => field === number)?.[1] ?? 0)

/** The numbers are those of `opentelemetry/proto/trace/v1/trace.proto`. */
function readRequest(body: Buffer, into: Pick<OtlpReceiver, 'spans' | 'resource'>): void {
  for (const resourceSpans of all(readFields(body), 1).map(readFields)) {
    Object.assign(into.resource, ...all(resourceSpans, 1).map((one) => readAttributes(readFields(one), 1)))
    for (const scope of all(resourceSpans, 2).map(readFields)) {
      into.spans.push(...all(scope, 2).map((span) => readSpan(readFields(span))))
    }
  }
}

function readSpan(fields: Field[]): ReceivedSpan {
  return {
    traceId: hexOf(fields, 1),
    spanId: hexOf(fields, 2),
    parentSpanId: hexOf(fields, 4),
    name: textOf(fields, 5),
    kind: numberOf(fields, 6),
    attributes: readAttributes(fields, 9),
    statusCode: numberOf(readFields(all(fields, 15)[0] ?? Buffer.alloc(0)), 3),
  }
}

function readAttributes(fields: Field[], number: number): Record<string, string | number> {
  const pairs = all(fields, number).map(readFields)
  return Object.fromEntries(
    pairs.map((pair) => {
      const value = readFields(all(pair, 2)[0] ?? Buffer.alloc(0))
      const isText = value.some(([field]) => field === 1)
      return [textOf(pair, 1), isText ? textOf(value, 1) : numberOf(value, 3)]
    }),
  )
}
