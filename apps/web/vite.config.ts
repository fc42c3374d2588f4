import react from '@vitejs/plugin-react'
import { defineConfig, type ProxyOptions } from 'vite'
import { shortenCommonPasswords } from './shorten-common-passwords.ts'

const SERVER = `http://localhost:${process.env.PORT || 3000}`
const HOST = 'localhost'
const PORT = 5173

/**
 * Passes every request that is not for a file of the portal on to the server.
 *
 * The server accepts cookies from its own origin only. So the origin of the development page is replaced by the origin
 * of the server. Any other origin stays, so that the check of the server works in development too.
 */
const toServer: ProxyOptions = {
  target: SERVER,
  configure: (proxy) => {
    proxy.on('proxyReq', (request) => {
      if (request.getHeader('origin') === `http://${HOST}:${PORT}`) request.setHeader('origin', SERVER)
    })
  },
}

export default defineConfig({
  base: '/account/',
  plugins: [react(), shortenCommonPasswords],
  server: {
    host: HOST,
    port: PORT,
    // Another port would be another origin, and its storage would have no session.
    strictPort: true,
    proxy: { '^/(?!account(?:/|$))': toServer, '^/account/config\\.json$': toServer },
  },
  build: {
    // The Content-Security-Policy of the page allows files of its own origin only.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    license: { fileName: 'third-party-licenses.json' },
  },
})
