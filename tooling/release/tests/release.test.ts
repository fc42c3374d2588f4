import { execFileSync, spawnSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { releaseChanges } from '../src/changelog.ts'
import { git } from '../src/git.ts'
import { nameVersion } from '../src/name-version.ts'
import { findNextVersion } from '../src/next-version.ts'

const root = join(import.meta.dirname, '../../..')

describe('the next version', () => {
  it.each([
    ['patch', '1.2.4'],
    ['minor', '1.3.0'],
    ['major', '2.0.0'],
    ['1.10.0', '1.10.0'],
  ])('after 1.2.3 by %s is %s', (wish, next) => expect(findNextVersion('1.2.3', wish)).toBe(next))

  it.each(['1.2.3', '1.2.2', '0.9.9', 'v2.0.0', 'huge', '', '1.3.0-beta'])('is never %s', (wish) => {
    expect(() => findNextVersion('1.2.3', wish)).toThrow(/newer than|none of/)
  })
})

describe('a version is replaced', () => {
  it.each([
    'npm install latchkey@1.2.3',
    'dist/latchkey-client-1.2.3.tgz, then',
    'image: ghcr.io/example/latchkey:1.2.3',
    'org.opencontainers.image.version="1.2.3"',
    'app.kubernetes.io/version: "1.2.3"',
    'ln -sfn /opt/latchkey-1.2.3 /opt/latchkey',
  ])('in "%s"', (text) =>
    expect(nameVersion('page.md', text, '1.2.3', '1.3.0')).toBe(text.replace('1.2.3', '1.3.0')),
  )

  it.each(['latchkey-11.2.3', 'latchkey-1.2.34', 'postgres:1.2.3', '"version": "1.2.3"'])(
    'never in "%s"',
    (text) => {
      expect(nameVersion('page.md', text, '1.2.3', '1.3.0')).toBe(text)
    },
  )
})

it('changes that nobody has written down are no release', () => {
  expect(() =>
    releaseChanges('# Changelog\n\n## [Unreleased]\n\n## [1.0.0] - 2026-01-01\n\n- All.\n', '1.1.0', ''),
  ).toThrow(/no entry below/)
})

describe('in a scratch clone,', () => {
  let clone: string
  let start: string
  const present = (): string => JSON.parse(readFileSync(join(clone, 'package.json'), 'utf8')).version
  const release = (...words: string[]) =>
    spawnSync(process.execPath, [join(clone, 'tooling/release/src/main.ts'), ...words], { encoding: 'utf8' })

  beforeAll(() => {
    clone = mkdtempSync(join(tmpdir(), 'latchkey-release-'))
    // The files as they are now, also before they are committed.
    git(clone, 'init', '--quiet')
    const list = git(root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0')
    const files = list.filter((path) => existsSync(join(root, path)))
    const archive = execFileSync('tar', ['-c', '--null', '--files-from=-'], {
      cwd: root,
      input: files.join('\0'),
      maxBuffer: 2 ** 29,
    })
    execFileSync('tar', ['-x'], { cwd: clone, input: archive })
    for (const [name, value] of [
      ['user.name', 'Test'],
      ['user.email', 'test@example.com'],
    ])
      git(clone, 'config', name ?? '', value ?? '')
    const text = readFileSync(join(clone, 'CHANGELOG.md'), 'utf8')
    writeFileSync(
      join(clone, 'CHANGELOG.md'),
      text.replace('## [Unreleased]\n', '## [Unreleased]\n\n- A new thing.\n'),
    )
    git(clone, 'add', '--all')
    git(clone, 'commit', '--quiet', '--message', 'start')
    start = git(clone, 'rev-parse', 'HEAD')
  })
  beforeEach(() => {
    git(clone, 'reset', '--quiet', '--hard', start)
    for (const tag of git(clone, 'tag', '--list').split('\n').filter(Boolean))
      git(clone, 'tag', '--delete', tag)
  })
  afterAll(() => rmSync(clone, { recursive: true, force: true }))

  it('one command names the version everywhere, and commits and tags it with its changes', () => {
    const old = present()
    const next = findNextVersion(old, 'minor')
    const { status, stderr } = release('minor')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(present()).toBe(next)
    expect(git(clone, 'status', '--porcelain')).toBe('')
    expect(git(clone, 'rev-list', '--count', `${start}..v${next}`)).toBe('1')
    expect(git(clone, 'for-each-ref', '--format=%(objecttype) %(contents)', `refs/tags/v${next}`)).toMatch(
      /^tag Latchkey [\d.]+\n\n(?=.*- A new thing\.)/s,
    )
    const changelog = readFileSync(join(clone, 'CHANGELOG.md'), 'utf8')
    expect(changelog).toMatch(
      new RegExp(`^## \\[Unreleased\\]\n\n## \\[${next}\\] - \\d{4}-\\d\\d-\\d\\d\n\n- A new thing`, 'm'),
    )
    const ours = `latchkey[-:@a-z]*[-:@]${old.replaceAll('.', '[.-]')}|"version": "${old}"`
    const where = [
      ':!CHANGELOG.md',
      ':!docs/decisions',
      ':!*package-lock.json',
      ':!pnpm-lock.yaml',
      ':!*.ts',
      ':!tooling/toolchain',
      ':!*former-release.json',
    ]
    expect(
      spawnSync('git', ['grep', '-nE', ours, '--', ...where], { cwd: clone, encoding: 'utf8' }).stdout,
    ).toBe('')
  })

  it('a dry run says what it would do, and changes nothing', () => {
    const { status, stdout } = release('patch', '--dry-run')
    expect(status).toBe(0)
    expect(stdout).toContain('would change')
    expect(stdout).toContain('  apps/server/package.json\n')
    expect(git(clone, 'status', '--porcelain')).toBe('')
    expect([git(clone, 'rev-parse', 'HEAD'), git(clone, 'tag', '--list')]).toEqual([start, ''])
  })

  it('a changed tree, a tag that exists and an unknown word are refused, and change nothing', () => {
    appendFileSync(join(clone, 'README.md'), 'more\n')
    expect(release('minor')).toMatchObject({ status: 1, stderr: expect.stringContaining('README.md') })
    git(clone, 'checkout', '--quiet', 'README.md')
    git(clone, 'tag', `v${findNextVersion(present(), 'minor')}`)
    expect(release('minor')).toMatchObject({ status: 1, stderr: expect.stringContaining('exists') })
    expect(release('mayor')).toMatchObject({ status: 1, stderr: expect.stringContaining('none of') })
    expect(release()).toMatchObject({ status: 2, stderr: expect.stringContaining('Usage') })
    expect([git(clone, 'rev-parse', 'HEAD'), git(clone, 'status', '--porcelain')]).toEqual([start, ''])
  })
})
