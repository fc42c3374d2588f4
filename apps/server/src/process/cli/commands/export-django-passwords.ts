import { open } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type Context, spellCount } from '@latchkey/core'
import {
  type DjangoPassword,
  exportDjangoPasswords,
  findDjangoSources,
} from '@latchkey/core/imports/export-django-passwords'
import { type Answer, type Command, type Domain, onDomain } from '../command.ts'
import { UsageError } from '../usage-error.ts'

/** Only the user who runs the command reads the file: whoever has a hash can try passwords at it. */
const OWNER_ONLY = 0o600

/** Writes the passwords that were set or upgraded here as Django has them, for the way back. */
export const EXPORT_DJANGO_PASSWORDS: Command = {
  name: 'export django-passwords',
  summary: 'Write the passwords that a Django deployment must take back',
  usage: '--to <file> [options]',
  options: {
    to: { type: 'string', help: 'The CSV file to make: id, password, change. It must not exist.' },
    source: { type: 'string', help: 'The name of the deployment, where users of several were moved in.' },
  },
  words: { min: 0, max: 0 },
  plan: ({ options }) => {
    const { to, source } = options
    if (typeof to !== 'string' || to === '') throw new UsageError('Say which file to make: --to <file>.')
    const file = resolve(to)
    return onDomain((domain) => write(domain, file, typeof source === 'string' ? source : null))
  },
}

async function write({ ctx }: Domain, file: string, named: string | null): Promise<Answer> {
  const sources = await findDjangoSources(ctx)
  const source = named === null && sources.length === 1 ? sources[0] : named
  if (source == null || !sources.includes(source)) return refuseSource(sources)
  const counts = await writeRows(ctx, file, source)
  const text = `Wrote ${spellCount(counts.upgraded + counts.set, 'password', 'passwords')} to ${file}: ${counts.upgraded} with a new hash, ${counts.set} chosen here.`
  return { text, data: { file, source, ...counts } }
}

function refuseSource(sources: string[]): Answer {
  const failure =
    sources.length === 0
      ? 'No user was moved in from a Django deployment.'
      : `Say which deployment: --source with one of ${sources.join(', ')}.`
  return { text: 'Nothing was written.', data: { sources }, failure }
}

async function writeRows(ctx: Context, file: string, source: string) {
  const counts = { upgraded: 0, set: 0 }
  const made = await open(file, 'wx', OWNER_ONLY).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') throw new Error(`${file} exists already; name a file that does not.`)
    throw new Error(`${file} cannot be made (${error.code ?? 'unknown cause'}).`)
  })
  try {
    await made.write('id,password,change\n')
    for await (const page of exportDjangoPasswords(ctx, source)) {
      for (const { change } of page) counts[change] += 1
      await made.write(page.map(writeRow).join(''))
    }
    await made.sync()
  } finally {
    await made.close()
  }
  return counts
}

function writeRow({ id, password, change }: DjangoPassword): string {
  return `${[id, password, change].map((text) => `"${text.replaceAll('"', '""')}"`).join(',')}\n`
}
