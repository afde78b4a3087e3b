/** Writes a file so that it is there whole or not at all. */
import { renameSync, rmSync, writeFileSync } from 'node:fs'

export function writeWhole(file: string, text: string): void {
  const beside = `${file}.${process.pid}.part`
  try {
    writeFileSync(beside, text)
    renameSync(beside, file)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
}
