import { globSync, readFileSync } from 'node:fs'
import ts from 'typescript'

/** The lengths of files and functions, in lines. */
export interface CodeSize {
  fileP90: number
  functionMedian: number
  functionP90: number
  /** In percent. */
  functionsOver50: number
}

const LEFT_OUT = /(?:^|\/)(?:node_modules|dist|generated|migrations|tests?|testkit)\/|\.test\.tsx?$|\.d\.ts$/

/** Measures the source files below some folders, without tests and generated files. */
export function measureCode(folders: string[]): CodeSize {
  const paths = folders.flatMap((folder) => globSync(`${folder}/**/src/**/*.{ts,tsx}`))
  const files = paths.map((path) => path.replaceAll('\\', '/')).filter((path) => !LEFT_OUT.test(path))
  const texts = files.map((path) => [path, readFileSync(path, 'utf8')] as const)
  const functions = texts.flatMap(([path, text]) => measureFunctions(path, text))
  const long = functions.filter((lines) => lines > 50).length
  return {
    fileP90: quantile(
      texts.map(([, text]) => text.split('\n').length - 1),
      0.9,
    ),
    functionMedian: quantile(functions, 0.5),
    functionP90: quantile(functions, 0.9),
    functionsOver50: Math.round((1000 * long) / functions.length) / 10,
  }
}

/** Measures each function that has a name and a body. */
function measureFunctions(path: string, text: string): number[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const lengths: number[] = []
  const lineOf = (position: number) => file.getLineAndCharacterOfPosition(position).line
  const visit = (node: ts.Node): void => {
    if (isNamedFunction(node)) lengths.push(lineOf(node.end) - lineOf(node.getStart(file)) + 1)
    ts.forEachChild(node, visit)
  }
  visit(file)
  return lengths
}

function isNamedFunction(node: ts.Node): boolean {
  if (!ts.isFunctionLike(node) || !('body' in node) || !node.body) return false
  const isBlock = ts.isBlock(node.body as ts.Node)
  return isBlock && (node.name !== undefined || ts.isVariableDeclaration(node.parent))
}

function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}
