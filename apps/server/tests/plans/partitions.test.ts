import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ExplainedDatabase, openExplainedDatabase } from './explained-database.ts'
import { type SentStatements, sendEverything } from './journey.ts'
import { type ExplainedStatement, listNodes } from './read-explained.ts'

const USERS = 12_000
const BATCH_ROWS = 12
const PARTS = 8

let database: ExplainedDatabase
let sent: SentStatements
beforeAll(async () => {
  database = await openExplainedDatabase(USERS, () => undefined)
  await spreadSessions(database)
  await cutEvents(database)
  sent = await sendEverything(database, BATCH_ROWS)
})
afterAll(() => database.drop())

/** Puts the sessions into partitions by their user, as a database that is spread by user would hold them. */
async function spreadSessions({ sql }: ExplainedDatabase): Promise<void> {
  await sql.unsafe(`
    alter table sessions rename to former;
    alter table former rename constraint sessions_pkey to former_pkey;
    alter index sessions_user_id rename to former_user_id;
    create table sessions (like former including defaults, primary key (id, user_id)) partition by hash (user_id);
    create index sessions_user_id on sessions (user_id);
    alter table sessions add foreign key (user_id) references users (id) on delete cascade;`)
  for (let n = 0; n < PARTS; n++) {
    await sql.unsafe(
      `create table sessions_${n} partition of sessions for values with (modulus ${PARTS}, remainder ${n})`,
    )
  }
  await sql.unsafe('insert into sessions select * from former; drop table former')
  await sql.unsafe('analyze sessions')
}

/** Puts the events into partitions by their time. Their ids begin with it, so they are the key as before. */
async function cutEvents({ sql }: ExplainedDatabase): Promise<void> {
  await sql.unsafe(`
    alter table audit_events rename to former;
    alter table former rename constraint audit_events_pkey to former_pkey;
    alter index audit_events_user_id rename to former_user_id;
    alter index audit_events_staff rename to former_staff;
    create table audit_events (like former including defaults, primary key (id)) partition by range (id);
    create index audit_events_user_id on audit_events (user_id, id);
    create index audit_events_staff on audit_events (actor_id) where actor = 'staff';`)
  const middle = '(select id from former order by id offset (select count(*) / 2 from former) limit 1)'
  const [row] = await sql.unsafe(`select ${middle}::text as id`)
  await sql.unsafe(`
    create table audit_events_0 partition of audit_events for values from (minvalue) to ('${row?.id}');
    create table audit_events_1 partition of audit_events for values from ('${row?.id}') to (maxvalue);
    insert into audit_events select * from former; drop table former`)
  await sql.unsafe('analyze audit_events')
}

/** Lists the partitions in which a statement looked for sessions. */
function listParts({ plan }: ExplainedStatement): string[] {
  const ran = listNodes(plan).filter((node) => (node['Actual Loops'] ?? 0) > 0)
  const names = ran.flatMap((node) =>
    node['Node Type'].endsWith('Scan') ? (node['Relation Name'] ?? []) : [],
  )
  return [...new Set(names.filter((name) => /^sessions_\d$/.test(name)))]
}

it('each statement of one user finds its sessions in one partition, on a server that knows of none', () => {
  const ofSessions = sent.call.filter(({ text }) => /\bsessions\b/.test(text))
  // The lists of staff show many users at once.
  const ofOneUser = ofSessions.filter(({ text }) => !/left join lateral/.test(text))
  const partsOf = Map.groupBy(ofOneUser, (statement) => listParts(statement).length)
  expect(new Set(partsOf.get(1)?.map(({ text }) => text)).size).toBeGreaterThan(15)
  expect([...partsOf.keys()].filter((parts) => parts > 1)).toEqual([])
})
