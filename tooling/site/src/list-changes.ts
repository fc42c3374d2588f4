import { type FSWatcher, watch } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { listPages } from './pages.ts'
import { ROOT } from './side-bar.ts'

/** An editor writes a file in several steps. */
const SETTLE_MILLISECONDS = 200

/** Tells the name of a changed page. All changes until the next question are one. */
export async function* listChanges(): AsyncGenerator<string> {
  let changed: string | null = null
  let wake = () => {}
  const folders = new Set([...listPages().keys()].map((source) => dirname(source)))
  const watchers: FSWatcher[] = [...folders].map((folder) =>
    watch(join(ROOT, folder), (_, name) => {
      if (!name?.endsWith('.md')) return
      changed = join(folder, name)
      wake()
    }),
  )
  try {
    for (;;) {
      while (changed === null) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      await setTimeout(SETTLE_MILLISECONDS)
      const name: string = changed
      changed = null
      yield name
    }
  } finally {
    for (const watcher of watchers) watcher.close()
  }
}
