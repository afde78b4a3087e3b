import { expect, it, vi } from 'vitest'
import { tellLast } from './tell-last.ts'

it('leaves only when the last message has gone out', () => {
  const { send, disconnect, connected } = process
  const left = vi.fn()
  let gone = (): void => undefined
  const told = vi.fn((_message: unknown, _handle: unknown, _options: unknown, then: () => void) => {
    gone = then
    return true
  })
  Object.assign(process, { send: told, disconnect: left, connected: true })
  try {
    tellLast({ kind: 'done' })
    expect(told.mock.calls[0]![0]).toEqual({ kind: 'done' })
    expect(left).not.toHaveBeenCalled()
    gone()
    expect(left).toHaveBeenCalledOnce()
  } finally {
    Object.assign(process, { send, disconnect, connected })
  }
})
