import { defineConfig } from 'drizzle-kit'

export const config = defineConfig({ dialect: 'postgresql', schema: './src/**/tables.ts', out: './db/migrations' })
export { config as default }
