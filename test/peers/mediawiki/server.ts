import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { groundHere, placeOf, soon, start } from '../here.ts'
import { openLane, type Lane } from '../lane.ts'
import { sh } from '../machine.ts'
import type { Peer } from '../peer.ts'
import { mariadbPackages, phpOptions, startMariadb } from '../wordpress/mariadb.ts'

export const hosts = { stoa: 'fournos.gr', wiki: 'zymi.gr' } as const

export const peer: Peer = {
  name: 'mediawiki', says: 'MediaWiki from Debian, with MariaDB',
  hosts: [hosts.stoa, hosts.wiki], packages: ['mediawiki', 'diffutils', ...mariadbPackages], quick: true,
}

export interface MediaWiki {
  readonly origin: string
  readonly lane: Lane
  readonly bot: { readonly user: string; readonly password: string }
  readonly weak: { readonly user: string; readonly password: string }
  readonly plain: { readonly user: string; readonly password: string }
  /** Somebody else writes: the whole text of a page. */
  writes(who: string, title: string, text: string): void
  text(title: string): string
  revisions(title: string): number
  /** What the history says of the newest revision. */
  summary(title: string): Promise<string>
  deletes(title: string): void
  protects(title: string): void
  stop(): Promise<void>
}

const secret = '0123456789abcdef0123456789abcdef'
const grants = 'basic,highvolume,editpage,createeditmovepage,viewmywatchlist,editmywatchlist'

/** A fresh wiki at its public name. */
export async function startMediaWiki(): Promise<MediaWiki> {
  const { folder } = groundHere()
  const { port } = placeOf(hosts.wiki)
  const behind = port + 100
  const home = join(folder, 'wiki')
  const origin = `https://${hosts.wiki}`
  // Its settings are a link to where nothing is yet.
  sh('sh', ['-c', 'mkdir "$1" && tar -C /usr/share/mediawiki --exclude=./LocalSettings.php -chf - . | tar -C "$1" -xf -', 'copy', home])
  const database = await startMariadb()
  const run = (script: string, args: readonly string[], input?: string) => sh('php', [...phpOptions(), `maintenance/${script}.php`, ...args], { cwd: home, ...(input === undefined ? {} : { input }) })
  run('install', ['--dbtype=mysql', `--dbserver=localhost:${database.socket}`, '--dbname=wiki', '--dbuser=root', '--dbpass=', `--installdbuser=root`, '--installdbpass=', `--server=${origin}`, '--scriptpath=', '--lang=el', '--pass=Adm1n-pass-long', 'Ζυμωτήριο', 'Admin'])
  appendFileSync(join(home, 'LocalSettings.php'), `\n$wgRateLimits = []; $wgEnableEmail = false; $wgJobRunRate = 0; $wgMainCacheType = CACHE_NONE; $wgDiff3 = '/usr/bin/diff3'; $wgUsePathInfo = true; $wgCdnServersNoPurge = ['127.0.0.1']; $wgPasswordAttemptThrottle = [];\n`)
  run('createAndPromote', ['Eleni', 'Pl41n-pass-long'])
  for (const name of ['Giorgos', 'Katerina']) run('createAndPromote', [name, 'Th31rs-pass-long'])
  run('createBotPassword', ['--appid', 'stoa', '--grants', grants, 'Eleni', secret])
  run('createBotPassword', ['--appid', 'weak', '--grants', 'basic', 'Eleni', secret])
  const server = start('mediawiki', ['php', ...phpOptions(), '-S', `127.0.0.1:${behind}`, '-t', home], { cwd: home, env: { PHP_CLI_SERVER_WORKERS: '4' } })
  const lane = await openLane(port, behind)
  await soon('MediaWiki is up', async () => ((await fetch(`${origin}/api.php?action=query&meta=siteinfo&format=json`)).ok ? true : undefined), 40)
  return {
    origin, lane, bot: { user: 'Eleni@stoa', password: secret }, weak: { user: 'Eleni@weak', password: secret }, plain: { user: 'Eleni', password: 'Pl41n-pass-long' },
    writes: (who, title, text) => { run('edit', ['-u', who, title], text) },
    text: (title) => { try { return run('getText', [title]) } catch { return '' } },
    revisions: (title) => Number(database.sql(`use wiki; select count(*) from revision join page on rev_page = page_id where page_title = '${title.replaceAll(' ', '_').replace(/^[^:]+:/, '')}' and page_namespace = ${title.includes(':') ? (/^(User|Χρήστης)/.test(title) ? 3 : 1) : 0}`)),
    summary: async (title) => {
      const asked = new URLSearchParams({ action: 'query', prop: 'revisions', rvprop: 'comment', titles: title, format: 'json', formatversion: '2' })
      const { query } = await (await fetch(`${origin}/api.php?${asked}`)).json() as { query: { pages: readonly { revisions?: readonly { comment: string }[] }[] } }
      return query.pages[0]?.revisions?.[0]?.comment ?? ''
    },
    deletes: (title) => { run('deleteBatch', ['-u', 'Admin'], `${title}\n`) },
    protects: (title) => { run('protect', ['-u', 'Admin', title]) },
    stop: async () => { await server.stop(); await lane.close(); await database.stop() },
  }
}
