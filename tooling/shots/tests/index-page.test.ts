import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readShots, writeIndex } from '../src/index-page.ts'
import { passOn, readOptions, readPassedOn } from '../src/options.ts'
import { SHOTS_FILE, type Shot } from '../src/photographer.ts'

const GOOD: Shot = {
  subject: 'portal',
  name: '/sign-in',
  language: 'en',
  theme: 'light',
  width: 390,
  file: 'portal/en/light/sign-in-390.png',
  faults: [],
}
const FAULTY: Shot = { ...GOOD, language: 'ar', faults: ['label: <input name="email">'] }

describe('the index of the pictures', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'latchkey-shots-'))
    await writeFile(
      join(folder, SHOTS_FILE),
      [GOOD, FAULTY].map((shot) => `${JSON.stringify(shot)}\n`).join(''),
    )
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('shows each picture, and the faults first', async () => {
    const shots = await readShots(folder)
    expect(shots.map(({ language }) => language)).toEqual(['ar', 'en'])
    await writeIndex(folder, shots)
    const page = await readFile(join(folder, 'index.html'), 'utf8')
    expect(page).toContain('2 pictures, 1 of them with faults.')
    expect(page.match(/<figure/g)).toHaveLength(2)
    expect(page).toContain('label: &#60;input name=&#34;email&#34;&#62;')
    expect(page.indexOf('<li>')).toBeLessThan(page.indexOf('<figure'))
  })
})

describe('the words of npm run shots', () => {
  it('mean every subject, two widths and four languages without any', () => {
    expect(readOptions([])).toMatchObject({
      subjects: ['portal', 'pages', 'mails'],
      languages: ['en', 'de', 'ar', 'en-XA'],
      widths: [390, 1280],
    })
  })

  it('choose subjects, languages and widths, which reach the runs', () => {
    const options = readOptions(['--only', 'mails', '--languages', 'ja', '--widths', '320'])
    expect(options).toMatchObject({ subjects: ['mails'], languages: ['ja'], widths: [320] })
    if (options) expect(readPassedOn(passOn(options))).toEqual(options)
  })

  it.each([
    ['--only', 'emails'],
    ['--widths', 'wide'],
    ['--widths', '1'],
    ['--themes', 'dark'],
  ])('are refused when they are not understood: %s %s', (...words) => {
    expect(() => readOptions(words)).toThrow()
  })
})
