import { channelContract } from '../../../test/contracts/channel.ts'
import { wordpress } from './index.ts'
import { account, answer, post, underTest } from './test-world.ts'
import { TestSite } from './test-site.ts'

channelContract(wordpress, {
  account: account(), network: () => underTest(new TestSite()),
  samples: { post, reply: answer(101), picture: { id: 'p1', url: '/media/p1.png', type: 'image/png', alt: 'Ένα καρβέλι ζέας', width: 1, height: 1 } },
})
