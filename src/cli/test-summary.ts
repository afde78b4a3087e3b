/** The results of `@test`s as Julia's Test prints them: what failed, then a table of counts. */
import type { Paint } from '../diagnostics/as-text.ts'
import { visibleLine, visibleText } from '../diagnostics/visible.ts'
import type { TestRecord, TestStatus } from '../engine/index.ts'

const WORDS: Readonly<Record<'fail' | 'error', string>> = { fail: 'Test Failed', error: 'Error During Test' }

export function failedTestsText(tests: readonly TestRecord[], paint: Paint): string {
  const blocks = tests.flatMap(t => {
    if (t.status !== 'fail' && t.status !== 'error') return []
    const head = `${visibleLine(t.name)}: ${paint.bad(WORDS[t.status])} at ${paint.strong(`${visibleLine(t.file)}:${t.line}`)}`
    return [t.message ? `${head}\n${visibleText(t.message).replace(/\n*$/, '')}\n` : `${head}\n`]
  })
  return blocks.join('')
}

const COLUMNS: readonly { readonly status: TestStatus; readonly title: string }[] = [
  { status: 'pass', title: 'Pass' },
  { status: 'fail', title: 'Fail' },
  { status: 'error', title: 'Error' },
  { status: 'broken', title: 'Broken' },
]

/** Columns that would be all zero are left out, as in Julia. */
export function summaryText(name: string, tests: readonly TestRecord[], paint: Paint): string {
  const counts = COLUMNS.map(c => ({ ...c, count: tests.filter(t => t.status === c.status).length })).filter(c => c.count > 0)
  const all = [...counts, { status: null, title: 'Total', count: tests.length }]
  const label = visibleLine(name)
  const width = Math.max('Test Summary:'.length, label.length)
  const cell = (text: string, column: { title: string; count: number }) =>
    text.padStart(Math.max(column.title.length, String(column.count).length))
  const tint = (status: TestStatus | null) =>
    status === 'pass' ? paint.good : status === 'broken' ? paint.odd : status === null ? paint.place : paint.bad
  const heads = all.map(c => tint(c.status)(cell(c.title, c)))
  const cells = all.map(c => tint(c.status)(cell(String(c.count), c)))
  return `${paint.strong('Test Summary:'.padEnd(width))} | ${heads.join('  ')}\n${label.padEnd(width)} | ${cells.join('  ')}\n`
}
