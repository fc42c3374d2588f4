/** The actor of an event: the user, staff, an operator at the command line, or an unproven caller. */
export const AUDIT_ACTORS = ['self', 'staff', 'operator', 'anyone'] as const
/** One of {@link AUDIT_ACTORS}. */
export type AuditActor = (typeof AUDIT_ACTORS)[number]
