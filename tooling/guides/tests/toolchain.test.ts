import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeToolClone, type ToolClone } from '../src/tool-clone.ts'

const toolchain = join(import.meta.dirname, '../../toolchain')

interface Lockfile {
  packages: Record<
    string,
    { version: string; resolved?: string; integrity?: string; optionalDependencies?: object }
  >
}

function readLockfile(tool: string): [string, Lockfile['packages'][string]][] {
  const text = readFileSync(join(toolchain, tool, 'package-lock.json'), 'utf8')
  return Object.entries((JSON.parse(text) as Lockfile).packages).filter(([name]) => name !== '')
}

describe.each(['node', 'pnpm'])('the lockfile of %s', (tool) => {
  test('has an integrity hash and an address for every package, all of one version', () => {
    const packages = readLockfile(tool)
    expect(packages.length).toBeGreaterThan(0)
    for (const [name, { integrity, resolved }] of packages) {
      expect(integrity, name).toMatch(/^sha512-[\w+/]{86}==$/)
      expect(resolved, name).toMatch(/^https:\/\/registry\.npmjs\.org\//)
    }
    expect(new Set(packages.map(([, { version }]) => version)).size).toBe(1)
    const names = packages.map(([name]) => name.replace('node_modules/', ''))
    const manifest = JSON.parse(readFileSync(join(toolchain, tool, 'package.json'), 'utf8'))
    expect(Object.keys(manifest.optionalDependencies).sort()).toEqual(names.sort())
  })
})

test('the pnpm of the lockfile is the one that package.json names', () => {
  const { packageManager } = JSON.parse(readFileSync(join(toolchain, '../../package.json'), 'utf8'))
  expect(`pnpm@${readLockfile('pnpm')[0]?.[1].version}`).toBe(packageManager)
})

describe('the bootstrap', () => {
  let clone: ToolClone

  beforeEach(async () => {
    clone = await makeToolClone()
    await clone.lock(clone.tarball)
  })

  afterEach(() => clone?.stop())

  test('brings a tool once, without its install script, whatever the user allows to other packages', async () => {
    const path = await clone.bring({ npm_config_ignore_scripts: 'false' })
    expect(existsSync(path)).toBe(true)
    expect(existsSync(join(dirname(path), 'script-ran'))).toBe(false)
    expect(await clone.bring()).toBe(path)
    expect(clone.countDownloads()).toBe(1)
  })

  test('refuses a tool whose bytes are not those of the lockfile', async () => {
    await clone.lock(Buffer.from('other bytes'))
    await expect(clone.bring()).rejects.toThrow('EINTEGRITY')
    await expect(clone.bring()).rejects.toThrow('EINTEGRITY')
  })

  test('brings the tool anew when the lockfile has changed', async () => {
    await clone.bring()
    await clone.lock(Buffer.from('other bytes'))
    await expect(clone.bring()).rejects.toThrow('EINTEGRITY')
  })

  test('takes the tool from the cache of npm without a network', async () => {
    const path = await clone.bring()
    await rm(join(clone.folder, 'tooling/toolchain/.brought'), { recursive: true })
    expect(await clone.bring({ npm_config_offline: 'true' })).toBe(path)
    expect(clone.countDownloads()).toBe(1)
  })

  test('brings one tool when two commands start at once', async () => {
    const [first, second] = await Promise.all([clone.bring(), clone.bring()])
    expect(first).toBe(second)
    expect(readdirSync(join(clone.folder, 'tooling/toolchain/.brought'))).toHaveLength(1)
  })

  test('needs no home that it can write to', async () => {
    const path = await clone.bring({ HOME: '/dev/null/home', npm_config_cache: '/dev/null/home/.npm' })
    expect(existsSync(path)).toBe(true)
    // The cache of that one install is not kept.
    expect(readdirSync(path.slice(0, path.indexOf('/node_modules/'))).sort()).toEqual([
      'node_modules',
      'package-lock.json',
      'package.json',
    ])
  })
})
