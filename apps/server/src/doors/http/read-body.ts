import { BODY_MAX_BYTES } from '@latchkey/contract'
import { DomainError } from '@latchkey/core'

/**
 * Reads the body of a request, up to {@link BODY_MAX_BYTES}.
 *
 * @returns the bytes, or null when there is no body
 * @throws {DomainError} `request_too_large` - by its declared length, or as soon as the limit is passed
 * @throws {DomainError} `parse_error` - the sender closed the connection before the end
 */
export async function readBody(request: Request): Promise<Uint8Array<ArrayBuffer> | null> {
  const declared = request.headers.get('content-length')
  if (declared === '0') return null
  if (Number(declared) > BODY_MAX_BYTES) throw new DomainError('request_too_large')
  try {
    // The HTTP parser refuses a body that is longer than its declared length.
    return declared === null ? await readStream(request) : new Uint8Array(await request.arrayBuffer())
  } catch (error) {
    if (error instanceof DomainError) throw error
    // A broken connection is a fault of the sender, so it is not logged as a fault of the server.
    throw new DomainError('parse_error', { detail: 'The request body did not arrive.' })
  }
}

/** A body of unknown length is counted while it arrives. Bytes beyond the limit are never stored. */
async function readStream(request: Request): Promise<Uint8Array<ArrayBuffer> | null> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > BODY_MAX_BYTES) throw new DomainError('request_too_large')
    chunks.push(chunk)
  }
  return bytes === 0 ? null : new Uint8Array(Buffer.concat(chunks))
}
