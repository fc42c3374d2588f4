import ts from 'typescript'

/** A text in place of a node. */
export interface Change {
  node: ts.Node
  text: string
}

/** Lists the changes of one kind at a node. */
type Mutator = (node: ts.Node) => Change[]

/** Removing these lines changes no behaviour that a caller sees. */
const LOGGED = /^(?:await )?(?:[\w.]*\blog|console)\./
const OPPOSITES: Partial<Record<ts.SyntaxKind, string>> = {
  [ts.SyntaxKind.EqualsEqualsEqualsToken]: '!==',
  [ts.SyntaxKind.ExclamationEqualsEqualsToken]: '===',
  [ts.SyntaxKind.LessThanToken]: '<=',
  [ts.SyntaxKind.LessThanEqualsToken]: '<',
  [ts.SyntaxKind.GreaterThanToken]: '>=',
  [ts.SyntaxKind.GreaterThanEqualsToken]: '>',
}

/** The kinds of mutants. A kind is what somebody could take away without an error of the compiler. */
export const MUTATORS: Record<string, Mutator> = {
  condition: (node) => {
    // `if (true)` would refuse every caller, which any test notices.
    if (ts.isIfStatement(node)) return [change(node.expression, 'false')]
    return ts.isConditionalExpression(node)
      ? ['false', 'true'].map((text) => change(node.condition, text))
      : []
  },
  operand: (node) => {
    if (!ts.isBinaryExpression(node)) return []
    const { kind } = node.operatorToken
    const isLogical = kind === ts.SyntaxKind.AmpersandAmpersandToken || kind === ts.SyntaxKind.BarBarToken
    return isLogical ? [change(node, node.right.getText()), change(node, node.left.getText())] : []
  },
  comparison: (node) => {
    if (!ts.isBinaryExpression(node)) return []
    const opposite = OPPOSITES[node.operatorToken.kind]
    // As the whole condition of a statement, an equality is already changed by the kind `condition`.
    const isBoundary = opposite !== undefined && !opposite.endsWith('==')
    if (!opposite || (!isBoundary && isTested(node))) return []
    return [change(node, `${node.left.getText()} ${opposite} ${node.right.getText()}`)]
  },
  negation: (node) =>
    ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken && !isTested(node)
      ? [change(node, node.operand.getText())]
      : [],
  call: (node) => {
    if (!ts.isExpressionStatement(node) || LOGGED.test(node.getText())) return []
    const { expression } = node
    const called =
      ts.isAwaitExpression(expression) || ts.isVoidExpression(expression) ? expression.expression : expression
    return ts.isCallExpression(called) ? [change(node, ';')] : []
  },
  throw: (node) => (ts.isThrowStatement(node) && !isOnlyStatement(node) ? [change(node, ';')] : []),
  lock: (node) => dropMethod(node, ['for']),
  term: (node) => [...dropMethod(node, ['where', 'having', 'limit']), ...dropTerms(node)],
  flag: (node) => {
    if (ts.isLiteralTypeNode(node.parent)) return []
    if (node.kind === ts.SyntaxKind.TrueKeyword) return [change(node, 'false')]
    return node.kind === ts.SyntaxKind.FalseKeyword ? [change(node, 'true')] : []
  },
  sameSite: (node) =>
    ts.isPropertyAssignment(node) &&
    node.name.getText() === 'sameSite' &&
    ts.isStringLiteral(node.initializer)
      ? [change(node.initializer, `'None'`)]
      : [],
  bound: (node) =>
    ts.isCallExpression(node) && /^Math\.(?:min|max)$/.test(node.expression.getText())
      ? node.arguments
          .filter((argument) => !ts.isSpreadElement(argument))
          .map((argument) => change(node, argument.getText()))
      : [],
  answer: (node) => {
    const body = ts.isReturnStatement(node) ? node.expression : findAnswer(node)
    return body && /^(?:is|has|may|can)[A-Z]/.test(nameAround(node)) && !isLiteral(body)
      ? [change(body, 'true'), change(body, 'false')]
      : []
  },
}

function change(node: ts.Node, text: string): Change {
  return { node, text }
}

/** Answers whether a node is the whole condition of an `if` or of `? :`. */
function isTested(node: ts.Node): boolean {
  const { parent } = node
  return (ts.isIfStatement(parent) && parent.expression === node) || isConditionOf(parent, node)
}

function isConditionOf(parent: ts.Node, node: ts.Node): boolean {
  return ts.isConditionalExpression(parent) && parent.condition === node
}

/** A `throw` that is all of an `if` goes with its condition. */
function isOnlyStatement({ parent }: ts.Node): boolean {
  if (ts.isIfStatement(parent)) return true
  return ts.isBlock(parent) && parent.statements.length === 1 && ts.isIfStatement(parent.parent)
}

function dropMethod(node: ts.Node, names: readonly string[]): Change[] {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return []
  const { name, expression } = node.expression
  return names.includes(name.text) ? [change(node, expression.getText())] : []
}

/** Drops each argument of `and(…)` and of `or(…)`. */
function dropTerms(node: ts.Node): Change[] {
  if (!ts.isCallExpression(node) || !/^(?:and|or)$/.test(node.expression.getText())) return []
  if (node.arguments.length < 2) return []
  return node.arguments.map((argument) =>
    ts.isSpreadElement(argument) ? change(argument.expression, '[]') : change(argument, 'undefined'),
  )
}

function findAnswer(node: ts.Node): ts.Expression | null {
  return ts.isArrowFunction(node) && !ts.isBlock(node.body) ? node.body : null
}

function isLiteral({ kind }: ts.Node): boolean {
  return kind === ts.SyntaxKind.TrueKeyword || kind === ts.SyntaxKind.FalseKeyword
}

/** Names the function around a node. */
export function nameAround(node: ts.Node): string {
  for (let at: ts.Node | undefined = node; at; at = at.parent) {
    if (ts.isFunctionDeclaration(at) || ts.isMethodDeclaration(at)) return at.name?.getText() ?? ''
    if (ts.isVariableDeclaration(at) && at.initializer && ts.isArrowFunction(at.initializer))
      return at.name.getText()
  }
  return ''
}
