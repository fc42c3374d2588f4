const MAX_COLUMNS = 110

/**
 * Prints a documentation comment.
 *
 * @param paragraphs - texts without line breaks; an empty text is left out
 * @param tags - lines such as `@returns …`, one line per tag
 * @returns the comment with the indent and a line break at the end; empty without paragraphs and tags
 */
export function printDocs(
  paragraphs: readonly (string | undefined)[],
  { indent = '', tags = [] }: { indent?: string; tags?: readonly string[] } = {},
): string {
  const given = paragraphs.filter((text): text is string => Boolean(text)).map(endSentence)
  const [first = ''] = given
  const isShort = given.length === 1 && tags.length === 0
  if (given.length === 0 && tags.length === 0) return ''
  if (isShort && first.length + indent.length + 7 <= MAX_COLUMNS) return `${indent}/** ${first} */\n`
  const blocks = [...given.map((text) => wrap(text, MAX_COLUMNS - indent.length - 3)), tags]
  const lines = blocks.filter((block) => block.length > 0).flatMap((block) => [...block, ''])
  const body = lines.slice(0, -1).map((line) => `${indent} *${line && ` ${line}`}\n`)
  return `${indent}/**\n${body.join('')}${indent} */\n`
}

function endSentence(text: string): string {
  return /[.:!?]$/.test(text) ? text : `${text}.`
}

function wrap(text: string, columns: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line && line.length + 1 + word.length > columns) {
      lines.push(line)
      line = word
    } else line = line ? `${line} ${word}` : word
  }
  return [...lines, line]
}
