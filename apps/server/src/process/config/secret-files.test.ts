import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadConfig, SECRET_NAMES, VARIABLE_NAMES } from './index.ts'
import { findMistakes } from './test-mistakes.ts'

const folder = mkdtempSync(join(tmpdir(), 'latchkey-secrets-'))
let count = 0

/** Writes a file and returns its path. */
function write(content: string | Buffer): string {
  const path = join(folder, `secret-${++count}`)
  writeFileSync(path, content)
  return path
}

/** A value of each secret, with the text that must never be shown. */
const HUSH = 'q8Zr1xUuVnH2kYw7sT4eJ0aLm9PcD3fGbN6iRoKtWlE'
const CANDIDATES = [
  `${HUSH}=`,
  `postgres://latchkey:${HUSH}@db.example.com:5432/latchkey`,
  `smtps://latchkey:${HUSH}@mail.example.com`,
  `redis://:${HUSH}@redis.example.com:6379`,
  `https://latchkey:${HUSH}@example.com`,
  `authorization=Bearer%20${HUSH}`,
]
/** The values that a setting takes although they contain a password. */
const takenBy = (name: string) => CANDIDATES.filter((value) => findMistakes({ [name]: value }).length === 0)
/** The places in the configuration of the files that a running server follows. */
const FOLLOWED: Record<string, string> = {
  SECRET_KEY: 'secretKeyFile',
  SECRET_KEY_FALLBACKS: 'secretKeyFallbacksFile',
}
/** The secret of another deployment, which has no form of ours. */
const ANY_TEXT = 'DJANGO_SECRET_KEY'
/** Paths, names and the sender may be any text, and are no secret. */
const isPublic = (name: string) => /_DIR$|^(?:MAIL_FROM|APP_NAME|MFA_ISSUER)$/.test(name)

it('every setting that takes a password is a secret, and so has a file form', () => {
  const taking = VARIABLE_NAMES.filter((name) => !isPublic(name) && takenBy(name).length > 0)
  expect(taking.toSorted()).toEqual(SECRET_NAMES.toSorted())
})

describe.each(SECRET_NAMES)('%s_FILE', (name) => {
  const [value = ''] = takenBy(name).slice(-1)
  const inFile = (content: string | Buffer) => findMistakes({ [`${name}_FILE`]: write(content) })

  it.each(['', '\n', '\r\n', '\n\n'])('names a file with the value, and the end %j is cut off', (end) => {
    const path = write(value + end)
    const { config, warnings } = loadConfig({ [name]: value })
    const followed = FOLLOWED[name]
    const expected = { config: followed ? { ...config, [followed]: path } : config, warnings }
    expect(loadConfig({ [`${name}_FILE`]: path })).toEqual(expected)
  })

  it('is refused beside the setting itself', () => {
    expect(findMistakes({ [name]: value, [`${name}_FILE`]: write(value) })).toEqual([
      `${name}_FILE must not be set beside ${name}: remove one of the two`,
    ])
  })

  it.each([
    ['that does not exist', () => join(folder, 'nowhere'), 'which does not exist (ENOENT)'],
    ['that is a folder', () => folder, 'which is a folder'],
    ['that is a named pipe', makePipe, 'which is no regular file'],
    ['that is too large', () => write(`${value}\n`.repeat(3000)), 'which is larger than 64 KiB'],
    ['in UTF-16', () => write(Buffer.from(value, 'utf16le')), 'whose content is no text in UTF-8'],
    ['of other bytes', () => write(Buffer.from([0xc3, 0x28, 0xff])), 'whose content is no text in UTF-8'],
  ])('naming a file %s is refused with its path', (_, make, fault) => {
    const path = make()
    expect(findMistakes({ [`${name}_FILE`]: path })).toEqual([`${name}_FILE names ${path}, ${fault}`])
  })

  it('naming an empty file is refused, unless the setting is a list', () => {
    const path = write(' \n')
    const refused = name === 'SECRET_KEY_FALLBACKS' ? [] : [`${name}_FILE names ${path}, which is empty`]
    expect(findMistakes({ [`${name}_FILE`]: path })).toEqual(refused)
  })

  it('naming a malformed value is refused without the value, unless any text is one', () => {
    const mistakes = inFile(`no:${HUSH.slice(0, 20)} %`)
    expect(mistakes).toEqual(name === ANY_TEXT ? [] : [expect.stringMatching(`^${name}`)])
    expect(mistakes.join()).not.toContain(HUSH.slice(0, 20))
  })

  it('counts as the setting in production, also when it cannot be read', () => {
    const env = { NODE_ENV: 'production', [`${name}_FILE`]: join(folder, 'nowhere') }
    const about = findMistakes(env).filter((sentence) => new RegExp(`^${name}(?:_FILE)? `).test(sentence))
    expect(about).toEqual([expect.stringContaining(`${name}_FILE names`)])
  })
})

it.each(VARIABLE_NAMES.filter((name) => !SECRET_NAMES.includes(name)))(
  '%s_FILE is refused by name',
  (name) => {
    expect(findMistakes({ [`${name}_FILE`]: write('x') })).toEqual([
      `${name}_FILE is no setting: ${name} has no file form, because it is no secret; set ${name} itself`,
    ])
  },
)

function makePipe(): string {
  const path = join(folder, `pipe-${++count}`)
  execFileSync('mkfifo', [path])
  return path
}
