import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { chatWidget } from './src/channels/chat/widget/build.ts'

const api = process.env['STOA_DEV_API'] ?? 'http://127.0.0.1:4321'

// React and the router change twice a year, Stoa with every release: kept apart, browsers keep the former.
// Mantine is left to the bundler, so that a component only one screen uses comes with that screen.
const groups = [
  { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
  { name: 'tanstack', test: /node_modules\/@tanstack\// },
]

export default defineConfig({
  root: 'src/web',
  base: '/app/',
  plugins: [react(), chatWidget()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    manifest: true,
    // Nothing inline: the workspace's content policy allows neither data: fonts nor inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
  server: {
    host: '127.0.0.1',
    port: 5173,
    strictPort: true,
    proxy: { '^/(?!app(/|$))': { target: api, changeOrigin: false } },
  },
})
