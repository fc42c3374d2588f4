import type { Command } from '../../command.ts'
import { IMPORT_BETTER_AUTH } from './better-auth.ts'
import { IMPORT_DJANGO } from './django.ts'
import { IMPORT_FILE } from './file.ts'
import { IMPORT_STATUS } from './status.ts'
import { IMPORT_SUPABASE } from './supabase.ts'
import { IMPORT_UNDO } from './undo.ts'

/** The sources come first, in the order of the guide. */
export const IMPORT_COMMANDS: Command[] = [
  IMPORT_DJANGO,
  IMPORT_FILE,
  IMPORT_BETTER_AUTH,
  IMPORT_SUPABASE,
  IMPORT_UNDO,
  IMPORT_STATUS,
]
