/** The user id that the Linux kernel shows for users of other namespaces. Every list of users has a name for it. */
const NOBODY = '65534'

/**
 * Wraps a command so that it sees itself as the user `nobody`, in a user namespace of its own.
 *
 * Containers run under user ids that the list of users does not know, and initdb refuses to work without a name.
 * PostgreSQL itself needs none. The files belong to the real user, as without the namespace. The list of users is not
 * edited. `unshare` is part of util-linux; a container may forbid it.
 */
export function lendName(command: string[]): string[] {
  return ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--', ...command]
}
