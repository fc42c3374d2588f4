import { BODY_MAX_BYTES } from '@latchkey/contract'
import { DomainError } from '@latchkey/core'

/**
 * Reads the body of a request, never more of it than {@link BODY_MAX_BYTES}.
 *
 * @returns the bytes, or null when there is no body
 * @throws {DomainError} `request_too_large` - by its own account, or as soon as the limit is passed
 * @throws {DomainError} `parse_error` - the sender went away in the middle
 */
export async function readBody(request: Request): Promise<Uint8Array<ArrayBuffer> | null> {
  if (request.method === 'GET' || request.method === 'HEAD') return null
  const declared = request.headers.get('content-length')
  if (declared === '0') return null
  if (Number(declared) > BODY_MAX_BYTES) throw new DomainError('request_too_large')
  try {
    // The HTTP parser holds the sender to a declared length.
    return declared === null ? await readStream(request) : new Uint8Array(await request.arrayBuffer())
  } catch (error) {
    if (error instanceof DomainError) throw error
    // A broken connection is the sender's, and no fault of ours to be logged.
    throw new DomainError('parse_error', { detail: 'The request body did not arrive.' })
  }
}

/** A body of unknown length is counted as it comes; what is beyond the limit is never held. */
async function readStream(request: Request): Promise<Uint8Array<ArrayBuffer> | null> {
  if (request.body === null) return null
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of request.body) {
    bytes += chunk.byteLength
    if (bytes > BODY_MAX_BYTES) throw new DomainError('request_too_large')
    chunks.push(chunk)
  }
  return bytes === 0 ? null : new Uint8Array(Buffer.concat(chunks))
}
