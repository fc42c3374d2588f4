import type { ImportOutcome } from '@latchkey/core/imports/run-import'
import type { Answer } from '../../command.ts'
import { formatTable } from '../../table.ts'

/** Tells what a run has come to: every count, what the operator has to do next, and why it has stopped. */
export function describeOutcome(outcome: ImportOutcome, { final }: { final: boolean }): Answer {
  const { id, source, counts, facts, firstExternalId, stops } = outcome
  const rows = Object.entries({ ...facts, ...counts }).map(([name, count]) => [name, String(count)])
  const lines = [
    id === null ? `Nothing was written. The source is ${source}.` : `Import ${id} of ${source} is done.`,
    '',
    formatTable(['what', 'count'], rows),
    '',
    ...describeNext(outcome, final),
  ]
  return {
    text: lines.join('\n').trimEnd(),
    data: {
      id,
      source,
      counts: Object.entries(counts).map(toCount),
      facts: Object.entries(facts).map(toCount),
      firstExternalId,
      stops,
    },
    ...(stops.length > 0 && { failure: ['Nothing was written:', ...stops].join('\n') }),
  }
}

/** Names of counts are data, so the names of JSON are not made of them. */
function toCount([name, count]: [string, number | string]) {
  return { name, count }
}

function describeNext({ id, counts, firstExternalId, stops }: ImportOutcome, final: boolean): string[] {
  const lines: string[] = []
  if (firstExternalId !== null) {
    const given = id !== null && final ? 'get' : 'will get, after the final run,'
    lines.push(`New users ${given} the ids from ${firstExternalId} on for other services.`)
  }
  if (!counts['role 900']) {
    lines.push(
      'No user of the source is a superuser (900). Make one: latchkey user set-role <address> superuser',
    )
  }
  if (id !== null && !final) lines.push('Old tokens are refused until a run with --final has finished.')
  if (id === null && stops.length === 0)
    lines.push('Run the same command without --dry-run to move the users in.')
  return lines
}
