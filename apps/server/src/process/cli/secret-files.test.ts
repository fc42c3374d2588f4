import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadConfig } from '../config/index.ts'
import { createSecretSource } from '../config/secret-source.ts'
import { requireSecretFiles, rotateFiles, type SecretFiles } from './secret-files.ts'

const PRESENT = 'p'.repeat(40)
const FORMER = 'f'.repeat(40)

let folder: string
let files: SecretFiles
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-secrets-'))
  files = { secretKey: join(folder, 'key'), fallbacks: join(folder, 'fallbacks') }
  await writeFile(files.secretKey, `${PRESENT}\n`, { mode: 0o640 })
  await writeFile(files.fallbacks, FORMER)
})
afterEach(() => rm(folder, { recursive: true }))

const settings = () =>
  loadConfig({ SECRET_KEY_FILE: files.secretKey, SECRET_KEY_FALLBACKS_FILE: files.fallbacks }).config

/** The secrets as a server reads them at this moment: the one that signs, and all that are accepted. */
async function read() {
  const values = await createSecretSource(settings())?.()
  if (!values) throw new Error('Nothing was read.')
  return { signs: values.secretKey, accepts: new Set([values.secretKey, ...values.secretKeyFallbacks]) }
}

class Killed extends Error {}

/** Rotates, and notes what a server reads at each wait. The process is killed at one of them. */
async function rotate(killedAt = Number.POSITIVE_INFINITY) {
  const seen: Awaited<ReturnType<typeof read>>[] = []
  const isNew = await rotateFiles(files, async () => {
    seen.push(await read())
    if (seen.length === killedAt) throw new Killed()
  })
  return { seen, isNew }
}

describe('a rotation of the files', () => {
  it('lets every server accept the new secret before one signs with it, and keeps the former ones', async () => {
    const { seen, isNew } = await rotate()
    const [accepted, signing] = seen
    const end = await read()
    expect(isNew).toBe(true)
    expect(accepted?.signs).toBe(PRESENT)
    expect(accepted?.accepts).toContain(signing?.signs)
    expect([signing?.accepts, end.accepts]).toEqual([accepted?.accepts, accepted?.accepts])
    expect(end.accepts).toEqual(new Set([end.signs, PRESENT, FORMER]))
    expect(Buffer.from(end.signs, 'base64url')).toHaveLength(48)
    expect(await readFile(files.fallbacks, 'utf8')).toBe(`${PRESENT}\n${FORMER}\n`)
  })

  it('keeps the rights of the files, and leaves no draft', async () => {
    await chmod(files.fallbacks, 0o600)
    await rotate()
    const modes = await Promise.all(Object.values(files).map(async (path) => (await stat(path)).mode & 0o777))
    expect(modes).toEqual([0o640, 0o600])
    expect((await readdir(folder)).sort()).toEqual(['fallbacks', 'key'])
  })

  it('removes the draft with a secret that a killed one has left', async () => {
    const module = new URL('drafts.ts', import.meta.url).href
    const code = `const { nameDraft } = await import(${JSON.stringify(module)})
      const { writeFileSync } = await import('node:fs')
      writeFileSync(nameDraft(${JSON.stringify(files.secretKey)}), 'a secret')`
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', code])
    expect(await readdir(folder)).toHaveLength(3)
    await rotate()
    expect(await readdir(folder)).toEqual(['fallbacks', 'key'])
  })

  it('that was killed before its secret signed makes another one, and accepts all of them', async () => {
    await expect(rotate(1)).rejects.toThrow(Killed)
    const [unused = ''] = (await readFile(files.fallbacks, 'utf8')).split('\n')
    expect(await rotate()).toMatchObject({ isNew: true })
    const { signs, accepts } = await read()
    expect(accepts).toEqual(new Set([signs, unused, PRESENT, FORMER]))
    expect([unused, PRESENT, FORMER]).not.toContain(signs)
  })

  it('that was killed when its secret signed waits again before that leaves the list', async () => {
    await expect(rotate(2)).rejects.toThrow(Killed)
    const [fresh = ''] = (await readFile(files.fallbacks, 'utf8')).split('\n')
    const { isNew, seen } = await rotate()
    expect(isNew).toBe(false)
    expect(seen).toEqual([{ signs: fresh, accepts: new Set([fresh, PRESENT, FORMER]) }])
    expect(await readFile(files.fallbacks, 'utf8')).toBe(`${PRESENT}\n${FORMER}\n`)
  })

  it('never signs with a former secret again, whatever list an operator wrote', async () => {
    await writeFile(files.fallbacks, `${FORMER}\n${PRESENT}\n`)
    await rotate()
    expect([FORMER, PRESENT]).not.toContain((await read()).signs)
  })

  it('gives up when another one changes the files meanwhile, and signs with no secret that others lack', async () => {
    const work = rotateFiles(files, () => writeFile(files.fallbacks, 'o'.repeat(40)))
    await expect(work).rejects.toThrow('Another rotation has changed the files. Run this again.')
    expect((await read()).signs).toBe(PRESENT)
  })

  it('refuses a secret that cannot stand in a list', async () => {
    await writeFile(files.secretKey, `${PRESENT}, ${PRESENT}`)
    await expect(rotate()).rejects.toThrow(/comma or a blank/)
  })

  it('refuses one file for both, also through a link, because it would lose the secret with the list', async () => {
    await rm(files.fallbacks)
    await symlink(files.secretKey, files.fallbacks)
    expect(() => requireSecretFiles(settings())).toThrow(/name the same file/)
  })

  it('names the file that it may not replace, and the steps by hand', async () => {
    const work = rotateFiles({ ...files, fallbacks: '/proc/version' }, async () => {})
    await expect(work).rejects.toThrow(/^\/proc\/version cannot be replaced \(\w+\)\. .*by hand/)
  })
})

describe('the source of a server', () => {
  it('tells of the same files once, and of each change', async () => {
    const source = createSecretSource(settings())
    expect(await source?.()).toEqual({ secretKey: PRESENT, secretKeyFallbacks: [FORMER] })
    expect(await source?.()).toBeNull()
    await writeFile(files.fallbacks, '')
    expect(await source?.()).toEqual({ secretKey: PRESENT, secretKeyFallbacks: [] })
  })

  it.each([
    ['is gone', () => rm(files.secretKey), /SECRET_KEY_FILE names .*, which does not exist/],
    ['is empty', () => writeFile(files.secretKey, ''), /SECRET_KEY_FILE names .*, which is empty/],
    ['holds half a secret', () => writeFile(files.secretKey, 'half'), /^SECRET_KEY must be a secret/],
  ])(
    'refuses a file that %s, without its content, and reads it when it is mended',
    async (_, spoil, said) => {
      const source = createSecretSource(settings())
      await spoil()
      const told = await source?.().then(String, (error: Error) => error.message)
      expect(told).toMatch(said)
      expect(told).not.toContain('half')
      await writeFile(files.secretKey, FORMER)
      expect(await source?.()).toEqual({ secretKey: FORMER, secretKeyFallbacks: [FORMER] })
    },
  )

  it('refuses an example in production, as a start does', async () => {
    const source = createSecretSource({ ...settings(), production: true })
    await expect(source?.()).rejects.toThrow('must not hold an example value')
  })

  it('is none when both secrets come from the environment, and no command replaces them', () => {
    const { config } = loadConfig({ SECRET_KEY: PRESENT })
    expect(createSecretSource(config)).toBeNull()
    expect(() => requireSecretFiles(config)).toThrow(/^SECRET_KEY_FILE is not set\. .*by hand/)
  })
})
