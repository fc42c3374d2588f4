import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

/** A hand-written file. */
export interface Source {
  /** Relative to the root of the repository, with forward slashes. */
  path: string
  isTest: boolean
  tree: ts.SourceFile
  /** Every identifier. Comments and texts have none. */
  names: ReadonlySet<string>
  /** The identifiers that are a key of an object or of a type. */
  keys: ReadonlySet<string>
}

const GENERATED = /(?:^|\/)(?:node_modules|generated)\//
const TEST = /\.test\.tsx?$|(?:^|\/)test-[\w-]+\.ts$/

/** Reads the hand-written files below some folders of a repository. */
export function readSources(root: string, folders: readonly string[]): Source[] {
  const found = folders.flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root }))
  const paths = found.map((path) => path.replaceAll('\\', '/')).filter((path) => !GENERATED.test(path))
  return paths.sort().map((path) => parseSource(path, readFileSync(join(root, path), 'utf8')))
}

/** Makes a source of the text of a file. */
export function parseSource(path: string, text: string): Source {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const nodes = listNodes(tree)
  return {
    path,
    isTest: TEST.test(path),
    tree,
    names: new Set(nodes.filter(ts.isIdentifier).map(({ text: name }) => name)),
    keys: new Set(nodes.flatMap(listKeys)),
  }
}

/** Lists the nodes of a syntax tree, each node before the nodes in it. */
export function listNodes(root: ts.Node): ts.Node[] {
  const nodes = [root]
  ts.forEachChild(root, (child) => {
    nodes.push(...listNodes(child))
  })
  return nodes
}

function listKeys(node: ts.Node): string[] {
  const isKeyed =
    ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node) || ts.isPropertySignature(node)
  return isKeyed && ts.isIdentifier(node.name) ? [node.name.text] : []
}
