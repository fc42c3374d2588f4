import type { Sender } from '../../src/database/sender.ts'

/** How a text is sent to the driver. */
export type Way = 'alone' | 'with values' | 'in a transaction'

const PLAIN = ['select', 'with', 'insert', 'update', 'delete']
/** The known kinds of statement of each way. For a new kind, check that it works over a pool, then add it. */
export const UNDERSTOOD: Record<Way, string[]> = {
  alone: PLAIN,
  'with values': PLAIN,
  'in a transaction': [
    ...PLAIN,
    'set local',
    ...[
      'create schema',
      'create type',
      'create function',
      'create table',
      'create index',
      'alter table',
      'do',
    ],
  ],
}
/** The effect of these lasts for a session, but over a pool the next statement runs in another session. */
const NEEDS_SESSION = /\b(pg_(try_)?advisory_(un)?lock|set_config)\b/i

/** Splits a text into its statements, without quoted texts and comments. */
function splitStatements(text: string): string[] {
  const bare = text.replace(/\$(\w*)\$[\s\S]*?\$\1\$|'[^']*'|--.*|\/\*[\s\S]*?\*\//g, "''")
  return bare.split(';').flatMap((statement) => statement.trim().toLowerCase() || [])
}

/** Returns the kind of a statement, its first words: `select`, `create index`, `set local`. */
function nameKind(statement: string): string {
  return (
    /^(set local|(create|drop|alter|reindex)( \w+)( concurrently)?|\w+)/.exec(statement)?.[0] ?? statement
  )
}

function requireUnderstood(way: Way, text: string): void {
  const statements = splitStatements(text)
  for (const kind of statements.map(nameKind)) {
    if (!UNDERSTOOD[way].includes(kind)) throw new Error(`A new kind of statement, ${way}: ${kind}`)
  }
  if (statements.length > 1 && way !== 'in a transaction')
    throw new Error(`Several statements ${way}: ${text}`)
  if (NEEDS_SESSION.test(text)) throw new Error(`A statement that needs a session: ${text}`)
}

/** Wraps a sender: it passes on the known kinds, throws for any other kind, and adds every way it saw to `ways`. */
export function inspectStatements({ unsafe, begin }: Sender, ways: Set<Way>): Sender {
  const check = (way: Way, send: Sender['unsafe']): Sender['unsafe'] => {
    return async (text, values) => {
      const own = values ? 'with values' : way
      ways.add(own)
      requireUnderstood(own, text)
      return send(text, values)
    }
  }
  return {
    unsafe: check('alone', unsafe),
    begin: (work) => begin((tx) => work({ unsafe: check('in a transaction', tx.unsafe) })),
  }
}
