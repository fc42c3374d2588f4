import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { Load, Measurement } from './measure.ts'

/** A process of its own that can be told to do things; nothing else runs in it. */
export interface Worker<Task extends string> {
  pid: number
  /** Does one thing under a load, and tells how fast it went. */
  run(task: Task, load: Load): Promise<Measurement>
  stop(): void
}

/** What a worker can do, by name. */
export type Tasks<Task extends string> = Record<Task, (load: Load) => Promise<Measurement>>

/**
 * Starts a worker.
 *
 * @param file - its module, beside this one; it calls {@link serveTasks}
 * @param args - its arguments, readable as `process.argv[2]` and on
 */
export async function startWorker<Task extends string>(file: string, args: string[]): Promise<Worker<Task>> {
  const child = fork(join(import.meta.dirname, file), args)
  let waiting: { resolve: (message: Measurement) => void; reject: (error: Error) => void } | null = null
  child.on('message', (message) => waiting?.resolve(message as Measurement))
  child.on('exit', (code) => waiting?.reject(new Error(`${file} ended with code ${code}.`)))
  const next = () =>
    new Promise<Measurement>((resolve, reject) => {
      waiting = { resolve, reject }
    })
  await next()
  return {
    pid: child.pid as number,
    run: (task, load) => {
      child.send({ task, load })
      return next()
    },
    stop: () => child.kill(),
  }
}

/** Does in a worker what it is told, one thing after the other. */
export function serveTasks<Task extends string>(tasks: Tasks<Task>): void {
  process.on('message', async ({ task, load }: { task: Task; load: Load }) => {
    process.send?.(await tasks[task](load))
  })
  process.on('disconnect', () => process.exit())
  process.send?.('ready')
}
