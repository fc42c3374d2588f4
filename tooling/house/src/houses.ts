/** A part of the repository whose files lie on floors. */
export interface House {
  folder: string
  /**
   * The floors, the lowest first. A floor is one or more names directly below {@link folder}: folders, or files
   * without their ending. A folder in such a folder may have a floor of its own: `pages/html`. An import may lead to
   * the same floor or to a lower one.
   */
  floors: string[][]
  /** Folders whose subfolders are separate rooms. Such a room may not import another one of its folder. */
  areas?: string[]
}

/** Every part that is drawn. Floors are checked where they are declared. */
export const HOUSES: House[] = [
  {
    folder: 'packages/core/src',
    floors: [
      ['languages'],
      ['words'],
      ['database'],
      ['tables'],
      ['services'],
      ['context'],
      ['steps'],
      ['imports'],
      ['operations'],
      ['housekeeping'],
      ['census', 'load'],
      ['core', 'prepare-database'],
      ['index'],
    ],
    areas: ['operations'],
  },
  {
    folder: 'packages/client/src',
    floors: [
      ['generated'],
      ['http'],
      ['session'],
      ['evidence', 'operations'],
      ['client'],
      ['user'],
      [
        'cookie',
        'fetch',
        'index',
        'links',
        'messages',
        'mfa',
        'react',
        'server',
        'social',
        'staff',
        'svelte',
        'vue',
      ],
      ['passkeys', 'ssr', 'trpc'],
    ],
  },
  {
    folder: 'packages/contract/src',
    floors: [
      [
        'algorithms',
        'audit-actors',
        'brand',
        'brand-colors',
        'characters',
        'cookies',
        'dpop',
        'idempotency-key',
        'ids',
        'limits',
        'naming',
        'refusals',
        'roles',
        'tags',
      ],
      [
        'settings',
        'sentences',
        'domain',
        'return-url',
        'refusal-answer',
        'page-request',
        'portal-settings',
        'landing',
      ],
      ['email', 'password-rules', 'similarity', 'text-field', 'value-fields'],
      ['fields'],
      [
        'page-fields',
        'role-field',
        'token-fields',
        'landing-field',
        'language-field',
        'answers',
        'credential-field',
        'define-operation',
        'factor-fields',
        'unfinished-sign-in',
      ],
      [
        'factor-answers',
        'mailed-link',
        'operation-types',
        'passkey-answers',
        'resolve-operation',
        'social-answers',
        'social-fields',
      ],
      ['operations'],
      ['pages', 'links'],
      ['index'],
    ],
  },
  { folder: 'packages/embedded-postgres/src', floors: [] },
  {
    folder: 'packages/languages/src',
    floors: [
      ['languages', 'memoize', 'isolate'],
      ['find-language', 'formats', 'formatters', 'message-types', 'pseudo'],
      ['translator'],
      ['index'],
    ],
  },
  { folder: 'apps/server/src', floors: [['languages', 'version'], ['doors', 'procedures'], ['process']] },
  {
    folder: 'apps/server/src/doors',
    floors: [
      ['brand', 'telemetry', 'translate', 'unavailable'],
      ['refusals', 'pages/html'],
      ['http'],
      ['trpc', 'contract-settings'],
      ['pages'],
      ['metrics', 'passkey-files', 'rest', 'portal', 'system'],
      ['docs'],
      ['app'],
    ],
  },
  {
    folder: 'apps/web/src',
    floors: [
      ['languages'],
      ['routing'],
      ['settings'],
      ['connection', 'forms', 'layout', 'session'],
      ['providers', 'second-factors'],
      ['activity', 'screens', 'staff'],
      ['app'],
      ['start'],
      ['main'],
    ],
  },
]
