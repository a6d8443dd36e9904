// Files and folders are named in kebab-case: one spelling on every disk, and none that differ only in case.
import { execFileSync } from 'node:child_process'

const named = /^\.?[a-z0-9]+([.-][a-z0-9]+)*$/
const spelled = /^(README|ARCHITECTURE|STYLE|CONTRIBUTING|SECURITY|CHANGES|LICENSE)(\.el)?(\.md)?$/
const generated = /^db\/migrations\/(\d{4}_[a-z0-9_]+\.sql|meta\/(_journal|\d{4}_snapshot)\.json)$/

const paths = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' }).split('\0').filter(Boolean)
const isNamed = (path) => generated.test(path) || path.split('/').every((part) => named.test(part) || spelled.test(part))
const odd = paths.filter((path) => !isNamed(path))
for (const path of odd) console.error(`${path}: use kebab-case, as in next-step.ts`)
console.log(`${paths.length} files, ${odd.length} oddly named.`)
process.exitCode = odd.length || !paths.length ? 1 : 0
