import type { Hosts } from '#kit/host.ts'
import type { Assets } from './assets.ts'
import type { Pace } from './pace.ts'
import type { Porch } from './place.ts'

/** What a request finds when the porch is open. */
export interface Opened { readonly porch: Porch; readonly assets: Assets; readonly hosts: Hosts; readonly pace: Pace; readonly now: () => Date }
