import type { Command } from '../../command.ts'
import { IMPORT_DJANGO } from './django.ts'
import { IMPORT_STATUS } from './status.ts'
import { IMPORT_UNDO } from './undo.ts'

/** The sources come first, in the order of the guide. */
export const IMPORT_COMMANDS: Command[] = [IMPORT_DJANGO, IMPORT_UNDO, IMPORT_STATUS]
