// Makes a release: `npm run release -- minor`, `npm run release -- 1.0.0 --dry-run`.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { makeRelease } from './make-release.ts'
import { PARTS } from './next-version.ts'

const USAGE = `Usage: npm run release -- ${PARTS.join('|')}|<version> [--dry-run]

Sets the version everywhere, gives what is unreleased in CHANGELOG.md its name, commits and tags. --dry-run changes nothing.
`

try {
  const { values, positionals } = parseArgs({
    options: { 'dry-run': { type: 'boolean' }, help: { type: 'boolean' } },
    allowPositionals: true,
  })
  const [wish] = positionals
  if (values.help || wish === undefined || positionals.length > 1) {
    process.stderr.write(USAGE)
    process.exitCode = values.help ? 0 : 2
  } else {
    const folder = join(import.meta.dirname, '../../..')
    const date = new Date().toISOString().slice(0, 10)
    const isDryRun = values['dry-run'] ?? false
    const { tag, files, notes } = makeRelease({ folder, wish, date, isDryRun })
    const what = isDryRun ? `${tag} would change` : `${tag} changed`
    process.stdout.write(
      `${what} ${files.length} files:\n${files.map((file) => `  ${file}\n`).join('')}\n${notes}\n`,
    )
    if (!isDryRun) process.stdout.write(`\nNext: npm run pack, git push --follow-tags\n`)
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
}
