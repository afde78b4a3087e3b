/** Instances: made once for each method and argument types; recursion is resolved by assuming a result and widening it until it holds. */
import { InternalError, invariant } from '../../../diagnostics/bug.ts'
import { Failure } from '../../../diagnostics/diagnostic.ts'
import { fail } from '../../../diagnostics/report.ts'
import type { Span } from '../../../diagnostics/source.ts'
import type { Frame as StackFrame } from '../../../diagnostics/stack.ts'
import type { LocalId } from '../core.ts'
import { ANY, BOTTOM } from '../intern.ts'
import type { Method } from '../method-table.ts'
import type { Constant, DataType, JType } from '../type.ts'
import { typeText } from '../type-text.ts'
import { type Dependent, Dependents, noteUse } from './dependents.ts'
import type { Frame } from './frame.ts'
import { join } from './value.ts'

export interface Instance {
  readonly key: string
  readonly name: string
  readonly result: JType
  readonly constant: Constant | null
}

/** An instance under its key, while it is being made and after. */
interface Entry extends Dependent {
  readonly key: string
  /** Null while it is being made, and if that failed. */
  instance: Instance | null
  /** The outermost running instance whose assumed result it is made from: as long as that runs, it may have to go. */
  reliesOn: Running | null
}

/** What emitting a body finds out. */
export interface Emitted {
  readonly result: JType
  readonly constant: Constant | null
}

/** An instance being made; recursion meets it here. */
export interface Running {
  readonly key: string
  readonly name: string
  readonly label: string
  /** How much the types of its arguments hold. */
  readonly weight: number
  readonly depth: number
  readonly method: Method | null
  readonly entry: Entry
  /** What recursive calls take the result to be; widened until it holds. */
  assumed: JType
  used: boolean
  /** Shallowest running instance that this one relied on. */
  lowest: number
  /** Those finished inside of it that rely on what it, or one around it, is assumed to give. */
  provisional: Entry[]
  span: Span | null
  origin: Frame['origin']
  /** Calls whose code is being emitted in their place, outermost first. */
  readonly inPlace: Inlined[]
}

/** A frame of the stack without an instance of its own. */
interface Inlined {
  readonly label: string
  span: Span | null
  origin: Frame['origin']
}

export interface NewInstance {
  readonly key: string
  readonly name: string
  readonly label: string
  readonly weight: number
  readonly method: Method | null
  readonly depends: readonly object[]
}

/** Thrown to start a function again, with wider types of its boxed locals or of a global. */
class Restart extends Error {
  readonly running: Running | null

  constructor(running: Running | null) {
    super('restart')
    this.running = running
  }
}

/** Whose boxed local a box is. */
interface BoxOwner {
  readonly types: Map<LocalId, JType>
  readonly local: LocalId
  /** Inner functions assign it, and nothing says a type. */
  readonly isOpen: boolean
  readonly running: Running | null
}

const MAX_DEPTH = 3000
const MAX_SELF_NESTING = 24
const MAX_GROWTH = 6
/** A result that still widens after so many rounds is boxed. */
const MAX_ROUNDS = 4
const MAX_RESTARTS = 30

/** The innermost function or call that is being emitted calls something. */
function noteCall(top: Running, span: Span, origin: Frame['origin'] | undefined): void {
  const place = top.inPlace.at(-1) ?? top
  place.span = span
  place.origin = origin ?? place.origin
}

export class Instances {
  readonly #made = new Map<string, Entry>()
  readonly #byName = new Map<string, Instance>()
  readonly #dependents = new Dependents<Entry>()
  readonly #running: Running[] = []
  readonly #runningByKey = new Map<string, Running>()
  readonly #names = new Map<string, number>()
  readonly #boxOwners: BoxOwner[] = []

  get isIdle(): boolean {
    return this.#running.length === 0
  }

  /** What is compiled now is stale when `on` changes. */
  depend(on: object): void {
    const top = this.#running.at(-1)
    if (top) this.#dependents.note(on, top.entry)
  }

  /** Throws away what was compiled with the old meaning of a function or global. */
  forget(changed: object): void {
    for (const entry of this.#dependents.takeStale(changed)) this.#remove(entry)
  }

  /** The same, and what is being compiled with the old meaning starts again. */
  retyped(changed: object): void {
    const underWay = this.#dependents.underWay(changed)
    this.forget(changed)
    const outermost = this.#running.find(({ entry }) => underWay.has(entry))
    if (outermost) throw new Restart(outermost)
  }

  /** Throws these away for good, and what uses them. */
  letGo(isOver: (instance: Instance) => boolean): void {
    const over = [...this.#made.values()].filter(({ instance }) => instance && isOver(instance))
    for (const entry of this.#dependents.takeUsers(over)) this.#remove(entry)
    this.#dependents.tidy()
  }

  #remove(entry: Entry): void {
    if (this.#made.get(entry.key) !== entry) return
    this.#made.delete(entry.key)
    if (entry.instance) this.#byName.delete(entry.instance.name)
  }

  /** Was it made of what holds still? */
  isCurrent(instance: Instance): boolean {
    return this.#made.get(instance.key)?.instance === instance
  }

  named(name: string): Instance | undefined {
    return this.#byName.get(name)
  }

  /** An instance that is there, or is being made: then its result is what is assumed of it so far. */
  known(key: string): Instance | undefined {
    const made = this.#made.get(key)
    if (made) {
      this.#use(made)
      if (made.reliesOn) this.#relyOn(made.reliesOn)
      return made.instance!
    }
    const cycle = this.#runningByKey.get(key)
    if (!cycle) return undefined
    this.#use(cycle.entry)
    cycle.used = true
    this.#relyOn(cycle)
    return { key, name: cycle.name, result: cycle.assumed, constant: null }
  }

  /** Does the function that is being made now come back to itself through this one? */
  isInCycle({ key }: Instance): boolean {
    const around = this.#runningByKey.get(key) ?? this.#made.get(key)?.reliesOn
    return around != null && this.#running[around.depth] === around
  }

  /** All that are being made inside of a running instance now rely on what it is assumed to give. */
  #relyOn(running: Running): void {
    if (this.#running[running.depth] !== running) return
    for (const inner of this.#running.slice(running.depth + 1)) inner.lowest = Math.min(inner.lowest, running.depth)
  }

  /** Whatever is being made uses this one. */
  #use(used: Entry): void {
    const top = this.#running.at(-1)
    if (top) noteUse(used, top.entry)
  }

  /** The call that needs the next instance; refuses recursion over ever new types, unless there is less in them from call to call. */
  enter(method: Method, weight: number, span: Span, caller: Frame | null): void {
    const top = this.#running.at(-1)
    if (top) noteCall(top, span, caller?.origin)
    const nested = this.#running.filter(r => r.method?.def === method.def && r.weight <= weight).length
    if (this.#running.length > MAX_DEPTH || nested > MAX_SELF_NESTING) {
      fail('infer', 'subset.deep-specialisation', { name: method.def.name }, span)
    }
  }

  /** Does a recursion of the program wrap its arguments once more at each level? Its calls are resolved when they run, then. */
  isGrowing(method: Method, label: () => string): boolean {
    if (method.module.isBase) return false
    const around = this.#running.filter(r => r.method?.def === method.def)
    if (around.length < MAX_GROWTH) return false
    const { length } = label()
    return around.filter(r => r.label.length + 1 < length).length >= MAX_GROWTH
  }

  /** Emits the code of a call into the function that is being made; failures have it on their stack. */
  inPlace<T>(label: string, span: Span, caller: Frame['origin'], emit: () => T): T {
    const top = this.#running.at(-1)
    if (!top) return emit()
    noteCall(top, span, caller)
    const depth = top.inPlace.length
    top.inPlace.push({ label, span: null, origin: 'base' })
    try {
      return emit()
    } catch (error) {
      throw this.#withStack(error)
    } finally {
      top.inPlace.length = depth
    }
  }

  make(wanted: NewInstance, emit: (running: Running) => Emitted): Instance {
    const running = this.#begin(wanted)
    try {
      for (let round = 0; ; round++) {
        running.used = false
        const made = this.#restarting(running, () => emit(running))
        const result = running.used ? join(running.assumed, made.result) : made.result
        if (!running.used || result === running.assumed) return this.#finish(running, made)
        for (const entry of running.provisional) this.#remove(entry)
        running.provisional = []
        running.assumed = round >= MAX_ROUNDS ? ANY : result
      }
    } catch (error) {
      throw this.#withStack(error)
    } finally {
      this.#running.pop()
      this.#runningByKey.delete(wanted.key)
    }
  }

  #begin({ key, name, label, weight, method, depends }: NewInstance): Running {
    const depth = this.#running.length
    const entry: Entry = { key, instance: null, users: [], state: 'under-way', reliesOn: null }
    for (const on of depends) this.#dependents.note(on, entry)
    const running: Running = {
      key,
      name: this.#uniqueName(name),
      label,
      weight,
      method,
      depth,
      entry,
      assumed: BOTTOM,
      used: false,
      lowest: depth,
      provisional: [],
      span: null,
      origin: method?.module.isBase ? 'base' : 'user',
      inPlace: [],
    }
    this.#running.push(running)
    this.#runningByKey.set(key, running)
    return running
  }

  #finish(running: Running, made: Emitted): Instance {
    const { key, name, entry } = running
    const instance: Instance = { key, name, result: made.result, constant: running.used ? null : made.constant }
    entry.instance = instance
    entry.state = 'made'
    this.#made.set(key, entry)
    this.#byName.set(name, instance)
    const parent = this.#running[running.depth - 1]
    if (parent) {
      noteUse(entry, parent.entry)
      if (running.lowest < running.depth) {
        parent.lowest = Math.min(parent.lowest, running.lowest)
        const group = [entry, ...running.provisional]
        for (const one of group) one.reliesOn = this.#running[running.lowest]!
        parent.provisional.push(...group)
      }
    }
    return instance
  }

  #uniqueName(base: string): string {
    const n = (this.#names.get(base) ?? 0) + 1
    this.#names.set(base, n)
    return n === 1 ? base : `${base}.${n}`
  }

  /** A failure says where it was met first. */
  #withStack(error: unknown): unknown {
    return error instanceof Failure && error.diagnostic.stack.length === 0
      ? new Failure({ ...error.diagnostic, stack: this.#stack() })
      : error
  }

  /** Frames of what is being compiled, innermost first. */
  #stack(): StackFrame[] {
    const frames = this.#running.flatMap(running => [running, ...running.inPlace])
    return frames.reverse().map(({ label, span, origin }) => ({ label, span, origin, made: [] }))
  }

  // Starting again -------------------------------------------------------------------------------------------------------------------

  #restarting<T>(running: Running, write: () => T): T {
    for (let round = 0; round < MAX_RESTARTS; round++) {
      try {
        return write()
      } catch (error) {
        if (!(error instanceof Restart) || error.running !== running) throw error
        // Instances made for the narrower boxes stay; their types name boxes that nobody makes any more.
      }
    }
    throw new InternalError('boxed locals do not settle')
  }

  /** The function being emitted starts again. */
  restart(): never {
    throw new Restart(this.#running.at(-1) ?? null)
  }

  /** A number for the box of a local of this frame; `types` is where its widened type is kept. */
  boxOwner(frame: Frame, id: LocalId): number {
    let owner = frame.boxes.owners.get(id)
    if (owner === undefined) {
      owner = this.#boxOwners.length
      frame.boxes.owners.set(id, owner)
      const local = frame.code.locals[id]
      const isOpen = local?.assignedInside === true && !local.type
      this.#boxOwners.push({ types: frame.boxes.types, local: id, isOpen, running: this.#running.at(-1) ?? null })
    }
    return owner
  }

  /**
   * A boxed variable is assigned a type that its box cannot hold: the function that owns it starts again with a wider one. A box that is of
   * no use since it did is not found while the program runs.
   */
  widenBox(box: DataType, type: JType, span: Span): void {
    const owner = this.#ownerOf(box)
    if (this.#isUnderWay(owner)) this.#widen(owner, type)
    if ((owner.types.get(owner.local) ?? BOTTOM) === box.params[0]) fail('infer', 'subset.retyped-capture', { type: typeText(type) }, span)
  }

  /** A boxed variable that inner functions may assign anything to, while its owner is still being made. */
  openBox(box: DataType): void {
    const owner = this.#ownerOf(box)
    if (owner.isOpen && this.#isUnderWay(owner)) this.#widen(owner, ANY)
  }

  #ownerOf(box: DataType): BoxOwner {
    const param = box.params[1]
    const owner = param?.kind === 'value' && param.value.kind === 'int' ? this.#boxOwners[param.value.value] : undefined
    invariant(owner, 'a box without an owner')
    return owner
  }

  #isUnderWay({ running }: BoxOwner): boolean {
    return running === null || this.#running.includes(running)
  }

  #widen({ types, local, running }: BoxOwner, type: JType): never {
    types.set(local, type)
    throw new Restart(running)
  }
}
