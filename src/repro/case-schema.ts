/** The header of a case as zod types; docs/case-schema.json is made from them. Imported lazily: zod costs start-up time. */
import * as z from 'zod'
import { EXPECTATION } from './expectation.ts'

/** What the header can say of a value: rows in rows for a matrix, tuples as lists, fields by name, `.nan` and `.inf` as YAML has them. */
export type HeaderValue = number | boolean | string | null | HeaderValue[] | { [field: string]: HeaderValue }

// A header is read a few times at most: compiling its checks to JavaScript takes longer than making them.
z.config({ jitless: true })

const value: z.ZodType<HeaderValue> = z.lazy(() =>
  z.union([z.number(), z.boolean(), z.string(), z.null(), z.array(value), z.record(z.string(), value)]),
)

const check = z.strictObject({
  call: z.string().min(1).describe('A Julia expression, evaluated after the program.'),
  value: value
    .optional()
    .describe(
      'What it gives: numbers, lists row by row for matrices, lists for tuples. Without it, the call must run and agree with the oracles.',
    ),
  equals: z.string().min(1).optional().describe('A Julia expression whose value it must have.'),
  rtol: z.number().nonnegative().optional().describe('Relative tolerance of each number; 1e-9 when nothing is said.'),
  atol: z
    .number()
    .nonnegative()
    .optional()
    .describe('Absolute tolerance of each number; one thousandth of rtol times the largest number of the value when nothing is said.'),
  stateful: z.boolean().optional().describe('The call may give something else when it is made again in the same process.'),
  on: z
    .record(z.string(), z.string().regex(EXPECTATION, 'expected `pass`, `fails CODE`, `fails SIGNATURE` or `wrong PATTERN`'))
    .optional()
    .describe('What is known of an engine: `pass`, `fails CODE`, `fails SIGNATURE` or `wrong PATTERN`. It must stay true in the same way.'),
})

const limits = z.strictObject({
  seconds: z.number().positive().optional().describe('Time for the program, and for each check.'),
  megabytes: z.number().positive().optional().describe('Memory of the process.'),
})

export const caseHeader = z.strictObject({
  title: z.string().min(1).describe('One sentence: what happens.'),
  upstream: z.url().optional().describe('Where the failure is known: the address of an issue.'),
  tags: z.array(z.string().min(1)).optional(),
  notes: z.string().optional().describe('Anything a reader should know.'),
  limits: limits.optional(),
  checks: z.array(check).min(1),
})

export type CaseHeader = z.infer<typeof caseHeader>

export function caseJsonSchema(): object {
  return { title: 'Header of an adrepro case', ...z.toJSONSchema(caseHeader, { target: 'draft-2020-12' }) }
}
