/** Results as JUnit XML. The one place that encodes XML. */
import { diagnosticText, PLAIN } from './as-text.ts'
import { type Result, type ResultState, resultName } from './result.ts'
import { wellFormed } from './visible.ts'

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

/** JUnit has no word for a known failure. */
const TAGS: Readonly<Record<Exclude<ResultState, 'pass'>, string>> = { known: 'skipped', fail: 'failure', error: 'error' }

function outcome(result: Result): string {
  if (result.state === 'pass') return ''
  const tag = TAGS[result.state]
  const why = result.state === 'known' ? `known failure: ${result.why}` : result.why
  const details = result.state !== 'known' && result.diagnostic ? diagnosticText(result.diagnostic, { paint: PLAIN, verbose: false }) : ''
  return `<${tag} message="${attribute(why)}">${escapeXml(details)}</${tag}>`
}

/** The group of a test is its file. */
function testCase(result: Result): string {
  const file = attribute(result.file)
  const head = `<testcase name="${attribute(resultName(result))}" classname="${file}" file="${file}" time="${result.seconds.toFixed(3)}"`
  const body = outcome(result)
  return body ? `    ${head}>${body}</testcase>` : `    ${head}/>`
}

export function junitText(suite: string, results: readonly Result[]): string {
  const count = (state: ResultState) => results.filter(r => r.state === state).length
  const seconds = results.reduce((sum, r) => sum + r.seconds, 0).toFixed(3)
  const totals = `tests="${results.length}" failures="${count('fail')}" errors="${count('error')}" skipped="${count('known')}" time="${seconds}"`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${totals}>`,
    `  <testsuite name="${attribute(suite)}" ${totals}>`,
    ...results.map(testCase),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}
