import { expect } from 'vitest'

/** The ids of the blocks that each test file runs. */
export const RUN_BY: Record<string, string[]> = {
  'guides.test.ts': [...Array.from({ length: 7 }, (_, index) => `curl/${index + 1}`), 'operations/1'],
  'react.test.ts': ['auth.ts', 'auth-cookie.ts', 'sign-in.tsx', 'app.tsx', 'main.tsx'].map(
    (file) => `react/${file}`,
  ),
  'mobile.test.ts': ['auth.ts', 'key-store.ts', 'app.tsx', 'links.ts', 'social.ts', 'latchkey.env'].map(
    (file) => `mobile/${file}`,
  ),
  'node-service.test.ts': ['app.ts', 'main.ts', 'plain.ts', 'express.ts', 'fastify.ts'].map(
    (file) => `node-service/${file}`,
  ),
  'browser.test.ts': [
    'node-service/browser.ts',
    ...['auth.ts', 'main.ts', 'app.vue', 'home.vue', 'sign-in.vue'].map((file) => `vue/${file}`),
    ...['auth.ts', 'main.ts', 'app.svelte', 'home.svelte', 'sign-in.svelte'].map((file) => `svelte/${file}`),
  ],
  'password-reset.test.ts': [
    'latchkey.env',
    'auth.ts',
    'from-mail.ts',
    'main.ts',
    'several-apps.env',
    'shop.ts',
  ].map((file) => `password-reset/${file}`),
  'deployment.test.ts': [
    'latchkey.env',
    'database.sql',
    'schema.sql',
    'pgbouncer.ini',
    'host.conf',
    'path.conf',
    'Caddyfile',
    'latchkey.service',
    'secrets.sh',
  ].map((file) => `deployment/${file}`),
  'operator.test.ts': [
    'upgrade/migrate.sh',
    ...['watch.sh', 'numbers.sql'].map((file) => `monitoring/${file}`),
    'operations/sweeps.sql',
  ],
  'backup.test.ts': ['backup.sh', 'backup-shared.sh', 'restore.sh', 'end-sessions.sh', 'lost-secret.sh'].map(
    (file) => `backup/${file}`,
  ),
  'point-in-time.test.ts': ['archive.conf', 'base-backup.sh', 'recover.sh'].map((file) => `backup/${file}`),
  'monitoring.test.ts': ['monitoring/prometheus.yml'],
  'providers.test.ts': [
    ...['return-urls.env', 'provider.mjs', 'acme.env', 'walk.sh'].map((file) => `providers/${file}`),
    ...[
      'google',
      'apple',
      'microsoft',
      'github',
      'gitlab',
      'facebook',
      'linkedin',
      'discord',
      'openid-connect',
    ].map((page) => `providers/${page}/latchkey.env`),
  ],
  'provider-sign-in.test.ts': [
    'auth.ts',
    'provider-buttons.tsx',
    'signed-in.ts',
    'connections.ts',
    'native.ts',
    'token.sh',
  ].map((file) => `provider-sign-in/${file}`),
  'your-name.test.ts': ['your-name-on-it/1', 'mails/1'],
  'errors.test.ts': ['errors/form.ts'],
  'moving-in-django.test.ts': [
    'reader.sql',
    'reader-of-providers.sql',
    'dry-run.sh',
    'import.sh',
    'stopped.conf',
    'final.sh',
    'latchkey.env',
    'switched.conf',
    'undo.sh',
    'take-back.sql',
    'take-back.sh',
  ].map((file) => `moving-in/django/${file}`),
  'moving-in-file.test.ts': [
    'export.sh',
    'dry-run.sh',
    'import.sh',
    'stream.sh',
    'auth0.sh',
    'clerk.sh',
    'firebase.sh',
    'keycloak.sh',
  ].map((file) => `moving-in/file/${file}`),
  'moving-in-databases.test.ts': [
    ...['reader.sql', 'better-auth.env', 'import.sh', 'final.sh', 'names.sh'].map(
      (file) => `moving-in/better-auth/${file}`,
    ),
    ...['supabase.env', 'import.sh', 'final.sh'].map((file) => `moving-in/supabase/${file}`),
  ],
  'second-factors.test.ts': [
    'auth.ts',
    'dialog.ts',
    'prove.ts',
    'sign-in.ts',
    'security-page.ts',
    'service.ts',
    'app.ts',
  ].map((file) => `second-factors/${file}`),
  'sessions.test.ts': ['refresh.sh', 'keyed.py', 'bound.py'].map((file) => `sessions/${file}`),
  'ssr.test.ts': [
    'auth.ts',
    'hono.ts',
    'express.ts',
    'react-router.ts',
    'hooks.server.ts',
    'page.server.ts',
  ].map((file) => `ssr/${file}`),
  'nextjs.test.ts': [
    'lib/auth.ts',
    'lib/social.ts',
    'app/social/return/route.ts',
    'proxy.ts',
    'app/actions.ts',
    'app/form.tsx',
    'app/sign-in/page.tsx',
    'app/sign-up/page.tsx',
    'app/layout.tsx',
    'app/page.tsx',
    'app/account/page.tsx',
    'app/api/sessions/route.ts',
  ].map((file) => `nextjs/${file}`),
  'services-behind.test.ts': ['services-behind/settings.py', 'services-behind/verify.py'],
  'side-by-side.test.ts': ['side-by-side/operations.ts'],
}

const ran = new Map<string, Set<string>>()

/** Notes that blocks were run. Each test file has separate notes. */
export function noteRun(...blocks: string[]): void {
  const own = ranHere()
  for (const block of blocks) own.add(block)
}

function ranHere(): Set<string> {
  const { testPath = '' } = expect.getState()
  const own = ran.get(testPath) ?? new Set()
  ran.set(testPath, own)
  return own
}

/** Fails unless a test file has run its blocks of {@link RUN_BY}. */
export function expectRun(testFile: string): void {
  expect([...ranHere()]).toEqual(expect.arrayContaining(RUN_BY[testFile] ?? ['a test file that is known']))
}
