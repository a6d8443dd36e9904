import { createHash } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Plugin } from 'vite'

const here = import.meta.dirname
const out = join(here, '../../../../dist/widget')

/** One script out of one entry, in memory. */
async function scriptOf(entry: string, format: 'es' | 'iife', define: Readonly<Record<string, string>> = {}): Promise<string> {
  const made = await build({
    configFile: false, root: here, logLevel: 'warn', define: { ...define },
    build: {
      write: false, target: 'es2022', minify: true, lib: { entry: join(here, entry), formats: [format], name: 'stoa' },
      rolldownOptions: { output: { minify: true } },
    },
  })
  const outputs = Array.isArray(made) ? made : 'output' in made ? [made] : []
  const scripts = outputs.flatMap(({ output }) => output).filter((part) => part.type === 'chunk')
  if (scripts.length !== 1) throw new Error(`The chat widget's ${entry} must be one file, not ${scripts.length}.`)
  return scripts[0]!.code
}

/** Builds the chat widget beside the workspace: a loader under one lasting name, and the rest under a name that its bytes decide. */
export const chatWidget = (): Plugin => ({
  name: 'stoa-chat-widget',
  apply: 'build',
  async closeBundle() {
    const chat = await scriptOf('chat.ts', 'es')
    const name = `chat.${createHash('sha256').update(chat).digest('base64url').replace(/[-_]/g, '').slice(0, 10)}.js`
    const loader = await scriptOf('loader.ts', 'iife', { CHAT_FILE: JSON.stringify(name) })
    rmSync(out, { recursive: true, force: true })
    mkdirSync(out, { recursive: true })
    writeFileSync(join(out, name), chat)
    writeFileSync(join(out, 'widget.js'), loader)
  },
})
