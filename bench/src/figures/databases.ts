import postgres from 'postgres'

/** A PostgreSQL for the run: the addresses of one database, for its owner and for the superuser of the cluster. */
export interface Cluster {
  url: string
  superuserUrl: string
}

/**
 * Makes a database beside the given one, with the same owner.
 *
 * @param purpose - the first part of its name
 * @returns its addresses
 */
export async function createDatabase(cluster: Cluster, purpose: string): Promise<Cluster> {
  const name = `${purpose}_${crypto.randomUUID().slice(0, 8)}`
  const sql = postgres(cluster.superuserUrl, { max: 1, onnotice: () => {} })
  try {
    await sql`create database ${sql(name)} owner ${sql(decodeURIComponent(new URL(cluster.url).username))}`
  } finally {
    await sql.end()
  }
  const at = (url: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href
  return { url: at(cluster.url), superuserUrl: at(cluster.superuserUrl) }
}

/** The processes of PostgreSQL that serve connections now. */
export async function listBackends(cluster: Cluster): Promise<number[]> {
  const sql = postgres(cluster.superuserUrl, { max: 1, onnotice: () => {} })
  try {
    const rows = await sql<
      { pid: number }[]
    >`select pid from pg_stat_activity where backend_type = 'client backend'`
    return rows.map(({ pid }) => pid)
  } finally {
    await sql.end()
  }
}
