import type { ImportProgress } from '@latchkey/core/imports/options'
import { showProgress } from '../../progress.ts'

type Show = ReturnType<typeof showProgress>

const LINE_EACH = 50_000

/** Shows each step of an import as {@link showProgress} does. Where the total is not known, it shows the count. */
export function showImport(screen = process.stderr): (progress: ImportProgress) => void {
  let shown: ImportProgress['step'] | null = null
  let show: Show = () => {}
  return ({ step, done, total }) => {
    if (step !== shown) {
      shown = step
      show = total > 0 ? showProgress(step, screen) : showCount(step, screen)
    }
    show({ done, total })
  }
}

function showCount(step: string, screen: Pick<typeof process.stderr, 'write'>): Show {
  let told = 0
  return ({ done }) => {
    if (done - told < LINE_EACH) return
    told = done
    screen.write(`${step} ${done}\n`)
  }
}
