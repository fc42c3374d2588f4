import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { readChangedLines } from './changed-lines.ts'
import { createTestChooser } from './choose-tests.ts'
import { findMutants } from './find-mutants.ts'
import { GUARDS, NO_GUARDS } from './guards.ts'
import { readImporters } from './import-graph.ts'
import type { Numbered } from './instrument.ts'
import { makeScratch } from './scratch.ts'
import { tryMany, tryOneByOne } from './try-many.ts'
import { countVerdicts, openRecord, readSurvivors, type Verdict } from './verdicts.ts'

// Tries small changes of the guards, and says which of them no test notices. The exit code is 1 when too many do not.
const AIM_PERCENT = 95
/** A change in `npm run verify` gets no more than this. */
const CHANGED_MINUTES = 10
const NEAREST_TESTS = 40
/** Fewer mutants than these are tried one by one, without a run that measures what each test reaches. */
const FEW = 100

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    changed: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    minutes: { type: 'string' },
    nearest: { type: 'string', default: `${NEAREST_TESTS}` },
    record: { type: 'string' },
    every: { type: 'string', default: '1' },
  },
})
const root = join(import.meta.dirname, '../../..')
/** The texts of the guards. A run takes long, and the files may change meanwhile. */
const texts = new Map<string, string>()
const all = findAll()
const mutants = chooseMutants()
if (values.list || mutants.length === 0) {
  for (const { file, line, kind, original, replacement } of mutants)
    console.log(`${file}:${line} ${kind}: ${oneLine(original)} -> ${oneLine(replacement)}`)
  console.log(`mutants: ${mutants.length}`)
} else {
  process.exitCode = summarize(await tryAll(mutants))
  // A worker that a mutant made hang must not keep this process.
  process.exit()
}

/** The mutants of all guards, each with its number. */
function findAll(): Numbered[] {
  const exclude = [...NO_GUARDS, '**/node_modules/**']
  const files = globSync([...GUARDS], { cwd: root, exclude }).map((file) => file.replaceAll('\\', '/'))
  for (const file of files.sort()) texts.set(file, readFileSync(join(root, file), 'utf8'))
  const found = [...texts].flatMap(([file, text]) => findMutants(file, text))
  return found.map((mutant, id) => ({ ...mutant, id }))
}

/** The mutants of the files that the arguments name; all by default. */
function chooseMutants(): Numbered[] {
  const isWanted = (file: string) =>
    positionals.length === 0 || positionals.some((part) => file.includes(part))
  const isChanged = values.changed ? readChangedLines(root) : () => true
  if (isChanged === null) console.warn('mutants: the main branch is unknown, so no change was found')
  const step = Number(values.every)
  return all
    .filter(({ file, line }) => isWanted(file) && isChanged?.(file, line))
    .filter((_, index) => index % step === 0)
}

async function tryAll(chosen: readonly Numbered[]): Promise<Verdict[]> {
  const minutes = Number(values.minutes ?? (values.changed ? CHANGED_MINUTES : Number.POSITIVE_INFINITY))
  const started = performance.now()
  console.log(`mutants: ${chosen.length} to try`)
  const scratch = makeScratch(root)
  process.chdir(scratch.folder)
  const record = values.record && resolve(root, values.record)
  const trial = {
    all,
    scratch,
    notes: record && `${record}-reach`,
    chooseTests: createTestChooser(root, readImporters(root)),
    nearest: Number(values.nearest),
    survivors: readSurvivors(join(import.meta.dirname, '../survivors.json')),
    record: openRecord(record),
    read: (file: string) => texts.get(file) ?? '',
    isTimeOver: () => performance.now() - started > minutes * 60_000,
    report: ({ name, line, verdict, by }: Verdict) =>
      console.log(`${verdict}: ${name} (line ${line})${by === undefined ? '' : `, by ${by}`}`),
  }
  try {
    return chosen.length < FEW ? await tryOneByOne(chosen, trial) : await tryMany(chosen, trial)
  } finally {
    process.chdir(root)
    scratch.remove()
  }
}

function summarize(verdicts: readonly Verdict[]): number {
  const { noticed, survived, accepted, untried, percent } = countVerdicts(verdicts)
  for (const { name, line } of verdicts.filter(({ verdict }) => verdict === 'survived'))
    console.log(`no test notices: ${name} (line ${line})`)
  const counts = `${noticed} noticed, ${survived} survived, ${accepted} accepted with a reason, ${untried} untried`
  console.log(`mutants: ${verdicts.length}: ${counts}; ${percent} % noticed, at least ${AIM_PERCENT} %`)
  return percent < AIM_PERCENT ? 1 : 0
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ')
}
