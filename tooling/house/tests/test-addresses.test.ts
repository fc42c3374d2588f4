import { join } from 'node:path'
import ts from 'typescript'
import { expect, it } from 'vitest'
import { listNodes, parseSource, readSources, type Source } from '../src/read-sources.ts'

const ROOT = join(import.meta.dirname, '../../..')

/** Whether a text is an email address with an id of random digits in it. */
function isRandomAddress(node: ts.Node): boolean {
  return ts.isTemplateExpression(node) && /\brandom(UUID|Bytes)\([^@\n]*\}@\w/u.test(node.getText())
}

function makesAddress({ tree }: Source): boolean {
  return listNodes(tree).some(isRandomAddress)
}

// An address of random digits resembles a password of digits once in a while, and the password is refused for that.
it('a new address of a test comes from the kit, whose letters resemble no password', () => {
  const sources = readSources(ROOT, ['apps', 'packages', 'tooling', 'bench'])
  expect(sources.filter(makesAddress).map(({ path }) => path)).toEqual([])
})

it.each([
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: these are sources.
  ['const email = `${crypto.randomUUID()}@example.com`', true],
  ['const email = `ada-${randomUUID().slice(0, 8)}@example.com`', true],
  ['const email = `ada-${newEmail()}`', false],
  ['const name = `file-${crypto.randomUUID()}`', false],
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: these are sources.
])('a random address is found in code: %s', (text, expected) => {
  expect(makesAddress(parseSource('a.test.ts', text))).toBe(expected)
})
