// The network's own servers in one process: PLC directory, PDS, bsync and AppView. It says "up" when they are.
import { createServer } from 'node:http'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { randomBytes, createSecretKey } from 'node:crypto'
import { mockNetworkUtilities, TestBsky, TestBsync, TestPds, TestPlc } from '@atproto/dev-env'

const { BLUESKY_HOST: host, BLUESKY_PORT: port, BLUESKY_CONTROL: control, BLUESKY_DATA: data, BLUESKY_POSTGRES: postgres, BLUESKY_REDIS: redis, BLUESKY_PLC: plcPort } = process.env
const bsyncApiKey = 'between-the-two'
for (const folder of ['pds', 'blobs', 'blobs-tmp']) mkdirSync(join(data, folder), { recursive: true })

const plc = await TestPlc.create({ port: Number(plcPort) })
const bsync = await TestBsync.create({ apiKeys: [bsyncApiKey], dbUrl: postgres, dbSchema: 'bsync' })
const bsky = await TestBsky.create({
  plcUrl: plc.url, pdsPort: Number(port), bsyncApiKey, bsyncUrl: bsync.url, repoProvider: `ws://localhost:${port}`,
  dbPostgresUrl: postgres, dbPostgresSchema: 'appview', redisHost: redis,
})
bsync.ctx.dataplaneClients = [bsky.ctx.dataplane]
const pds = await TestPds.create({
  port: Number(port), hostname: host, didPlcUrl: plc.url, bskyAppViewUrl: bsky.url, bskyAppViewDid: bsky.ctx.cfg.serverDid, serviceHandleDomains: [`.${host}`],
  dataDirectory: join(data, 'pds'), blobstoreDiskLocation: join(data, 'blobs'), blobstoreDiskTmpLocation: join(data, 'blobs-tmp'),
})
mockNetworkUtilities(pds, bsky)

// At /: every access and every renewal by name and password ends at once, as after a change of the server's key.
// At /grants/4: what is granted on its own page from now on must be renewed after four seconds. At /revoked: all of it is taken back.
createServer(async ({ url }, answer) => {
  if (url.startsWith('/grants/')) pds.ctx.oauthProvider.tokenManager.tokenMaxAge = Number(url.split('/')[2]) * 1000
  if (url === '/revoked') await pds.ctx.accountManager.db.db.deleteFrom('token').execute()
  if (url !== '/') return answer.end('changed')
  const key = createSecretKey(randomBytes(32))
  pds.ctx.authVerifier._jwtKey = key
  pds.ctx.accountManager.jwtKey = key
  answer.end('changed')
}).listen(Number(control), '127.0.0.1')

process.stdout.write('up\n')
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(0))
