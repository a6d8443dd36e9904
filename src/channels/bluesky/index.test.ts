import { channelContract } from '../../../test/contracts/channel.ts'
import { bluesky } from './index.ts'
import { accountOn, post, underTest } from './test-world.ts'
import { fanDid, TestServer } from './test-server.ts'

const giorgos = { id: fanDid, name: 'Γιώργος', handle: '@giorgos.allou.gr' }
channelContract(bluesky, {
  account: accountOn(new TestServer().session), network: () => underTest(new TestServer()),
  samples: {
    post, picture: { id: 'p1', url: '/media/p1.png', type: 'image/png', alt: 'Ένα καρβέλι σε ξύλο', width: 640, height: 480 },
    reply: { ...post, kind: 'reply', inReplyTo: { channel: 'bluesky', id: `at://${fanDid}/app.bsky.feed.post/3k22222222221`, author: giorgos } },
  },
})
