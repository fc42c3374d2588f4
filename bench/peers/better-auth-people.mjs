// Signs people up at better-auth by its own API, on a database of its own, as an application does.
// The argument is JSON: url, secret, requiresVerification, and people with email, name, password and isVerified. It prints
// the ids that better-auth gave them, one a line.
// It is plain JavaScript, because its packages are outside of the workspace.
import { betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { admin, twoFactor } from 'better-auth/plugins'
import pg from 'pg'

const { url, secret, requiresVerification, people } = JSON.parse(process.argv[2])
const mailed = new Map()
const options = {
  baseURL: 'http://localhost:9',
  secret,
  database: new pg.Pool({ connectionString: url, max: 2 }),
  emailAndPassword: { enabled: true, requireEmailVerification: requiresVerification },
  emailVerification: {
    sendOnSignUp: true,
    sendVerificationEmail: async ({ user, token }) => void mailed.set(user.email, token),
  },
  telemetry: { enabled: false },
  plugins: [admin(), twoFactor()],
}
const { runMigrations } = await getMigrations(options)
await runMigrations()
const auth = betterAuth(options)
for (const { email, name, password, isVerified } of people) {
  const { user } = await auth.api.signUpEmail({ body: { email, name, password } })
  if (isVerified) await auth.api.verifyEmail({ query: { token: mailed.get(email.toLowerCase()) } })
  if (isVerified || !requiresVerification) await auth.api.signInEmail({ body: { email, password } })
  console.log(user.id)
}
await options.database.end()
