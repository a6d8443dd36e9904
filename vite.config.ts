import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const api = process.env['STOA_DEV_API'] ?? 'http://127.0.0.1:4321'

// What changes with every release stays apart from what changes twice a year, so that browsers keep the latter.
const groups = [
  { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\//, priority: 3 },
  { name: 'mantine', test: /node_modules\/(@mantine\/(core|hooks)|@floating-ui|clsx|react-remove-scroll)/, priority: 2 },
  { name: 'tanstack', test: /node_modules\/@tanstack\//, priority: 2 },
]

export default defineConfig({
  root: 'src/web',
  base: '/app/',
  plugins: [react()],
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
    port: 5173,
    strictPort: true,
    proxy: { '^/(?!app(/|$)|@|src/|node_modules/)': { target: api, changeOrigin: false } },
  },
})
