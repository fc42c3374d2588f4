import type { Command } from './command.ts'
import { DOCTOR } from './commands/doctor.ts'
import { EXPORT_DJANGO_PASSWORDS } from './commands/export-django-passwords.ts'
import { HEALTH } from './commands/health.ts'
import { HOUSEKEEPING } from './commands/housekeeping.ts'
import { IMPORT_COMMANDS } from './commands/import/commands.ts'
import { KEY_COMMANDS } from './commands/keys.ts'
import { MAIL_COMMANDS } from './commands/mail.ts'
import { MAIL_TEMPLATE_COMMANDS } from './commands/mail-templates.ts'
import { MIGRATE } from './commands/migrate.ts'
import { SECRET_COMMANDS } from './commands/secret.ts'
import { START } from './commands/start.ts'
import { CREATE_USER } from './commands/user-create.ts'
import { CREDENTIAL_COMMANDS } from './commands/user-credentials.ts'
import { DELETE_USER } from './commands/user-delete.ts'
import { USER_COMMANDS } from './commands/users.ts'

export type { Command } from './command.ts'

export const COMMANDS: Command[] = [
  START,
  CREATE_USER,
  ...USER_COMMANDS,
  ...CREDENTIAL_COMMANDS,
  DELETE_USER,
  ...KEY_COMMANDS,
  ...SECRET_COMMANDS,
  ...MAIL_COMMANDS,
  ...MAIL_TEMPLATE_COMMANDS,
  ...IMPORT_COMMANDS,
  EXPORT_DJANGO_PASSWORDS,
  HOUSEKEEPING,
  MIGRATE,
  DOCTOR,
  HEALTH,
]
