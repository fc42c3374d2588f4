import type { Effect, LockLevel, TableWork } from './lock-levels.ts'

/** The lock and the work of an action of `ALTER TABLE`. The first pattern that fits counts. */
const ACTIONS: [RegExp, LockLevel, TableWork][] = [
  [/^add (constraint \w+ )?foreign key .* not valid$/i, 'SHARE ROW EXCLUSIVE', 'none'],
  [/^add (constraint \w+ )?foreign key /i, 'SHARE ROW EXCLUSIVE', 'scan'],
  [/^add (constraint \w+ )?(check|not null) .* not valid$/i, 'ACCESS EXCLUSIVE', 'none'],
  [/^add (constraint \w+ )?(check|not null)\b/i, 'ACCESS EXCLUSIVE', 'scan'],
  [/^add (constraint \w+ )?(unique|primary key) using index /i, 'ACCESS EXCLUSIVE', 'none'],
  [/^add (constraint \w+ )?(unique|primary key|exclude)\b/i, 'ACCESS EXCLUSIVE', 'index'],
  // A default that changes from row to row writes every row anew.
  [
    /^add .* default (?!now\(|current_|localtime|statement_timestamp\(|transaction_timestamp\()[^ ]*\w\(/i,
    'ACCESS EXCLUSIVE',
    'rewrite',
  ],
  [/^add .* generated .*(stored|identity)/i, 'ACCESS EXCLUSIVE', 'rewrite'],
  [/^add (column )?(if not exists )?\w+ (small|big)?serial\b/i, 'ACCESS EXCLUSIVE', 'rewrite'],
  [/^add .* (unique|primary key)\b/i, 'ACCESS EXCLUSIVE', 'index'],
  // A rule of a new column is checked in every row, and so is a foreign key whose column has a default.
  [
    /^add .* check\b|^add .* default .* references\b|^add .* references\b.* default\b/i,
    'ACCESS EXCLUSIVE',
    'scan',
  ],
  [/^validate constraint /i, 'SHARE UPDATE EXCLUSIVE', 'scan'],
  [/^(re)?set \(/i, 'SHARE UPDATE EXCLUSIVE', 'none'],
  [/^alter (column )?\w+ set statistics /i, 'SHARE UPDATE EXCLUSIVE', 'none'],
  [/^alter (column )?\w+ set not null$/i, 'ACCESS EXCLUSIVE', 'scan'],
  [/^alter (column )?\w+ (set data )?type /i, 'ACCESS EXCLUSIVE', 'rewrite'],
  [/^set (logged|unlogged|tablespace|access method)\b/i, 'ACCESS EXCLUSIVE', 'rewrite'],
  [/^attach partition /i, 'SHARE UPDATE EXCLUSIVE', 'none'],
  [/^detach partition .* concurrently$/i, 'SHARE UPDATE EXCLUSIVE', 'none'],
  [/^(en|dis)able (replica |always )?trigger /i, 'SHARE ROW EXCLUSIVE', 'none'],
]

/**
 * Reads what `ALTER TABLE` does to its table, to the tables that its foreign keys name, and to its partitions.
 *
 * An action without an entry takes the strongest lock for a moment, as PostgreSQL says of every action it does not name.
 *
 * @param actions - the text behind the name of the table
 */
export function readAlterTable(table: string, actions: string): Effect[] {
  return splitActions(actions).flatMap((action) => {
    const [, lock, work] = ACTIONS.find(([pattern]) => pattern.test(action)) ?? [
      '',
      'ACCESS EXCLUSIVE',
      'none',
    ]
    const own: Effect = { table, lock, work }
    return [own, ...readOthers(action)]
  })
}

function readOthers(action: string): Effect[] {
  const [, referenced] = / references ([\w.]+)/i.exec(action) ?? []
  const [, attached] = /^attach partition ([\w.]+)/i.exec(action) ?? []
  const [, detached] = /^detach partition ([\w.]+)/i.exec(action) ?? []
  return [
    ...(referenced ? [{ table: referenced, lock: 'SHARE ROW EXCLUSIVE', work: 'none' } as const] : []),
    ...(attached ? [{ table: attached, lock: 'ACCESS EXCLUSIVE', work: 'scan' } as const] : []),
    ...(detached ? [{ table: detached, lock: 'ACCESS EXCLUSIVE', work: 'none' } as const] : []),
  ]
}

/** Splits at the commas outside of brackets and texts. */
function splitActions(actions: string): string[] {
  const parts = ['']
  let depth = 0
  let isText = false
  for (const letter of actions) {
    if (letter === "'") isText = !isText
    if (!isText && letter === '(') depth++
    if (!isText && letter === ')') depth--
    if (letter === ',' && depth === 0 && !isText) parts.push('')
    else parts.push(`${parts.pop()}${letter}`)
  }
  return parts.map((part) => part.trim())
}
