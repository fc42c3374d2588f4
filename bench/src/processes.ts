import { readFile } from 'node:fs/promises'

const TICKS_PER_SECOND = 100

/** Resident memory of a process in MiB; null on a machine without /proc. */
export async function readResidentMib(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const kib = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]
  return kib ? Number(kib) / 1024 : null
}

/** Seconds of processor time that these processes have used; 0 on a machine without /proc. */
export async function readCpuSeconds(pids: number[]): Promise<number> {
  const stats = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')))
  const ticks = stats.map((stat) => {
    // The name may contain any character, so count from its end: state is field 3, the times are fields 14 and 15.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return Number(fields[11] ?? 0) + Number(fields[12] ?? 0)
  })
  return ticks.reduce((sum, own) => sum + own, 0) / TICKS_PER_SECOND
}
