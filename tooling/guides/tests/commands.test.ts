import { listCodes, readPage } from '@latchkey/testkit'
import { expect, it } from 'vitest'

const { scripts } = JSON.parse(readPage('package.json')) as { scripts: Record<string, string> }
/** The scripts that npm runs without `run`. */
const SHORT = ['start', 'test']

it.each(Object.entries(scripts))(
  'the script %s runs the bootstrap, which has a task of that name',
  (name, command) => {
    expect(command).toBe(`exec node tooling/bootstrap.mjs ${name}`)
    expect(readPage('tooling/bootstrap.mjs')).toMatch(new RegExp(`^  ${name}[:,]`, 'm'))
  },
)

it.each(['CONTRIBUTING.md', 'README.md'])('every command of %s is a script of the root', (path) => {
  const page = readPage(path)
  const blocks = page.match(/^```sh\n.*?^```$/gms) ?? []
  const shown = [...listCodes(page.replaceAll(/^```.*?^```$/gms, '')), ...blocks].join('\n')
  const asked = [...shown.matchAll(/\bnpm (?:run )?([a-z]+)/g)].filter(([, name]) => name !== 'install')
  expect(asked.length).toBeGreaterThan(3)
  const isScript = ([text, name = '']: string[]) =>
    name in scripts && (SHORT.includes(name) || text?.includes(' run '))
  expect(asked.filter((command) => !isScript(command)).map(([text]) => text)).toEqual([])
  expect(shown).not.toMatch(/\b(?:pnpm|npx|yarn) /)
})

it('CONTRIBUTING.md and README.md stay under 100 lines', () => {
  for (const path of ['CONTRIBUTING.md', 'README.md'])
    expect(readPage(path).trimEnd().split('\n').length, path).toBeLessThan(100)
})
