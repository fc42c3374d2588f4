import { z } from 'zod'
import { checkDatabaseUrl } from './database.ts'
import { documented, type SettingsOf } from './setting.ts'

/** The databases of other deployments. Only the commands of an import read them. */
export const importVariables = {
  DJANGO_DATABASE_URL: documented(z.string().transform(checkDatabaseUrl).optional(), {
    default: '–',
    meaning:
      'for `latchkey import django`: the database of the django-jwt-allauth deployment, in the form of `DATABASE_URL`; a role that may read its tables of users, addresses, refresh tokens and second factors suffices',
    secret: true,
  }),
  BETTER_AUTH_DATABASE_URL: documented(z.string().transform(checkDatabaseUrl).optional(), {
    default: '–',
    meaning:
      'for `latchkey import better-auth`: the PostgreSQL of the better-auth deployment, in the form of `DATABASE_URL`; a role that may read its tables of users, accounts and second factors suffices',
    secret: true,
  }),
  SUPABASE_DATABASE_URL: documented(z.string().transform(checkDatabaseUrl).optional(), {
    default: '–',
    meaning:
      'for `latchkey import supabase`: the database of the Supabase project, in the form of `DATABASE_URL`; the role must see every row of the schema `auth`, as `postgres` does',
    secret: true,
  }),
}

/** The settings of {@link importVariables}. */
export function importConfig(env: SettingsOf<typeof importVariables>) {
  return {
    importUrls: {
      django: env.DJANGO_DATABASE_URL ?? null,
      betterAuth: env.BETTER_AUTH_DATABASE_URL ?? null,
      supabase: env.SUPABASE_DATABASE_URL ?? null,
    },
  }
}
