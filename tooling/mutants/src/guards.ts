/**
 * Files whose code refuses, counts, locks or ends something. Each of their mutants must make a test fail.
 *
 * What opens and closes a process, names a device, chooses between a page and JSON, or only tells the operator something
 * is no guard.
 */
export const GUARDS: readonly string[] = [
  'packages/core/src/core.ts',
  'packages/core/src/housekeeping/*.ts',
  'packages/core/src/operations/**/*.ts',
  'packages/core/src/services/{decoys,hash-queue,hasher,read-check}.ts',
  'packages/core/src/services/foreign-hashes/*.ts',
  'packages/core/src/words/foreign-hashes/*.ts',
  'packages/core/src/services/{dpop,keys,throttle}/*.ts',
  'packages/core/src/services/providers/**/*.ts',
  'packages/core/src/services/mail/{dev-mailbox,safe-values,sealed-mail,smtp-options}.ts',
  'packages/core/src/steps/*.ts',
  'packages/core/src/tables/{locks,purge}.ts',
  'packages/core/src/tables/*/*.ts',
  'packages/core/src/words/{claims,clean-name,loopback,network,page,password-rules,proven-levels,truncate-ip,usable-password}.ts',
  'packages/contract/src/{email,page-request,password-rules,return-url,similarity,social-fields,text-field,value-fields}.ts',
  'packages/client/src/social/*.ts',
  'apps/server/src/doors/{refusals,system}.ts',
  'apps/server/src/doors/{http,pages,rest,trpc}/*.ts',
  'apps/server/src/procedures/*/*.ts',
  'apps/server/src/process/config/{provider-faults,provider-values,providers}.ts',
  'apps/server/src/process/config/{addresses,cookie-faults,production,proofs,proxies,refresh-cookie,secrets}.ts',
]

/** Files that only describe (schemas, columns, types, indexes), and files beside the guards that guard nothing. */
export const NO_GUARDS: readonly string[] = [
  '**/*.test.ts',
  '**/test-*.ts',
  '**/schema.ts',
  '**/columns.ts',
  '**/index.ts',
  'apps/server/src/doors/http/{drain,prefer,prefers-page,report-origins,report-other-site,require-free-port}.ts',
  'apps/server/src/doors/pages/{refusal-view,view}.ts',
  'apps/server/src/doors/trpc/{base,meta}.ts',
  'packages/core/src/services/throttle/ask-redis.ts',
  'packages/core/src/steps/summarize-session.ts',
]

/** The tests that judge. Those of browsers, proxies and guides go through the same guards, slowly. */
export const JUDGES: readonly string[] = [
  'packages/{core,contract}/**/*.test.ts',
  'packages/client/tests/*social*.test.ts',
  'apps/server/**/*.test.ts',
]
export const NO_JUDGES: readonly string[] = ['**/node_modules/**', '**/{browser,document,guides,proxies}/**']

/** Tests that are too long for a run of many mutants, or that reach the guards in processes of their own. */
export const SLOW_JUDGES: readonly string[] = [
  'apps/server/tests/{bundle,cli,comings-and-goings,lost-database,migrate-command,process,silent-database}.test.ts',
  'apps/server/tests/hostile/{garbage,growth,sequences,shared-counters}.test.ts',
  'apps/server/tests/mail/smtp.test.ts',
  'packages/core/src/services/mail/{delivery,killed-process}.test.ts',
  'packages/core/tests/{session-model,session-races}.test.ts',
]

/**
 * Tests that judge some guards before others do, because they reach the guard through HTTP or through a process.
 * Otherwise the tests with the shortest way of imports to the file come first.
 */
export const FIRST_JUDGES: readonly { guards: string; tests: readonly string[] }[] = [
  {
    guards: 'apps/server/src/doors/trpc/*.ts',
    tests: [
      'apps/server/tests/guard.test.ts',
      'apps/server/tests/trpc-door.test.ts',
      'apps/server/tests/parity.test.ts',
    ],
  },
  {
    guards: 'apps/server/src/doors/{http,rest}/*.ts',
    tests: [
      'apps/server/tests/cookie-mode.test.ts',
      'apps/server/tests/guard.test.ts',
      'apps/server/tests/headers.test.ts',
      'apps/server/tests/early-answers.test.ts',
      'apps/server/tests/hostile/bodies.test.ts',
    ],
  },
  {
    guards: 'apps/server/src/doors/{http/{request-id,routes,wrap-request},trpc/{mount,watch-call}}.ts',
    tests: [
      'apps/server/tests/faults.test.ts',
      'apps/server/tests/seeing/log.test.ts',
      'apps/server/tests/seeing/metrics.test.ts',
      'apps/server/tests/seeing/traces.test.ts',
    ],
  },
  {
    guards: 'apps/server/src/doors/trpc/{guards,implement}.ts',
    tests: [
      'apps/server/tests/all-faults.test.ts',
      'apps/server/tests/cookie-mode.test.ts',
      'apps/server/tests/hostile/too-often.test.ts',
      'apps/server/tests/mfa/flows.test.ts',
      'apps/server/tests/mfa/reauthenticate.test.ts',
      'apps/server/tests/optional-session.test.ts',
      'apps/server/tests/proof/opening.test.ts',
      'apps/server/tests/retries/idempotency-key.test.ts',
    ],
  },
  {
    guards: 'apps/server/src/doors/trpc/mount.ts',
    tests: ['apps/server/tests/cookie-mode.test.ts', 'apps/server/tests/hostile/cross-site.test.ts'],
  },
  {
    guards: 'apps/server/src/doors/rest/*.ts',
    tests: [
      'apps/server/tests/conventions.test.ts',
      'apps/server/tests/mail/pages.test.ts',
      'apps/server/tests/optional-session.test.ts',
      'apps/server/tests/parity.test.ts',
    ],
  },
  {
    guards: 'apps/server/src/doors/pages/*.ts',
    tests: [
      'apps/server/tests/mail/landing-elsewhere.test.ts',
      'apps/server/tests/mail/pages.test.ts',
      'apps/server/tests/mail/portal-landings.test.ts',
      'apps/server/tests/mail/prefetch.test.ts',
      'apps/server/tests/mail/two-links.test.ts',
    ],
  },
  {
    guards: 'apps/server/src/process/**/*.ts',
    tests: ['apps/server/tests/settings.test.ts', 'apps/server/tests/process.test.ts'],
  },
  {
    guards: 'packages/core/src/steps/record-event.ts',
    tests: ['packages/core/tests/growth-of-events.test.ts'],
  },
  {
    guards: 'packages/core/src/tables/audit-events/*.ts',
    tests: ['packages/core/tests/import-strangers.test.ts'],
  },
  {
    guards: 'packages/core/src/tables/**/*.ts',
    tests: [
      'packages/core/tests/late-sign-ins.test.ts',
      'packages/core/tests/row-locks.test.ts',
      'packages/core/tests/mailed-links.test.ts',
      'packages/core/tests/staff-rules.test.ts',
    ],
  },
]
