import { DomainError } from '@latchkey/core'
import type { Command, Given, Work } from './command.ts'
import { describeRefusal } from './describe-refusal.ts'
import { UsageError } from './usage-error.ts'

/**
 * Plans a command. What it refuses here is a mistake of the command line, whichever words it uses.
 *
 * @throws {UsageError} with the name of the command
 */
export async function planCommand(command: Command, given: Given): Promise<Work> {
  try {
    return await command.plan(given)
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(error.message, command.name)
    if (error instanceof DomainError) throw new UsageError(describeRefusal(error), command.name)
    throw error
  }
}
