import { MODEL_NAMES } from '@latchkey/core/imports/better-auth/models'
import { openBetterAuth } from '@latchkey/core/imports/better-auth/source'
import type { Command } from '../../command.ts'
import { readRole } from '../../read-role.ts'
import { UsageError } from '../../usage-error.ts'
import { importCommand } from './import-command.ts'
import { readPairs } from './read-pairs.ts'
import { requireUrl } from './require-url.ts'

const SETTING = 'BETTER_AUTH_DATABASE_URL'

export const IMPORT_BETTER_AUTH: Command = importCommand({
  name: 'import better-auth',
  summary: `Move the users of a better-auth deployment in, whose PostgreSQL is ${SETTING}`,
  usage: '[options]',
  options: {
    schema: { type: 'string', help: 'The schema of its tables; the search path of the role when left out.' },
    tables: { type: 'string', help: 'Tables of other names, by model: user=people,account=logins.' },
    columns: { type: 'string', help: 'Columns of other names, by model and field: user.email=mail.' },
    roles: { type: 'string', help: 'Roles by the words of its plugin admin: admin=superuser,editor=7.' },
  },
  words: { min: 0, max: 0 },
  plan: ({ options: given }) => {
    const roles = Object.entries(readPairs('roles', given.roles))
    const options = {
      schema: given.schema === undefined ? undefined : String(given.schema),
      tables: readModels(readPairs('tables', given.tables)),
      columns: readPairs('columns', given.columns),
      roles: Object.fromEntries(roles.map(([word, role]) => [word, readRole(role)])),
    }
    return ({ config, source }) =>
      openBetterAuth(requireUrl(SETTING, config.importUrls.betterAuth), {
        ...options,
        source: source ?? undefined,
      })
  },
})

function readModels(tables: Record<string, string>): Record<string, string> {
  const unknown = Object.keys(tables).find((name) => !MODEL_NAMES.some((model) => model === name))
  if (unknown === undefined) return tables
  throw new UsageError(`"${unknown}" is no model of --tables. The models are ${MODEL_NAMES.join(', ')}.`)
}
