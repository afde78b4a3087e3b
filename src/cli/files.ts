/** Finds and reads the files that a command is given. */
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { diagnostic } from '../diagnostics/report.ts'
import type { Source } from '../diagnostics/source.ts'
import { writeWhole } from '../repro/write-whole.ts'

export type Reading =
  | { readonly kind: 'source'; readonly source: Source }
  | { readonly kind: 'unreadable'; readonly diagnostic: Diagnostic }

function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EACCES') return 'permission is denied'
  if (code === 'EISDIR') return 'it is a folder'
  if (code === 'ENOTDIR' || code === 'EEXIST') return 'a part of the path is a file'
  if (code === 'EROFS') return 'the file system is read-only'
  return message
}

function unreadable(file: string, error: unknown): Diagnostic {
  return diagnostic('parse', 'case.not-readable', { file, why: reason(error) }, null)
}

/** `-` is standard input. */
export function readSource(file: string): Reading {
  try {
    const text = readFileSync(file === '-' ? 0 : file, 'utf8')
    return { kind: 'source', source: { name: file === '-' ? 'stdin' : file, text } }
  } catch (error) {
    return { kind: 'unreadable', diagnostic: unreadable(file, error) }
  }
}

/** The `.jl` files of folders, in order of their names; files as they are. */
export function findFiles(paths: readonly string[]): { readonly files: readonly string[]; readonly problems: readonly Diagnostic[] } {
  const files: string[] = []
  const problems: Diagnostic[] = []
  const visit = (path: string, given: boolean) => {
    try {
      if (!statSync(path).isDirectory()) {
        if (given || path.endsWith('.jl')) files.push(path)
      } else for (const name of readdirSync(path).sort()) visit(join(path, name), false)
    } catch (error) {
      problems.push(unreadable(path, error))
    }
  }
  for (const path of paths) visit(path, true)
  return { files: [...new Set(files)], problems }
}

/** Was a folder among them? Then a listing of all failures, known ones too, would be too long. */
export function areFiles(paths: readonly string[]): boolean {
  if (paths.length === 0) return false
  return paths.every(path => {
    try {
      return statSync(path).isFile()
    } catch {
      return false
    }
  })
}

/** Writes a result whole, in a folder that is made if need be; gives what is wrong if it cannot. */
export function writeResult(file: string, text: string): Diagnostic | null {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeWhole(file, text)
    return null
  } catch (error) {
    return diagnostic('run', 'output.not-writable', { file, why: reason(error) }, null)
  }
}
