import type { Signals, StepKind, Watch } from '../../src/words/watch.ts'

type Note = { [Name in keyof Signals]: [Name, Signals[Name]] }[keyof Signals]

/** A watch that remembers what it heard. */
export interface RecordingWatch extends Watch {
  notes: Note[]
  steps: [kind: StepKind, name: string][]
}

export function recordWatch(): RecordingWatch {
  const notes: Note[] = []
  const steps: RecordingWatch['steps'] = []
  return {
    notes,
    steps,
    note: (name, details) => void notes.push([name, details] as Note),
    step: (kind, name, work) => {
      steps.push([kind, name()])
      return work()
    },
  }
}
