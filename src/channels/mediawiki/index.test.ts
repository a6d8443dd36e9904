import { channelContract } from '../../../test/contracts/channel.ts'
import { mediawiki } from './index.ts'
import { account, answer, post, underTest } from './test-world.ts'
import { TestWiki } from './test-wiki.ts'

channelContract(mediawiki, { account: account(), network: () => underTest(new TestWiki()), samples: { post, reply: answer('pages/11/a1b2c3d4e5f6') } })
