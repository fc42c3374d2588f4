import { serve } from '@hono/node-server'
import type { Options } from '@node-rs/argon2'
import postgres from 'postgres'
import { createRoute } from './app.ts'

/** The options of the process of the hand-written route, as JSON in its first argument. */
export interface RouteOptions {
  url: string
  port: number
  poolSize: number
  argon2: Options
}

const { url, port, poolSize, argon2 } = JSON.parse(process.argv[2] ?? '{}') as RouteOptions
const sql = postgres(url, { max: poolSize, onnotice: () => {} })
const server = serve({ fetch: createRoute(sql, argon2).fetch, port, hostname: '127.0.0.1' })
process.on('SIGTERM', () => {
  server.close(() => process.exit())
  if ('closeAllConnections' in server) server.closeAllConnections()
})
