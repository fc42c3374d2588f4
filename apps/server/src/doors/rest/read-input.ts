import { randomUUID } from 'node:crypto'
import { DomainError } from '@latchkey/core'
import { readBody } from '../http/read-body.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** The head of a part has the name of a field. The parser works long with a head that is as large as a body may be. */
const PART_HEAD_MAX_BYTES = 1024

const MALFORMED_FORM = 'Multipart form parse error - the body is not a valid form.'

/**
 * Reads the body of a request, as JSON or as a form. Without a body it returns undefined.
 *
 * @returns any JSON value, a record of form fields (the last value of a name counts; a file stays a file), or
 * undefined
 * @throws {DomainError} `unsupported_media_type` `parse_error` `request_too_large`
 */
export async function readInput(request: Request): Promise<unknown> {
  const body = await readBody(request)
  if (body === null) return undefined
  const contentType = request.headers.get('content-type') ?? ''
  switch (contentType.split(';', 1)[0]?.trim().toLowerCase()) {
    case 'application/json':
      return parseJson(body)
    case 'application/x-www-form-urlencoded':
      return Object.fromEntries(new URLSearchParams(Buffer.from(body).toString()))
    case 'multipart/form-data':
      return parseMultipart(body, contentType)
    default:
      throw new DomainError('unsupported_media_type', {
        detail: `Unsupported media type "${contentType}" in request.`,
      })
  }
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(body))
  } catch {
    // The engine's own message quotes the body, so it is neither sent nor logged.
    throw new DomainError('parse_error')
  }
}

/**
 * Replaces the boundary of a multipart body by one of ours.
 *
 * The parser refuses a boundary of fewer than 27 characters. RFC 2046 allows a single character.
 *
 * @throws {DomainError} `parse_error` - there is no boundary, or a part has a head of more than 1,024 bytes
 */
function lengthenBoundary(body: Uint8Array, contentType: string): [Uint8Array<ArrayBuffer>, ResponseInit] {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType) ?? []
  const given = quoted ?? plain
  if (given === undefined) throw malformedForm()
  const boundary = randomUUID()
  const [preamble = '', ...parts] = `\r\n${Buffer.from(body).toString('latin1')}`.split(`\r\n--${given}`)
  if (!parts.every(hasShortHead)) throw malformedForm()
  const text = [preamble, ...parts].join(`\r\n--${boundary}`)
  const headers = { 'Content-Type': `multipart/form-data; boundary=${boundary}` }
  return [new Uint8Array(Buffer.from(text.slice(2), 'latin1')), { headers }]
}

/** What follows the last boundary has no head. */
function hasShortHead(part: string): boolean {
  return part.startsWith('--') || part.slice(0, PART_HEAD_MAX_BYTES).includes('\r\n\r\n')
}

function malformedForm(): DomainError {
  return new DomainError('parse_error', { detail: MALFORMED_FORM })
}

async function parseMultipart(body: Uint8Array<ArrayBuffer>, contentType: string): Promise<unknown> {
  try {
    const form = await new Response(...lengthenBoundary(body, contentType)).formData()
    return Object.fromEntries(form)
  } catch {
    throw malformedForm()
  }
}
