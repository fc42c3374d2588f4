/** The beginning of a body, while it is read. */
export interface Beginning {
  /** What was read until now. */
  blob(): Blob
  /** Whether this is the whole body. */
  isWhole(): boolean
  /** Resolves when no more is read; never rejects. */
  readonly ended: Promise<void>
  cancel(): void
}

/** Reads a body until its size is larger than a limit, so that a long body fills no memory. */
export function readBeginning(body: ReadableStream<Uint8Array<ArrayBuffer>>, maxBytes: number): Beginning {
  const reader = body.getReader()
  const chunks: BlobPart[] = []
  let size = 0
  let isWhole = false

  // The promise of a cancelled copy settles only when the other copy was read too.
  const cancel = () => void reader.cancel().catch(() => {})

  async function read(): Promise<void> {
    while (size <= maxBytes) {
      const { value, done } = await reader.read()
      isWhole = done
      if (done) return
      chunks.push(value)
      size += value.byteLength
    }
    cancel()
  }

  return { blob: () => new Blob(chunks), isWhole: () => isWhole, ended: read().catch(() => {}), cancel }
}
