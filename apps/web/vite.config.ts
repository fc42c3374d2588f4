import react from '@vitejs/plugin-react'
import { defineConfig, type ProxyOptions } from 'vite'

const SERVER = `http://localhost:${process.env.PORT || 3000}`
const HOST = 'localhost'
const PORT = 5173

/**
 * Sends what is not the portal's own to the server, as if the server had served the page.
 *
 * The server lets its own origin alone use its cookies. Ours is told to it as its own; any other is passed on as it
 * is, so that the check works in development too.
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
  plugins: [react()],
  server: {
    host: HOST,
    port: PORT,
    // Another port would be another origin, with another storage, and no page would say why.
    strictPort: true,
    proxy: { '^/(?!account(?:/|$))': toServer, '^/account/config\\.json$': toServer },
  },
  build: {
    // The policy of the page allows files of its own alone.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
})
