import { execFileSync } from 'node:child_process'
import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { findDependencies, printThirdParties, THIRD_PARTY_FILE } from '../../tooling/third-party.ts'

// Compiles each file to an ES module and its declarations, so that a bundler can leave out unused files.
const here = import.meta.dirname
const typescript = createRequire(join(here, '../../package.json')).resolve('typescript/package.json')

rmSync(join(here, 'dist'), { recursive: true, force: true })
const tsc = join(typescript, '../bin/tsc')
execFileSync(process.execPath, [tsc, '-p', join(here, 'tsconfig.build.json')], { stdio: 'inherit' })

// The compiler renames imports in the code but not in the declarations.
for (const name of globSync('dist/**/*.d.ts', { cwd: here })) {
  const path = join(here, name)
  writeFileSync(path, readFileSync(path, 'utf8').replace(/(from|import\()( ?'\.[^']*)\.ts'/g, "$1$2.js'"))
}

writeFileSync(
  join(here, 'dist', THIRD_PARTY_FILE),
  printThirdParties('@latchkey/client', findDependencies(here)),
)
