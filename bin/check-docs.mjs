// Documents must stay true: links between them lead somewhere, and the examples that name a file compile against the house.
// The examples are laid out under .cache/docs, where the contracts step of bin/ci runs their tests.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

const home = resolve(import.meta.dirname, '..')
const place = join(home, '.cache', 'docs')
const documents = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '*.md'], { cwd: home, encoding: 'utf8' }).split('\0')
  .filter((path) => path && existsSync(join(home, path)))

function main() {
  const lost = documents.flatMap(lostLinks)
  for (const link of lost) console.error(link)
  rmSync(place, { recursive: true, force: true })
  const examples = documents.flatMap(examplesIn)
  for (const { path, text } of examples) write(path, text)
  write('tsconfig.json', JSON.stringify({ extends: '../../tsconfig.json', compilerOptions: { noUnusedLocals: false }, include: ['src'] }))
  const { status } = spawnSync(process.execPath, [join(home, 'node_modules', '@typescript', 'native', 'bin', 'tsc'), '-p', place], { cwd: home, stdio: 'inherit' })
  console.log(`${documents.length} documents, ${lost.length} links that lead nowhere; ${examples.length} examples ${status === 0 ? 'compile' : 'do not all compile'}.`)
  process.exitCode = lost.length || status !== 0 || !examples.length ? 1 : 0
}

const links = /\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)/g
const lostLinks = (document) => [...readFileSync(join(home, document), 'utf8').matchAll(links)]
  .filter(([, target]) => !existsSync(join(home, dirname(document), decodeURI(target))))
  .map(([, target]) => `${document}: ${target} is not there`)

const blocks = /^```ts\n\/\/ (src\/\S+\.ts)\n([\s\S]*?)^```$/gm
const examplesIn = (document) => [...readFileSync(join(home, document), 'utf8').matchAll(blocks)].map(([, path, text]) => ({ path, text: fromTheCache(text) }))

// The examples lie two folders deeper than where they say they do.
const fromTheCache = (text) => text.replaceAll("'../../../test/", "'../../../../../test/")

function write(path, text) {
  mkdirSync(dirname(join(place, path)), { recursive: true })
  writeFileSync(join(place, path), text)
}

main()
