/** Which releases of an engine have a limit, and which release a profile stands for. */
import type { LimitInfo, Profile } from '../session.ts'

/** `enzyme-0.13.30@julia-1.10`: 30 and 10; null for what a profile leaves open, so that any will do. */
export interface Release {
  /** The last number of Enzyme's version. */
  readonly patch: number | null
  /** The second number of Julia's. */
  readonly julia: number | null
}

export interface Versions {
  readonly text: string
  readonly includes: (release: Release) => boolean
}

/** The numbers that the name of a profile ends in. */
export function releaseOf(profile: Profile): Release {
  const numberAfter = (mark: RegExp): number | null => {
    const digits = mark.exec(profile)?.[1]
    return digits === undefined ? null : Number(digits)
  }
  return { patch: numberAfter(/^enzyme-0\.13\.(\d+)/), julia: numberAfter(/@julia-1\.(\d+)$/) }
}

/** The profile without its release, which the rows are kept by. */
export function familyOf(profile: Profile): 'none' | LimitInfo['profile'] {
  return profile === 'none' || profile === 'zygote' ? profile : 'enzyme-0.13'
}

/** Every release of 0.13: the issue is open, or came after the last. */
export const EVERY: Versions = { text: '0.13', includes: () => true }

/** It was mended by a release that nobody has written down; all may have it, then. */
export const MENDED_SOME_TIME: Versions = { text: '0.13, mended since', includes: () => true }

export const ZYGOTE: Versions = { text: '0.6 to 0.7', includes: () => true }

/** Mended by the release with this number. */
export function before(mended: number): Versions {
  return { text: `before 0.13.${mended}`, includes: ({ patch }) => patch === null || patch < mended }
}

/** Known of one version of Julia only. */
export function onJulia(minor: number): Versions {
  return { text: `0.13 on Julia 1.${minor}`, includes: ({ julia }) => julia === null || julia === minor }
}
