export { createFetch, type FetchOptions } from './create-fetch.ts'
