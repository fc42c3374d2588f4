import type { Answer, Command } from '../command.ts'
import { openExam } from '../doctor/exam.ts'
import { countOf, examine } from '../doctor/examine.ts'
import { formatTable } from '../table.ts'

/** Looks at a deployment from inside. It reads the settings by itself, because their mistakes are findings. */
export const DOCTOR: Command = {
  name: 'doctor',
  summary: 'Check settings, database, mail server and proxy, and say how to mend what is wrong',
  usage: '',
  options: {},
  words: { min: 0, max: 0 },
  plan: () => diagnose,
}

async function diagnose(): Promise<Answer> {
  const exam = openExam()
  try {
    const findings = await examine(exam)
    const rows = findings.map(({ verdict, check, told }) => [verdict, check, told])
    const text = formatTable(['verdict', 'check', 'what was seen'], rows)
    const count = countOf('mend', findings)
    if (count === 0) return { text, data: { findings } }
    return { text, data: { findings }, failure: `To mend: ${count}.` }
  } finally {
    await exam.close()
  }
}
