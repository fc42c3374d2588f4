import { openSupabase } from '@latchkey/core/imports/supabase/source'
import type { Command } from '../../command.ts'
import { importCommand } from './import-command.ts'
import { requireUrl } from './require-url.ts'

const SETTING = 'SUPABASE_DATABASE_URL'

export const IMPORT_SUPABASE: Command = importCommand({
  name: 'import supabase',
  summary: `Move the users of a Supabase project in, whose database is ${SETTING}`,
  usage: '[options]',
  options: { schema: { type: 'string', help: 'The schema of its tables; auth when left out.' } },
  words: { min: 0, max: 0 },
  plan:
    ({ options: given }) =>
    ({ config, source }) =>
      openSupabase(requireUrl(SETTING, config.importUrls.supabase), {
        schema: given.schema === undefined ? undefined : String(given.schema),
        source: source ?? undefined,
      }),
})
