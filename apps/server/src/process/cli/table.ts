/** Formats rows as columns. For an empty list it says so. */
export function formatTable(head: string[], rows: string[][]): string {
  if (rows.length === 0) return 'None.'
  const all = [head, ...rows].map((row) => row.map(showControls))
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  const lines = all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
  return lines.map((line) => line.trimEnd()).join('\n')
}

/** Names are written by strangers. A control character in them is shown, so that the terminal does not obey it. */
export function showControls(cell: string): string {
  return cell.replace(
    /[\p{Cc}\p{Cf}]/gu,
    (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
