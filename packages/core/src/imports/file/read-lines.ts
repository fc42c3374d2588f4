/** A line of a file: its number from 1, and its bytes without the line end; null when it is too long. */
export interface Line {
  number: number
  bytes: Buffer | null
}

const LINE_FEED = 0x0a

/**
 * Splits bytes into lines. A line that is too long is dropped while it is read.
 *
 * @param maxBytes - the longest line, without its end
 * @returns the lines of each chunk together
 */
export async function* readLines(chunks: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Line[]> {
  let parts: Buffer[] = []
  let size = 0
  let number = 0

  function add(part: Buffer): void {
    size += part.length
    if (size > maxBytes) parts = []
    else parts.push(part)
  }

  function end(): Line {
    number++
    const line = { number, bytes: size > maxBytes ? null : Buffer.concat(parts) }
    parts = []
    size = 0
    return line
  }

  for await (const chunk of chunks) {
    const lines: Line[] = []
    let start = 0
    for (let feed = chunk.indexOf(LINE_FEED); feed !== -1; feed = chunk.indexOf(LINE_FEED, start)) {
      add(chunk.subarray(start, feed))
      lines.push(end())
      start = feed + 1
    }
    if (start < chunk.length) add(chunk.subarray(start))
    if (lines.length > 0) yield lines
  }
  if (size > 0) yield [end()]
}
