import { DAY_SECONDS, DEFAULT_CORE_CONFIG } from '@latchkey/core'
import { duration, flag } from './readers.ts'
import { documented, type SettingsOf } from './setting.ts'

export const auditVariables = {
  AUDIT_RETENTION: documented(duration({ minSeconds: DAY_SECONDS }), {
    default: '`365d`',
    meaning: 'how long [events](guides/operations.md#the-audit-trail) are kept; at least `1d`',
  }),
  AUDIT_TRUNCATE_IP: documented(flag(), {
    default: '`false`',
    meaning: '`true` keeps networks instead of addresses',
  }),
}

/** The settings of {@link auditVariables}, with their defaults. */
export function auditConfig(env: SettingsOf<typeof auditVariables>) {
  return {
    auditRetentionSeconds: env.AUDIT_RETENTION ?? 365 * DAY_SECONDS,
    auditTruncateIp: env.AUDIT_TRUNCATE_IP ?? DEFAULT_CORE_CONFIG.auditTruncateIp,
  }
}
