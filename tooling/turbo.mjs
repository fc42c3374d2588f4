import { createRequire } from 'node:module'
import { join } from 'node:path'
import { root } from './toolchain.mjs'

/**
 * Finds turbo's own program.
 *
 * The `turbo` in node_modules/.bin is a script around that program, and does not pass SIGTERM on.
 */
export function findTurbo() {
  const fromTurbo = createRequire(createRequire(join(root, 'package.json')).resolve('turbo/package.json'))
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const arch = process.arch === 'x64' ? '64' : process.arch
  return fromTurbo.resolve(`@turbo/${platform}-${arch}/bin/turbo${platform === 'windows' ? '.exe' : ''}`)
}
