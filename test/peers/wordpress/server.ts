import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { groundHere, placeOf, soon, start } from '../here.ts'
import { openLane, type Lane } from '../lane.ts'
import { sh } from '../machine.ts'
import type { Peer } from '../peer.ts'
import { mariadbPackages, phpOptions, startMariadb } from './mariadb.ts'

export const hosts = { stoa: 'fournos.gr', site: 'psomi.gr' } as const

export const peer: Peer = {
  name: 'wordpress', says: 'WordPress from Debian, with MariaDB',
  hosts: [hosts.stoa, hosts.site], packages: ['wordpress', 'wordpress-theme-twentytwentyone', ...mariadbPackages], quick: true,
}

export interface WordPress {
  readonly origin: string
  /** Application passwords by user: eleni is an editor, nikos an author, takis a contributor. */
  readonly passwords: Readonly<Record<'eleni' | 'nikos' | 'takis', string>>
  readonly lane: Lane
  /** Runs PHP inside WordPress; what it prints. */
  php(code: string): string
  sql(statement: string): string
  stop(): Promise<void>
}

const config = (socket: string, origin: string): string => `<?php
define('DB_NAME', 'wordpress'); define('DB_USER', 'root'); define('DB_PASSWORD', ''); define('DB_HOST', 'localhost:${socket}');
define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
define('WP_HOME', '${origin}'); define('WP_SITEURL', '${origin}'); $_SERVER['HTTPS'] = 'on';
define('DISABLE_WP_CRON', true); define('WP_HTTP_BLOCK_EXTERNAL', true); define('AUTOMATIC_UPDATER_DISABLED', true);
foreach (['AUTH_KEY', 'SECURE_AUTH_KEY', 'LOGGED_IN_KEY', 'NONCE_KEY', 'AUTH_SALT', 'SECURE_AUTH_SALT', 'LOGGED_IN_SALT', 'NONCE_SALT'] as $name) define($name, hash('sha256', $name));
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
`
// Pretty addresses, as a web server would be told to make them.
const router = `<?php
$path = urldecode(parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH));
if ($path !== '/' && is_file(__DIR__ . $path)) return false;
if (is_file(__DIR__ . rtrim($path, '/') . '/index.php') && $path !== '/') { require __DIR__ . rtrim($path, '/') . '/index.php'; return; }
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = '/index.php';
require __DIR__ . '/index.php';
`
const found = `define('WP_INSTALLING', true); require 'wp-load.php'; require ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('Φούρνος της Ελένης', 'admin', 'admin@psomi.gr', true, '', 'Adm1n-pass-long');
update_option('comment_previously_approved', 0); update_option('timezone_string', 'Europe/Athens');`
const staff = `require 'wp-load.php'; $made = [];
foreach (['eleni' => 'editor', 'nikos' => 'author', 'takis' => 'contributor'] as $name => $role) {
  $id = wp_insert_user(['user_login' => $name, 'user_pass' => 'plain-' . $name, 'user_email' => $name . '@psomi.gr', 'role' => $role, 'display_name' => ucfirst($name)]);
  $made[$name] = WP_Application_Passwords::create_new_application_password($id, ['name' => 'stoa'])[0];
}
echo json_encode($made);`

/** A fresh WordPress at its public name, with plain addresses at first. */
export async function startWordPress(): Promise<WordPress> {
  const { folder } = groundHere()
  const { port } = placeOf(hosts.site)
  const behind = port + 100
  const home = join(folder, 'wordpress')
  const origin = `https://${hosts.site}`
  sh('cp', ['-rL', '/usr/share/wordpress', home])
  const database = await startMariadb()
  database.sql('create database wordpress character set utf8mb4')
  writeFileSync(join(home, 'wp-config.php'), config(database.socket, origin))
  writeFileSync(join(home, 'router.php'), router)
  sh('mkdir', ['-p', join(home, 'wp-content/mu-plugins'), join(home, 'wp-content/uploads')])
  writeFileSync(join(home, 'wp-content/mu-plugins/visitors.php'), `<?php // All visitors come from one address here.\nadd_filter('comment_flood_filter', '__return_false', 99);\n`)
  const php = (code: string) => sh('php', [...phpOptions(), '-r', code], { cwd: home }).trim()
  php(found)
  const passwords = JSON.parse(php(staff)) as WordPress['passwords']
  const server = start('wordpress', ['php', ...phpOptions(), '-S', `127.0.0.1:${behind}`, '-t', home, join(home, 'router.php')], { cwd: home, env: { PHP_CLI_SERVER_WORKERS: '4' } })
  const lane = await openLane(port, behind)
  await soon('WordPress is up', async () => ((await fetch(`${origin}/`)).ok ? true : undefined), 30)
  return { origin, passwords, lane, php: (code) => php(`require 'wp-load.php'; ${code}`), sql: (statement) => database.sql(`use wordpress; ${statement}`), stop: async () => { await server.stop(); await lane.close(); await database.stop() } }
}
