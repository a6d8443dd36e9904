import { afterAll, beforeAll, describe } from 'vitest'
import { channelContract } from '../../../test/contracts/channel.ts'
import { mail } from './index.ts'
import { TestServer } from './test-server.ts'
import { accountFor, answer, underTest } from './test-world.ts'

const server = new TestServer()
const account = accountFor({ imapPort: 1, smtpPort: 1, password: server.password })
beforeAll(async () => {
  await server.open()
  Object.assign(account.settings, { imapPort: String(server.imapPort), smtpPort: String(server.smtpPort) })
})
afterAll(() => server.close())

describe('a mailbox', () => {
  channelContract(mail, {
    account,
    network: () => { for (const folder of server.folders.keys()) server.folders.set(folder, []); return underTest(server) },
    samples: { post: answer },
  })
})
