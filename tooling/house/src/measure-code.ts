import { globSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import { quantile } from './quantile.ts'
import { listNodes, parseSource } from './read-sources.ts'

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
  const { tree } = parseSource(path, text)
  const lineOf = (position: number) => tree.getLineAndCharacterOfPosition(position).line
  return listNodes(tree)
    .filter(isNamedFunction)
    .map((node) => lineOf(node.end) - lineOf(node.getStart(tree)) + 1)
}

function isNamedFunction(node: ts.Node): boolean {
  if (!ts.isFunctionLike(node) || !('body' in node) || !node.body) return false
  const isBlock = ts.isBlock(node.body as ts.Node)
  return isBlock && (node.name !== undefined || ts.isVariableDeclaration(node.parent))
}
