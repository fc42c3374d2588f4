import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
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
