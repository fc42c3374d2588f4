import { execFileSync } from 'node:child_process'
import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { findDependencies, printThirdParties, THIRD_PARTY_FILE } from '../../tooling/third-party.ts'
import { PACKAGE, readManifest } from './packaging/manifest.ts'
import { writeCommonJs } from './packaging/write-commonjs.ts'

// Compiles each file to an ES module and its declarations, so that a bundler can leave out unused files.
const typescript = createRequire(join(PACKAGE, '../../package.json')).resolve('typescript/package.json')
const dist = join(PACKAGE, 'dist')

rmSync(dist, { recursive: true, force: true })
const tsc = join(typescript, '../bin/tsc')
execFileSync(process.execPath, [tsc, '-p', join(PACKAGE, 'tsconfig.build.json')], { stdio: 'inherit' })

// The compiler renames imports in the code but not in the declarations.
for (const name of globSync('**/*.d.ts', { cwd: dist })) {
  const path = join(dist, name)
  writeFileSync(path, readFileSync(path, 'utf8').replace(/(from|import\()( ?'\.[^']*)\.ts'/g, "$1$2.js'"))
}
await writeCommonJs(dist, readManifest())

writeFileSync(join(dist, THIRD_PARTY_FILE), printThirdParties('@latchkey/client', findDependencies(PACKAGE)))
