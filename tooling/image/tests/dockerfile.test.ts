import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { validate } from 'dockerfile-utils'
import { describe, expect, it } from 'vitest'
import { listImages, readDockerfile, takePackage } from '../src/dockerfile.ts'

const root = join(import.meta.dirname, '../../..')
const read = (name: string) => readFileSync(join(root, name), 'utf8')
const text = read('Dockerfile')
const file = readDockerfile(text)
const last = file.stages.at(-1)?.text ?? ''

describe('the Dockerfile', () => {
  it('has no finding of dockerfile-utils, also with the package of a test', () => {
    expect(validate(text).map(({ message }) => message)).toEqual([])
    expect(validate(takePackage(file, 'latchkey-1.0.0.tgz')).map(({ message }) => message)).toEqual([])
    expect(validate(text.replace('EXPOSE 3000', 'EXPOSE many'))).toHaveLength(1)
  })

  it('has the Node of the toolchain, and bases with a version in their names', () => {
    const [lock] = globSync('tooling/toolchain/node/package-lock.json', { cwd: root })
    const { packages } = JSON.parse(read(lock ?? '')) as { packages: Record<string, { version: string }> }
    const version = Object.entries(packages).find(([name]) => name.endsWith('linux-x64'))?.[1].version
    expect(listImages(file)).toEqual([
      `docker.io/library/node:${version}-bookworm-slim`,
      'gcr.io/distroless/cc-debian12:nonroot',
    ])
  })

  it('runs no shell in the last stage, and starts as a user by number who is not root', () => {
    expect(last).not.toMatch(/^RUN /m)
    expect(last).toMatch(/^USER 65532:65532$/m)
    for (const name of ['ENTRYPOINT', 'CMD']) expect(last).toMatch(new RegExp(`^ *${name} \\[".*"\\]$`, 'm'))
    expect(last).toMatch(/^ {2}CMD \[.*"health"\]$/m)
  })

  it('gets no secret and no build of this machine: what git ignores is ignored', () => {
    const ignored = read('.dockerignore').split('\n')
    const wanted = read('.gitignore')
      .split('\n')
      .filter((line) => line !== '' && line !== '.env.*')
      // An exception names files that git knows. The image may go without them.
      .filter((line) => !line.startsWith('!'))
    // Files that a build writes again, and pictures, may be there.
    const harmless = ['tooling/guides/code/', 'packages/client/*/package.json']
    const missing = wanted
      .filter((line) => !harmless.includes(line))
      .filter((line) => {
        const bare = line.replaceAll(/^\/|\/$/g, '')
        return !ignored.includes(bare) && !ignored.includes(`**/${bare}`)
      })
    expect(missing).toEqual([])
    expect(ignored).toContain('.git')
  })
})
