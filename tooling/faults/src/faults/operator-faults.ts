import { execFile } from 'node:child_process'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { World } from '../world/world.ts'
import { type FaultKind, isOver } from './fault-kind.ts'

/** What an operator does beside serving servers. None of it may fail a call. */
export function listOperatorFaults(program: string): FaultKind[] {
  const command = (name: string, words: string[]): FaultKind => ({
    name,
    begin: async (world) => {
      await runCommand(program, world, words)
      return isOver(`latchkey ${words.join(' ')}`)
    },
  })
  return [command('keys_rotated', ['keys', 'rotate', '--force']), command('migration_beside', ['migrate'])]
}

/**
 * Runs the command line of the build, with the settings of the servers.
 *
 * @returns what it has printed
 */
export async function runCommand(program: string, world: World, words: string[]): Promise<string> {
  const cli = join(dirname(program), 'cli.js')
  const env = { PATH: process.env.PATH, ...world.env }
  const { stdout } = await promisify(execFile)(process.execPath, [cli, ...words], { env })
  return stdout
}
