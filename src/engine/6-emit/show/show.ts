import type { Boxed } from '../../3-ir/memory.ts'
import type { Host } from '../host.ts'
export function printText(value: Boxed, _host: Host): string { return `${value.t}` }
export function reprText(value: Boxed, _host: Host): string { return `${value.t}` }
export function displayText(value: Boxed, _host: Host): string { return `${value.t}` }
