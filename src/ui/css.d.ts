declare module '*.css' {
  const names: Readonly<Record<string, string>>
  export default names
}

declare module '*.css?inline' {
  const css: string
  export default css
}
