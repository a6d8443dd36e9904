import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { groundHere, soon, start } from '../here.ts'
import { sh } from '../machine.ts'

export const mariadbPackages = ['mariadb-server', 'php8.2-cli', 'php8.2-mysql', 'php8.2-curl', 'php8.2-gd', 'php8.2-xml', 'php8.2-mbstring', 'php8.2-intl', 'php8.2-zip']

export interface Mariadb { readonly socket: string; sql(statement: string): string; stop(): Promise<void> }

/** A MariaDB of its own, reached only by its socket. */
export async function startMariadb(): Promise<Mariadb> {
  const { folder } = groundHere()
  const data = join(folder, 'mariadb')
  const socket = join(folder, 'mariadb.sock')
  mkdirSync(data)
  sh('mariadb-install-db', ['--no-defaults', '--user=root', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db'])
  const program = start('mariadb', ['mariadbd', '--no-defaults', '--user=root', `--datadir=${data}`, `--socket=${socket}`, '--skip-networking', `--pid-file=${join(folder, 'mariadb.pid')}`, '--innodb-flush-log-at-trx-commit=0', '--innodb-buffer-pool-size=64M', '--character-set-server=utf8mb4'])
  const sql = (statement: string) => sh('mariadb', ['--no-defaults', `--socket=${socket}`, '-uroot', '-N', '-B', '--default-character-set=utf8mb4', '-e', statement]).trim()
  await soon('MariaDB is up', () => { sql('select 1'); return true }, 40)
  return { socket, sql, stop: () => program.stop() }
}

/** PHP that trusts the authority of the ground and writes no mail. */
export const phpOptions = (): readonly string[] => {
  const { bundle } = groundHere()
  return ['-d', `curl.cainfo=${bundle}`, '-d', `openssl.cafile=${bundle}`, '-d', 'sendmail_path=/bin/true', '-d', 'display_errors=0', '-d', 'log_errors=1', '-d', 'memory_limit=256M']
}
