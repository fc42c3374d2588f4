import { execFile } from 'node:child_process'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { readPage } from '@latchkey/testkit'
import { afterEach, describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../..')
let registry: Server | undefined

afterEach(() => {
  registry?.closeAllConnections()
  registry?.close()
})

/** Runs the audit of this repository against a registry that answers so. */
async function audit(answer: RequestListener, limitSeconds = 60): Promise<{ code: unknown; output: string }> {
  const server = createServer(answer)
  registry = server
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const script = `const { auditPackages } = await import('./tooling/audit.mjs')
    process.exitCode = await auditPackages({ pnpm: 'pnpm', env: process.env }, { limitSeconds: ${limitSeconds} })`
  const own = { pnpm_config_registry: `http://127.0.0.1:${port}`, pnpm_config_fetch_retries: '0' }
  const options = { cwd: root, env: { ...process.env, ...own } }
  return await new Promise((resolve) => {
    execFile(process.execPath, ['--input-type=module', '-e', script], options, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, output: stdout + stderr }),
    )
  })
}

function advise(severity: string): RequestListener {
  const url = 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc'
  const advisory = { id: 1, url, title: 'a finding', severity, vulnerable_versions: '>=0', cwe: ['CWE-1'] }
  return (_, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ jose: [{ ...advisory, cvss: { score: 8, vectorString: null } }] }))
  }
}

describe('the audit of packages', () => {
  test.each(['high', 'critical'])(
    'fails after an advisory of %s severity, and names it',
    async (severity) => {
      const { code, output } = await audit(advise(severity))
      expect(code).toBe(1)
      expect(output).toMatch(
        new RegExp(`audit: ${severity}: jose >=0: a finding .*GHSA-aaaa-bbbb-cccc.*, by \\w`),
      )
    },
  )

  test('prints an advisory of moderate severity, and passes', async () => {
    const { code, output } = await audit(advise('moderate'))
    expect(code).toBe(0)
    expect(output).toContain('audit: moderate: jose')
    expect(output).toContain('1 advisories, 0 of high or critical severity')
  })

  test('passes when there is no advisory', async () => {
    expect(await audit((_, response) => response.end('{}'))).toMatchObject({ code: 0 })
  })

  test.each([
    ['an error', (_, response) => response.writeHead(500).end('{"error":"broken"}')],
    ['another page', (_, response) => response.end('<!doctype html>')],
  ] satisfies [string, RequestListener][])(
    'warns and passes when the registry answers with %s',
    async (_, answer) => {
      const { code, output } = await audit(answer)
      expect(code).toBe(0)
      expect(output).toContain('the packages were not audited')
    },
  )

  test('warns and passes when the registry is silent', async () => {
    const { code, output } = await audit(() => {}, 1)
    expect(code).toBe(0)
    expect(output).toContain('the packages were not audited')
  })
})

test('`npm run verify` runs the audit', () => {
  const [, steps] =
    /^ {2}verify: async \(tools\) =>\n(.*?),\n/ms.exec(readPage('tooling/bootstrap.mjs')) ?? []
  expect(steps).toContain('auditPackages(tools)')
})
