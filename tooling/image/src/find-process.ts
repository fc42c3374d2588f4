import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** The rights of a process, as the Linux kernel tells them. */
export interface ProcessRights {
  pid: number
  uid: number
  /** The capabilities that it has, in hexadecimal digits. */
  capabilities: string
  /** Whether a program that it starts can get more rights. */
  noNewPrivileges: boolean
  isRootReadOnly: boolean
}

/** Finds the process that runs in this root; null when there is none. */
export function findProcess(root: string): ProcessRights | null {
  const pid = readdirSync('/proc').find((name) => /^\d+$/.test(name) && rootOf(name) === root)
  if (pid === undefined) return null
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const read = (name: string) => new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(status)?.[1] ?? ''
  return {
    pid: Number(pid),
    uid: Number(read('Uid')),
    capabilities: read('CapEff'),
    noNewPrivileges: read('NoNewPrivs') === '1',
    // The fifth word is the place of a mount, and the sixth has its options.
    isRootReadOnly: / \/ ro[ ,]/.test(readFileSync(`/proc/${pid}/mountinfo`, 'utf8')),
  }
}

function rootOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/root`)
  } catch {
    // The process has ended.
    return ''
  }
}
