import ts from 'typescript'
import { type Change, MUTATORS, nameAround } from './mutators.ts'

/** One small change of one file. */
export interface Mutant {
  /** Relative to the root of the repository. */
  file: string
  kind: string
  /** The function around it. */
  within: string
  line: number
  start: number
  end: number
  original: string
  replacement: string
  /** A statement is left out. An expression has another value. */
  shape: 'statement' | 'expression'
  /** Whether an expression is the first thing of a statement. */
  isAtStart: boolean
  /** Mutants of the same text in the same function are numbered from 1. */
  twin: number
}

/** Finds the mutants of a file, in the order of the file. */
export function findMutants(file: string, text: string): Mutant[] {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const found = new Map<string, Mutant>()
  const visit = (node: ts.Node) => {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node)) return
    for (const [kind, mutate] of Object.entries(MUTATORS)) {
      for (const change of mutate(node)) {
        const mutant = describe(change, { file, kind, tree })
        const key = `${mutant.start} ${mutant.end} ${mutant.replacement}`
        if (!found.has(key)) found.set(key, mutant)
      }
    }
    ts.forEachChild(node, visit)
  }
  ts.forEachChild(tree, visit)
  return numberTwins([...found.values()].sort((left, right) => left.start - right.start))
}

function numberTwins(mutants: readonly Mutant[]): Mutant[] {
  const counts = new Map<string, number>()
  return mutants.map((mutant) => {
    const name = nameMutant(mutant)
    const twin = (counts.get(name) ?? 0) + 1
    counts.set(name, twin)
    return { ...mutant, twin }
  })
}

function describe(
  { node, text }: Change,
  { file, kind, tree }: { file: string; kind: string; tree: ts.SourceFile },
): Mutant {
  const start = node.getStart()
  const line = tree.getLineAndCharacterOfPosition(start).line + 1
  const place = { line, start, end: node.getEnd() }
  const shape = ts.isStatement(node) ? 'statement' : 'expression'
  const isAtStart = shape === 'expression' && isFirstOfStatement(node, start)
  const texts = { original: node.getText(), replacement: text }
  return { file, kind, within: nameAround(node), ...place, ...texts, shape, isAtStart, twin: 1 }
}

function isFirstOfStatement(node: ts.Node, start: number): boolean {
  for (let at = node; at && !ts.isBlock(at); at = at.parent) {
    if (at.getStart() !== start) return false
    if (ts.isExpressionStatement(at)) return true
  }
  return false
}

/** Writes the text of a file with a mutant in it. */
export function applyMutant(text: string, { start, end, replacement }: Mutant): string {
  return text.slice(0, start) + replacement + text.slice(end)
}

/** Names a mutant by its content, so that a change elsewhere in the file leaves the name as it is. */
export function nameMutant({ file, kind, within, original, replacement, twin }: Mutant): string {
  const change = `${shorten(original)} -> ${shorten(replacement)}`
  return [file, kind, within, twin > 1 ? `${change} (${twin})` : change].join(' | ')
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > 160 ? `${line.slice(0, 157)}...` : line
}
