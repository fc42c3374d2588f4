import { listImports } from '@latchkey/core/imports/list-imports'
import { type Command, type Domain, onDomain } from '../../command.ts'
import { formatTable } from '../../table.ts'

export const IMPORT_STATUS: Command = {
  name: 'import status',
  summary: 'List the imports, the latest first',
  usage: '',
  options: {},
  words: { min: 0, max: 0 },
  plan: () => onDomain(list),
}

async function list({ ctx }: Domain) {
  const imports = await listImports(ctx)
  const rows = imports.map(({ id, source, kind, startedAt, finishedAt, final, counts }) => [
    ...[id, source, kind, startedAt.toISOString(), finishedAt?.toISOString() ?? 'not finished'],
    ...[final ? 'yes' : 'no', String(counts.users ?? ''), String(counts.sessions ?? '')],
  ])
  const head = ['import', 'source', 'kind', 'started', 'finished', 'final', 'users', 'sessions']
  return {
    text: formatTable(head, rows),
    data: {
      imports: imports.map((run) => ({
        ...run,
        counts: Object.entries(run.counts).map(([name, count]) => ({ name, count })),
      })),
    },
  }
}
