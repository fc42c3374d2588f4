import { type Check, type Finding, good, look, mend } from './check.ts'

const OLDEST = 14
const NEWEST = 18

export const SERVER_VERSION: Check = {
  name: 'PostgreSQL',
  examine: async ({ client }) => {
    const [row] = await (await client()).unsafe(
      "select current_setting('server_version') as told, current_setting('server_version_num')::int as number",
    )
    return [judgeVersion(String(row?.told), Math.floor(Number(row?.number) / 10_000))]
  },
}

/** The tests of the server run on the oldest and on the newest version. */
export function judgeVersion(told: string, major: number): Finding {
  if (major < OLDEST) return mend(`version ${told} is too old; upgrade to one from ${OLDEST} to ${NEWEST}`)
  if (major > NEWEST) return look(`version ${told} is newer than the tested ones, ${OLDEST} to ${NEWEST}`)
  return good(`version ${told}`)
}
