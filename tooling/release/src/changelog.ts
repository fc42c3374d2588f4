const UNRELEASED = '## [Unreleased]'

/**
 * Gives what is unreleased the name of a release, below an empty part for what comes next.
 *
 * @param date - the day of the release: `2026-11-26`
 * @returns the text of the file, and the notes of the release alone
 * @throws {Error} the file has no part `[Unreleased]`, or nothing is in it
 */
export function releaseChanges(
  changelog: string,
  version: string,
  date: string,
): { text: string; notes: string } {
  const [before, after] = split(changelog)
  const [notes = ''] = after.split(/^## \[/m)
  if (!/^- /m.test(notes))
    throw new Error(
      `CHANGELOG.md has no entry below "${UNRELEASED}": say what is new for callers and operators`,
    )
  const rest = after.slice(notes.length)
  const text = `${before}${UNRELEASED}\n\n## [${version}] - ${date}\n\n${notes.trim()}\n\n${rest}`
  return { text: `${text.trimEnd()}\n`, notes: notes.trim() }
}

function split(changelog: string): [string, string] {
  const [before, after, ...more] = changelog.split(
    new RegExp(`^${UNRELEASED.replace(/[[\]]/g, '\\$&')}\\n`, 'm'),
  )
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(`CHANGELOG.md needs the line "${UNRELEASED}" once`)
  return [before, after]
}
