import { defineConfig } from 'orval'

const input = { target: './openapi.json' }
// The address of the server is known when the program runs.
const baseUrl = { runtime: 'globalThis.latchkeyUrl' }

export default defineConfig({
  fetch: { input, output: { target: './generated/orval/client.ts', client: 'fetch', baseUrl } },
  zod: { input, output: { target: './generated/orval/schemas.ts', client: 'zod' } },
})
