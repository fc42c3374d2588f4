/** The bodies that a second request sends as the first did. Any other body is a stream, or is read as one. */
const REPEATABLE = ['URLSearchParams', 'FormData', 'Blob', 'File', 'ArrayBuffer'] as const
/** The body of a `Request` is kept up to this size, so that a long upload fills no memory. */
const MAX_KEPT_BYTES = 1_048_576

/** Answers whether a body can be sent again, also when it was made in another frame. */
export function isRepeatable(body: unknown): boolean {
  if (!body || typeof body === 'string' || ArrayBuffer.isView(body)) return true
  const tag = Object.prototype.toString.call(body)
  // The classes of React Native have no tag.
  const isOfThisRealm = (made: unknown) => typeof made === 'function' && body instanceof made
  return REPEATABLE.some((name) => tag === `[object ${name}]` || isOfThisRealm(globalThis[name]))
}

/**
 * Copies the body of a request while it is sent.
 *
 * @returns a function that returns the whole body, or null when it is too long or was not sent to its end
 */
export function keepBody(request: Request): () => Blob | null {
  const reader = request.clone().body?.getReader()
  const chunks: BlobPart[] = []
  let whole: Blob | null = null

  async function read(): Promise<void> {
    for (let size = 0; reader && size <= MAX_KEPT_BYTES; ) {
      const { value, done } = await reader.read()
      if (done) {
        whole = new Blob(chunks)
        return
      }
      chunks.push(value)
      size += value.byteLength
    }
    chunks.length = 0
    await reader?.cancel()
  }
  read().catch(() => {})

  return () => whole
}
