/** Lays rows out in columns; an empty list says so. */
export function formatTable(head: string[], rows: string[][]): string {
  if (rows.length === 0) return 'None.'
  const all = [head, ...rows].map((row) => row.map(showControls))
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  const lines = all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
  return lines.map((line) => line.trimEnd()).join('\n')
}

/** Names are strangers' text: what would steer a terminal is shown, not sent. */
function showControls(cell: string): string {
  return cell.replace(
    /[\p{Cc}\p{Cf}]/gu,
    (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
