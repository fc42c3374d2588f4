import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { Load, Measurement } from './measure.ts'
import { HASH_THREADS } from './start-process.ts'

/** A separate process that runs tasks on command, and runs no other code. */
export interface Worker<Task extends string> {
  pid: number
  /** Runs one task under a load and returns its speed. */
  run(task: Task, load: Load): Promise<Measurement>
  stop(): void
}

/** The tasks of a worker, by name. */
export type Tasks<Task extends string> = Record<Task, (load: Load) => Promise<Measurement>>

/**
 * Starts a worker.
 *
 * @param file - its module, by its place in the folder of this file; it calls {@link serveTasks}
 * @param options - its options; it gets them as JSON in its first argument
 * @throws {Error} the process ends, also later, during a task
 */
export async function startWorker<Task extends string>(file: string, options: object): Promise<Worker<Task>> {
  const child = fork(join(import.meta.dirname, file), [JSON.stringify(options)], {
    // The threads of a server, so that a bare loop hashes on as many.
    env: { ...process.env, UV_THREADPOOL_SIZE: HASH_THREADS },
  })
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

/** Runs in a worker the tasks that its parent names, one after the other. */
export function serveTasks<Task extends string>(tasks: Tasks<Task>): void {
  process.on('message', async ({ task, load }: { task: Task; load: Load }) => {
    process.send?.(await tasks[task](load))
  })
  process.on('disconnect', () => process.exit())
  process.send?.('ready')
}
