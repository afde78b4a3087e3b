/** `exit(n)`: ends the program from wherever it stands. No exception of Julia, so no `catch` and no `finally` sees it. */
export class ProgramEnd extends Error {
  readonly code: number

  constructor(code: number) {
    super(`exit(${code})`)
    this.code = code
  }
}
