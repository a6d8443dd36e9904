// Brings a checkout into the state in which Stoa can run: packages installed, web app built.
// Plain JavaScript without packages: it runs on the Node that happens to be on the machine (20 or newer).
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const home = resolve(import.meta.dirname, '..')
const at = (...parts) => join(home, ...parts)
const builtFrom = ['src/web', 'src/ui', 'src/kit', 'src/text', 'src/pillars', 'src/core', 'src/strategy', 'src/channels/chat/widget', 'vite.config.ts', 'tsconfig.json', 'package-lock.json']

function main(args) {
  if (Number(process.versions.node.split('.')[0]) < 20) throw new Error(`Stoa installs itself with Node 20 or newer; this is ${process.version}.`)
  mkdirSync(at('.cache'), { recursive: true })
  const release = takeTurn(at('.cache', 'prepare.lock'))
  try {
    install()
    if (!args.includes('--install-only')) build()
  } finally {
    release()
  }
}

function install() {
  if (isInstalled()) return
  // What builds the web app is a development package, so it is asked for even where NODE_ENV is production.
  step({ doing: 'Installing packages', done: 'Packages installed' }, 'npm', ['ci', '--include=dev', '--no-audit', '--no-fund'])
}

// npm writes down what it installed as its last act, so an interrupted installation never looks whole.
function isInstalled() {
  const wanted = packagesIn('package-lock.json')
  const found = packagesIn('node_modules/.package-lock.json')
  const needed = Object.keys(wanted).filter((path) => path !== '' && !wanted[path].optional)
  return [...needed, ...Object.keys(found)].every((path) => found[path] && found[path].integrity === wanted[path]?.integrity)
}

const packagesIn = (path) => JSON.parse(read(at(path)) ?? '{}').packages ?? {}

function build() {
  if (!existsSync(at('src', 'web', 'index.html'))) return
  const wanted = hashOf(builtFrom)
  const stamp = at('dist', 'web.stamp')
  if (read(stamp) === wanted && existsSync(at('dist', 'web', 'index.html'))) return
  step({ doing: 'Building the workspace', done: 'Workspace built' }, at('bin', 'node'), [at('node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'])
  writeFileSync(stamp, wanted)
}

function step({ doing, done }, command, args) {
  const since = Date.now()
  console.log(`${doing} …`)
  // NODE_ENV would reach the bundler, which must build what people use.
  const { status, error } = spawnSync(command, args, { cwd: home, stdio: 'inherit', env: { ...process.env, NODE_ENV: undefined } })
  if (error) throw new Error(`${command} could not be started: ${error.message}`)
  if (status !== 0) throw new Error(`${doing} did not work; the lines above say why. Nothing else was touched: correct it and start again.`)
  console.log(`${done} in ${((Date.now() - since) / 1000).toFixed(1)} s`)
}

/** One preparation at a time in a checkout; a lock whose process is gone counts for nothing. */
function takeTurn(lock) {
  let told = false
  while (!claim(lock)) {
    const holder = Number(read(lock))
    if (holder > 0 && !isAlive(holder)) rmSync(lock, { force: true })
    else {
      if (!told) console.log('Another start is preparing this checkout; waiting for it …')
      told = true
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
    }
  }
  return () => rmSync(lock, { force: true })
}

function claim(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function hashOf(paths) {
  const hash = createHash('sha256')
  for (const path of paths.flatMap(filesUnder).filter((path) => !path.endsWith('.test.ts'))) hash.update(`${path}\0`).update(readFileSync(at(path))).update('\0')
  return hash.digest('hex')
}

function filesUnder(path) {
  if (!existsSync(at(path))) return []
  try {
    return readdirSync(at(path), { withFileTypes: true }).flatMap((entry) => filesUnder(`${path}/${entry.name}`)).sort()
  } catch (error) {
    if (error.code === 'ENOTDIR') return [path]
    throw error
  }
}

const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined)

try {
  main(process.argv.slice(2))
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
