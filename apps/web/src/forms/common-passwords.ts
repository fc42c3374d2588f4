let list: Promise<ReadonlySet<string>> | undefined

/**
 * Loads the commonly used passwords, at the first use: the list of the server.
 *
 * The build leaves out those that another rule refuses anyway (vite.config.ts).
 */
export function loadCommonPasswords(): Promise<ReadonlySet<string>> {
  list ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set(dictionary['passwords-common']),
  )
  // A load that failed is tried again at the next use.
  list.catch(() => {
    list = undefined
  })
  return list
}
