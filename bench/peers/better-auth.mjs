// better-auth as its documentation sets it up for production, on PostgreSQL and on the server of Node itself.
// Arguments: `migrate` or `serve`, then the options as JSON: url, poolSize, and for `serve` port, variant and hash.
// It is plain JavaScript, because its packages are outside of the workspace.
import { createServer } from 'node:http'
import { hash, verify } from '@node-rs/argon2'
import { betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { toNodeHandler } from 'better-auth/node'
import { jwt } from 'better-auth/plugins'
import pg from 'pg'

const [task, text] = process.argv.slice(2)
const input = JSON.parse(text)
const options = describe(input)

if (task === 'migrate') {
  const { runMigrations } = await getMigrations(options)
  await runMigrations()
  await options.database.end()
} else {
  const server = createServer(toNodeHandler(betterAuth(options)))
  server.listen(input.port, '127.0.0.1')
  process.on('SIGTERM', () => {
    server.close(() => process.exit())
    server.closeAllConnections()
  })
}

/**
 * The variants: `default`; `argon2id` with the hash of its documentation for Argon2 and with signed tokens; `cached`, where
 * reads trust a signed cookie for five minutes.
 */
function describe({ url, poolSize, port = 0, variant = 'argon2id', argon2 }) {
  const isArgon2id = variant === 'argon2id'
  return {
    baseURL: `http://localhost:${port}`,
    secret: input.secret,
    database: new pg.Pool({ connectionString: url, max: poolSize }),
    emailAndPassword: {
      enabled: true,
      ...(isArgon2id && {
        password: {
          hash: (password) => hash(password, argon2),
          verify: ({ hash: stored, password }) => verify(stored, password),
        },
      }),
    },
    // With these two a GET reads the session, and a POST moves its end each time.
    session: {
      deferSessionRefresh: true,
      updateAge: 0,
      ...(variant === 'cached' && { cookieCache: { enabled: true, maxAge: 300 } }),
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    advanced: { database: { joins: true } },
    plugins: isArgon2id ? [jwt({ jwks: { keyPairConfig: { alg: 'ES256' } } })] : [],
  }
}
