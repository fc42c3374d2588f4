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
  [ts.SyntaxKind.LessThanToken]: '>=',
  [ts.SyntaxKind.LessThanEqualsToken]: '>',
  [ts.SyntaxKind.GreaterThanToken]: '<=',
  [ts.SyntaxKind.GreaterThanEqualsToken]: '<',
}

/**
 * The kinds of mutants. A kind is what somebody could take away without an error of the compiler.
 *
 * A mutant is left out when a test that notices another mutant notices it too: the value of both differs from the right
 * one in the same case. So a part of a condition is left out, and is not turned round as well.
 */
export const MUTATORS: Record<string, Mutator> = {
  condition: (node) => {
    // `if (true)` would refuse every caller, which any test notices.
    if (ts.isIfStatement(node)) return fix(node.expression, ['false'])
    return ts.isConditionalExpression(node) ? fix(node.condition, ['false', 'true']) : []
  },
  operand: (node) => {
    const operator = readLogical(node)
    if (!operator || readLogical(node.parent) === operator) return []
    const terms = listTerms(node, operator)
    return terms.map((dropped) => {
      const kept = terms.filter((term) => term !== dropped)
      return change(node, kept.map((term) => term.getText()).join(` ${operator} `))
    })
  },
  comparison: (node) => {
    if (!ts.isBinaryExpression(node)) return []
    const opposite = OPPOSITES[node.operatorToken.kind]
    return opposite && !isCovered(node)
      ? [change(node, `${node.left.getText()} ${opposite} ${node.right.getText()}`)]
      : []
  },
  negation: (node) =>
    ts.isPrefixUnaryExpression(node) &&
    node.operator === ts.SyntaxKind.ExclamationToken &&
    !isCovered(node) &&
    !ts.isPrefixUnaryExpression(node.parent)
      ? [change(node, node.operand.getText())]
      : [],
  call: (node) => {
    if (!ts.isExpressionStatement(node) || LOGGED.test(node.getText()) || isOnlyStatement(node)) return []
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
    const body = findAnswer(node)
    return body && !isLiteral(body) ? fix(body, ['true', 'false']) : []
  },
}

function change(node: ts.Node, text: string): Change {
  return { node, text }
}

/** Fixes the value of a condition. A value that a part of the condition alone could give is left to the kind `operand`. */
function fix(condition: ts.Expression, values: readonly string[]): Change[] {
  const operator = readLogical(condition)
  const covered = operator === '&&' ? 'true' : 'false'
  return values
    .filter((value) => operator === null || value !== covered)
    .map((value) => change(condition, value))
}

function readLogical(node: ts.Node): '&&' | '||' | null {
  if (!ts.isBinaryExpression(node)) return null
  const { kind } = node.operatorToken
  if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return '&&'
  return kind === ts.SyntaxKind.BarBarToken ? '||' : null
}

/** Lists the parts of `a && b && c`. */
function listTerms(node: ts.Node, operator: '&&' | '||'): ts.Node[] {
  if (!ts.isBinaryExpression(node) || readLogical(node) !== operator) return [node]
  return [...listTerms(node.left, operator), ...listTerms(node.right, operator)]
}

/** Answers whether a node is all of a condition, a part of one, or an answer. Other kinds change it there. */
function isCovered(node: ts.Node): boolean {
  const { parent } = node
  if (ts.isIfStatement(parent)) return parent.expression === node
  if (ts.isConditionalExpression(parent)) return parent.condition === node
  return readLogical(parent) !== null || findAnswer(parent) === node
}

/** What is all of an `if` goes with its condition. */
function isOnlyStatement({ parent }: ts.Node): boolean {
  if (ts.isIfStatement(parent)) return !parent.elseStatement
  return ts.isBlock(parent) && parent.statements.length === 1 && isOnlyOfIf(parent)
}

function isOnlyOfIf({ parent }: ts.Block): boolean {
  return ts.isIfStatement(parent) && !parent.elseStatement
}

function dropMethod(node: ts.Node, names: readonly string[]): Change[] {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return []
  const { name, expression } = node.expression
  if (!names.includes(name.text)) return []
  // Without one term of `and(…)`, the statement reaches rows that it must not reach, as it does without all of them.
  return isJunction(node.arguments[0], /^and$/) ? [] : [change(node, expression.getText())]
}

/** Drops each argument of `and(…)` and of `or(…)`. */
function dropTerms(node: ts.Node): Change[] {
  if (!isJunction(node)) return []
  return node.arguments.map((argument) =>
    ts.isSpreadElement(argument) ? change(argument.expression, '[]') : change(argument, 'undefined'),
  )
}

function isJunction(node: ts.Node | undefined, name = /^(?:and|or)$/): node is ts.CallExpression {
  return (
    !!node && ts.isCallExpression(node) && name.test(node.expression.getText()) && node.arguments.length > 1
  )
}

/** The answer of a function whose name is a question. */
function findAnswer(node: ts.Node): ts.Expression | null {
  if (!/^(?:is|has|may|can)[A-Z]/.test(nameAround(node))) return null
  if (ts.isReturnStatement(node)) return node.expression ?? null
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
