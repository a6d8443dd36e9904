export const roles = ['owner', 'admin', 'editor', 'responder', 'viewer'] as const
export type Role = (typeof roles)[number]

/** What a member may do; every route names exactly one. `anyone` needs no member. */
export const rights = ['anyone', 'read', 'answer', 'write', 'publish', 'plan', 'moderate', 'manage', 'own'] as const
export type Right = (typeof rights)[number]

const granted: Readonly<Record<Role, readonly Right[]>> = {
  owner: rights,
  admin: ['anyone', 'read', 'answer', 'write', 'publish', 'plan', 'moderate', 'manage'],
  editor: ['anyone', 'read', 'answer', 'write', 'publish', 'plan', 'moderate'],
  responder: ['anyone', 'read', 'answer', 'write', 'moderate'],
  viewer: ['anyone', 'read'],
}

/** The one place where a right is decided; without a role only what is open to anyone. */
export const mayDo = (role: Role | undefined, right: Right): boolean =>
  role === undefined ? right === 'anyone' : granted[role].includes(right)
