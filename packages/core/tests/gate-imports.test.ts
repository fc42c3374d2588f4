import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { EVERY_SETTINGS, operations, resolveOperation, toCamelCase } from '@latchkey/contract'
import { expect, it } from 'vitest'

const SOURCES = fileURLToPath(new URL('../src/', import.meta.url))

/** The gate, and what ends a challenge or verifies a passkey. Nothing else may open a session. */
const MAY_OPEN = [
  'operations/mfa/activate-totp.ts',
  'operations/passkeys/register-passkey.ts',
  'operations/passkeys/sign-in-with-passkey.ts',
  'steps/admit.ts',
  'steps/complete-second-step.ts',
]

/** The statements of a new session, and of its successors. */
const MAY_STORE: Record<string, string[]> = {
  insertSession: ['steps/open-session.ts'],
  insertSuccessor: ['operations/password/change-password.ts'],
  insertSteppedUp: ['steps/step-up.ts'],
}

function listImporters(name: string): string[] {
  const isImported = new RegExp(`import (?:type )?\\{[^}]*\\b${name}\\b[^}]*\\} from '[^']*/`)
  return globSync('**/*.ts', { cwd: SOURCES })
    .filter((path) => !path.endsWith('.test.ts') && !path.startsWith('services/mail/'))
    .filter((path) => isImported.test(readFileSync(SOURCES + path, 'utf8')))
    .sort()
}

it('no operation opens a session past the gate', () => {
  const importers = listImporters('openSession')
  expect(importers).toContain('steps/admit.ts')
  expect(importers.filter((path) => !MAY_OPEN.includes(path))).toEqual([])
})

it.each(Object.entries(MAY_STORE))('only one file imports %s', (name, files) => {
  expect(listImporters(name)).toEqual(files)
})

/** Lists the operations whose file imports another one of the core, itself or by others. */
function listReaching(target: string): string[] {
  const reached = new Map<string, boolean>()
  const reaches = (path: string): boolean => {
    const known = reached.get(path)
    if (known !== undefined) return known
    reached.set(path, path === target)
    const imported = [
      ...readFileSync(SOURCES + path, 'utf8').matchAll(
        /^(?:import|export) [^']*? from '(\.[^']*)'|^import '(\.[^']*)'/gms,
      ),
    ]
    const isReaching = imported.some(([, one, other]) => reaches(join(dirname(path), one ?? other ?? '')))
    reached.set(path, path === target || isReaching)
    return path === target || isReaching
  }
  const files = globSync('operations/*/*.ts', { cwd: SOURCES }).filter((path) => !path.endsWith('.test.ts'))
  return files
    .filter(reaches)
    .map((path) => toCamelCase(path.replace(/^.*\/|\.ts$/g, '').replaceAll('-', '_')))
}

it('the contract knows every operation that opens a session, so that each looks at the proof of a key first', () => {
  const known = Object.entries(operations).filter(([, definition]) =>
    EVERY_SETTINGS.some((settings) => resolveOperation(definition, settings).proofUse === 'binds'),
  )
  const isOperation = (name: string) => name in operations
  expect(listReaching('steps/open-session.ts').filter(isOperation).sort()).toEqual(
    known.map(([name]) => name).sort(),
  )
})
