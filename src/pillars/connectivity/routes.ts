import { Hono } from 'hono'
import type { HouseEnv } from '#kit/http.ts'
import { dutyRoutes } from '#core/duty/routes.ts'
import type { House } from '#core/house.ts'
import { routingRoutes } from '#core/routing/routes.ts'
import { macroRoutes, ruleRoutes } from '#core/rules/routes.ts'
import { coverageRoutes } from './coverage.ts'

/** Who is there when, whose a conversation is, what happens by itself, and which points of connection are staffed. */
export const routes = (house: House): Hono => new Hono<HouseEnv>().route('/', dutyRoutes(house)).route('/', routingRoutes(house)).route('/', ruleRoutes(house)).route('/', macroRoutes(house)).route('/', coverageRoutes(house)) as unknown as Hono
