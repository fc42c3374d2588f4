import { describeError } from '@latchkey/client/messages'

/** Describes a failure to the user, in one sentence. */
export function describeFailure(error: unknown): string {
  return describeError(error).message
}
