import { DAY_SECONDS, DEFAULT_CORE_CONFIG } from '@latchkey/core'
import { duration, flag } from './readers.ts'
import type { SettingsOf } from './setting.ts'

export const auditVariables = {
  AUDIT_RETENTION: duration({ minSeconds: DAY_SECONDS }),
  AUDIT_TRUNCATE_IP: flag(),
}

/** The settings of {@link auditVariables}, with their defaults. */
export function auditConfig(env: SettingsOf<typeof auditVariables>) {
  return {
    auditRetentionSeconds: env.AUDIT_RETENTION ?? 365 * DAY_SECONDS,
    auditTruncateIp: env.AUDIT_TRUNCATE_IP ?? DEFAULT_CORE_CONFIG.auditTruncateIp,
  }
}
