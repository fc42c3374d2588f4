// Runs a bundle with the globals of React Native: node run-native.cjs <bundle> <base URL>
const { readFileSync } = require('node:fs')
const { createContext, runInContext } = require('node:vm')

const [, , bundle, baseUrl] = process.argv
const urls = []
const context = createContext({
  console,
  setTimeout,
  clearTimeout,
  queueMicrotask,
  performance,
  atob,
  AbortController,
  Headers,
  baseUrl,
  urls,
  fetch: (url, init) => {
    urls.push(url)
    return fetch(url, init)
  },
  // React Native without its native half.
  RN$Bridgeless: true,
  __turboModuleProxy: () => null,
})
runInContext('globalThis.global = globalThis', context)
runInContext(readFileSync(bundle, 'utf8'), context)
runInContext('globalThis.result', context).then(
  (result) => console.log(JSON.stringify(result)),
  (error) => {
    console.error(error)
    process.exit(1)
  },
)
