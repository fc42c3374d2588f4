import { loadDjangoDump } from '@latchkey/testkit/django-dump'
import postgres from 'postgres'

/** The ids of the dump's own users end below it. */
const FIRST_ID = 1000

/**
 * Makes a database of django-jwt-allauth with generated users and a live session of each.
 *
 * One in ten addresses is unverified, and one user in a hundred is inactive. Names have letters of three scripts.
 *
 * @param url - an empty database
 */
export async function makeSource(url: string, users: number): Promise<void> {
  await loadDjangoDump(url)
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  const last = FIRST_ID + users - 1
  try {
    await sql`
      insert into jwt_allauth_jauser (id, password, last_login, is_superuser, username, first_name, last_name, email,
        is_staff, is_active, date_joined, role)
      select n, 'pbkdf2_sha256$1000000$' || substr(md5('salt' || n), 1, 22) || '$'
          || encode(sha256(n::text::bytea), 'base64'),
        now() - n * interval '1 second', false, 'user' || n,
        (array['Ada', 'Łukasz', '李'])[n % 3 + 1], 'Person ' || n, 'User' || n || '@example.com',
        false, n % 100 <> 0, now() - interval '3 years' + n * interval '1 second', 0
      from generate_series(${FIRST_ID}::int, ${last}::int) n`
    await sql`
      insert into account_emailaddress (id, email, verified, "primary", user_id)
      select id, email, id % 10 <> 1, true, id from jwt_allauth_jauser where id >= ${FIRST_ID}`
    await sql`
      insert into jwt_allauth_refreshtokenwhitelistmodel (id, created, ip, browser, os, jti, enabled, session, user_id)
      select id, now() - interval '1 day', '203.0.113.7', 'Firefox', 'Linux', md5('jti' || id), true,
        md5('session' || id), id
      from jwt_allauth_jauser where id >= ${FIRST_ID}`
    await sql`analyze`
  } finally {
    await sql.end()
  }
}
