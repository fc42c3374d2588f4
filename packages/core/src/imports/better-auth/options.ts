import type { ModelName } from './find-tables.ts'

/** What an operator can say about a deployment of better-auth whose schema was changed. */
export interface BetterAuthOptions {
  /** The schema of the tables; the search path of the role unless given. */
  schema?: string
  /** Names of tables by model, as `modelName` of its configuration: `{ user: 'people' }`. */
  tables?: Partial<Record<ModelName, string>>
  /** Names of columns by model and field, as `fields` of its configuration: `{ 'user.email': 'mail' }`. */
  columns?: Record<string, string>
  /** Roles by the words of its plugin `admin`: `{ admin: 900 }`. A user of another word has role 0. */
  roles?: Record<string, number>
  /** The name of the source, where the database cannot name itself. */
  source?: string
}
