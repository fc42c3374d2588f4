/** The role that made the cluster. It makes databases and their owner, and the server never connects as it. */
export const SUPERUSER = 'latchkey'

/** The role of the server: it owns its database, and it is no superuser. */
export const OWNER = 'latchkey_embedded'
