/** Results as JUnit XML. The one place that encodes XML. */
import { wellFormed } from './visible.ts'

export interface JunitTest {
  readonly name: string
  /** Shown as the group of the test: the case file. */
  readonly group: string
  readonly file: string
  readonly seconds: number
  readonly status: 'pass' | 'fail' | 'error' | 'skipped'
  /** One line; empty for a pass. */
  readonly message: string
  /** The whole text of a failure. */
  readonly details: string
}

/** Characters that XML 1.0 cannot hold, even escaped, become U+FFFD; terminal escapes lose their introducer that way. */
function legal(text: string): string {
  return wellFormed(text).replace(/(?![\n\r\t])[\p{Cc}\ufffe\uffff]/gu, '\ufffd')
}

function escapeXml(text: string): string {
  return legal(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/'/g, '&apos;')
}

function attribute(text: string): string {
  return escapeXml(text).replace(/\r/g, '&#13;').replace(/\n/g, '&#10;').replace(/\t/g, '&#9;')
}

function outcome(test: JunitTest): string {
  if (test.status === 'pass') return ''
  const tag = test.status === 'fail' ? 'failure' : test.status
  return `<${tag} message="${attribute(test.message)}">${escapeXml(test.details)}</${tag}>`
}

function testCase(test: JunitTest): string {
  const head = `<testcase name="${attribute(test.name)}" classname="${attribute(test.group)}" file="${attribute(test.file)}" time="${test.seconds.toFixed(3)}"`
  const body = outcome(test)
  return body ? `    ${head}>${body}</testcase>` : `    ${head}/>`
}

export function junitText(suite: string, tests: readonly JunitTest[]): string {
  const count = (status: JunitTest['status']) => tests.filter(t => t.status === status).length
  const seconds = tests.reduce((sum, t) => sum + t.seconds, 0).toFixed(3)
  const totals = `tests="${tests.length}" failures="${count('fail')}" errors="${count('error')}" skipped="${count('skipped')}" time="${seconds}"`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${totals}>`,
    `  <testsuite name="${attribute(suite)}" ${totals}>`,
    ...tests.map(testCase),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}
