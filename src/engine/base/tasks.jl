# Tasks, channels and locks on one thread. A task runs from beginning to end once something waits for it; it cannot be left in the middle.
# So a channel takes more than its size while its producer runs, and what would have to go on with two tasks by turns is refused.
# A task of `@spawn` may run at any time, and runs at once: so what it gives has a type. One of `@async` waits in a queue, and that is memory of a
# global, which has no derivative: in derivatives one of `@sync` is known to that only, and runs when it, or a later one, is waited for.

"Code that runs when something waits for it."
abstract type Task end
mutable struct __QueuedTask <: Task
    code::Any
    state::Symbol
    result::Any
    storage::Any
    started::Bool
    queued::Bool
    "The tasks of its `@sync`."
    among::Any
end
Task(f) = __QueuedTask(f, :runnable, nothing, nothing, false, false, nothing)
"The task that runs, by number: it has a lock."
const __number_of_task = Ref(0)
const __count_of_tasks = Ref(0)
"A task that has run already."
mutable struct __EndedTask{T} <: Task
    "What it failed with; nothing if it has a result."
    failed::Any
    storage::Any
    result::T
    function __EndedTask{T}(f) where {T}
        t = new{T}(nothing, nothing)
        around = __number_of_task[]
        __number_of_task[] = __count_of_tasks[] += 1
        try
            t.result = f()
        catch e
            __number_of_task[] = around
            e isa __OutsideSubset && rethrow()
            t.failed = e
        end
        __number_of_task[] = around
        t
    end
end
show(io::IO, ::Type{__QueuedTask}) = print(io, "Task")
show(io::IO, ::Type{<:__EndedTask}) = print(io, "Task")
"A task ended with an exception."
struct TaskFailedException <: Exception
    task::Task
end
"What several tasks ended with."
struct CompositeException <: Exception
    exceptions::Vector{Any}
end
"Something is used in a state in which it cannot be."
struct InvalidStateException <: Exception
    msg::String
    state::Symbol
end
struct ConcurrencyViolationError <: Exception
    msg::Any
end
function showerror(io::IO, e::TaskFailedException)
    print(io, "TaskFailedException\n\n    nested task error: ")
    showerror(io, e.task.exception)
end
function showerror(io::IO, e::CompositeException)
    isempty(e.exceptions) && return print(io, "CompositeException()\n")
    showerror(io, first(e.exceptions))
    n = length(e.exceptions) - 1
    n > 0 && print(io, "\n\n...and ", n, " more exception", n > 1 ? "s" : "", ".\n")
end
showerror(io::IO, e::InvalidStateException) = print(io, "InvalidStateException: ", e.msg)
showerror(io::IO, e::ConcurrencyViolationError) = print(io, "ConcurrencyViolationError: ", e.msg)
length(c::CompositeException) = length(c.exceptions)
iterate(c::CompositeException, state...) = iterate(c.exceptions, state...)
show(io::IO, t::Task) = print(io, "Task (", t.state === :runnable ? "runnable" : string(t.state), ")")

const __waiting = Any[]
const __main_task = Task(nothing)
const __running_task = Ref{Any}(__main_task)
"The task that runs."
current_task() = __running_task[]
"Lets a task run when something waits."
function schedule(t::__QueuedTask)
    t.state === :runnable && !t.started && !t.queued || error("schedule: Task not runnable")
    t.queued = true
    push!(__waiting, t)
    t
end
function schedule(t::__QueuedTask, value; error::Bool=false)
    error && (t.code = () -> throw(value))
    schedule(t)
end
function __run_task(t::__QueuedTask)
    t.started && return nothing
    t.started = true
    around, number = __running_task[], __number_of_task[]
    __number_of_task[] = __count_of_tasks[] += 1
    __within_autodiff() || (__running_task[] = t)
    try
        t.result = t.code()
        t.state = :done
    catch e
        t.result = e
        t.state = :failed
    end
    __within_autodiff() || (__running_task[] = around)
    __number_of_task[] = number
    nothing
end
"Runs the task that has waited longest; false if there is none."
function __run_next()
    isempty(__waiting) && return false
    __run_task(popfirst!(__waiting))
    true
end
__run_waiting() = (n = length(__waiting); while n > 0 && __run_next(); n -= 1; end; nothing)
__no_turns() = throw(__OutsideSubset("A task that goes on by turns with another one, or waits for what never comes,"))
"Lets other tasks run."
yield() = __run_waiting()
yield(t::__QueuedTask) = (t.queued || schedule(t); __finish(t); nothing)
__finish(t::__EndedTask) = nothing
function __finish(t::__QueuedTask)
    if __within_autodiff()
        t.among === nothing ? __run_task(t) : __run_up_to(t, t.among)
        return nothing
    end
    while t.state === :runnable
        __run_next() || __no_turns()
    end
end
function __run_up_to(t::__QueuedTask, tasks)
    for before in tasks
        before === t && break
        before isa __QueuedTask && __run_task(before)
    end
    __run_task(t)
end
"Waits until the task has ended."
function wait(t::Task; throw::Bool=true)
    t === current_task() && throw && error("deadlock detected: cannot wait on current task")
    __finish(t)
    t.state === :failed && throw && Base.throw(TaskFailedException(t))
    nothing
end
function wait(t::__EndedTask; throw::Bool=true)
    t.failed !== nothing && throw && Base.throw(TaskFailedException(t))
    nothing
end
"What the task gives, once it has ended."
fetch(t::__QueuedTask) = (wait(t); t.result)
fetch(t::__EndedTask) = t.failed === nothing ? getfield(t, :result) : Base.throw(TaskFailedException(t))
fetch(x) = x
istaskdone(t::Task) = t.state !== :runnable
istaskstarted(t::Task) = t.started
istaskfailed(t::Task) = t.state === :failed
errormonitor(t::Task) = t
"Variables of the running task."
function task_local_storage()
    t = current_task()
    t.storage === nothing && (t.storage = IdDict{Any,Any}())
    t.storage
end
task_local_storage(key) = task_local_storage()[key]
task_local_storage(key, value) = (task_local_storage()[key] = value)
function task_local_storage(f::Function, key, value)
    storage = task_local_storage()
    before = get(storage, key, __main_task)
    storage[key] = value
    try
        f()
    finally
        before === __main_task ? delete!(storage, key) : (storage[key] = before)
    end
end
function getproperty(t::__QueuedTask, name::Symbol)
    name === :exception && return getfield(t, :state) === :failed ? getfield(t, :result) : nothing
    getfield(t, name)
end
function getproperty(t::__EndedTask, name::Symbol)
    name === :exception && return getfield(t, :failed)
    name === :started && return true
    name === :state && return getfield(t, :failed) === nothing ? :done : :failed
    getfield(t, name)
end

__no_tasks() = Task[]
"`@async`: a task that runs when something waits, one of those of `@sync`."
__async(f) = schedule(Task(f))
function __async(f, tasks)
    t = Task(f)
    t.among = tasks
    push!(tasks, t)
    __within_autodiff() ? t : schedule(t)
end
"`@spawn`"
__spawn(f) = __EndedTask{__return_type(f)}(f)
__spawn(f, tasks) = (t = __spawn(f); push!(tasks, t); t)
"The end of `@sync`: waits for the tasks that are made in its text."
function __await_all(tasks)
    failed = Any[]
    k = 0
    while (k += 1) <= length(tasks)
        __finish(tasks[k])
        istaskfailed(tasks[k]) && push!(failed, TaskFailedException(tasks[k]))
    end
    isempty(failed) || throw(CompositeException(failed))
    nothing
end
"`Threads.@threads`: a loop over items that have places."
function __threads(f, items)
    firstindex(items)
    length(items)
    try
        f(items)
    catch e
        throw(CompositeException(Any[TaskFailedException(__EndedTask{Union{}}(() -> throw(e)))]))
    end
    nothing
end
asyncmap(f, c...; ntasks=0, batch_size=nothing) = map(f, c...)
asyncmap!(f, results, c...; ntasks=0, batch_size=nothing) = map!(f, results, c...)
timedwait(test, seconds::Real; pollint::Real=0.1) = (test() || __run_waiting(); test() ? :ok : :timed_out)

"A queue through which tasks hand values to each other."
abstract type AbstractChannel{T} end
mutable struct Channel{T} <: AbstractChannel{T}
    data::Vector{T}
    sz_max::Float64
    state::Symbol
    excp::Any
    Channel{T}(size::Real=0) where {T} = size < 0 ? throw(ArgumentError("Channel size must be either 0, a positive integer or Inf")) : new(T[], Float64(size), :open, nothing)
end
Channel(size::Real=0) = Channel{Any}(size)
function Channel{T}(f::Function, size::Real=0; taskref=nothing, spawn::Bool=false, threadpool=nothing) where {T}
    c = Channel{T}(size)
    t = Task(() -> f(c))
    bind(c, t)
    taskref === nothing || (taskref[] = t)
    schedule(t)
    c
end
Channel(f::Function, size::Real=0; options...) = Channel{Any}(f, size; options...)
"Closes the channel when the task ends, with its exception if it failed."
function bind(c::Channel, t::Task)
    code = t.code
    t.code = () -> begin
        value = try
            code()
        catch e
            close(c, TaskFailedException(t))
            rethrow()
        end
        close(c)
        value
    end
    c
end
close(c::Channel) = close(c, InvalidStateException("Channel is closed.", :closed))
close(c::Channel, e) = (c.state === :open && (c.state = :closed; c.excp = e); nothing)
isopen(c::Channel) = c.state === :open
isready(c::Channel) = !isempty(c.data)
isempty(c::Channel) = isempty(c.data)
isfull(c::Channel) = length(c.data) >= c.sz_max
eltype(::Type{<:AbstractChannel{T}}) where {T} = T
IteratorSize(::Type{<:AbstractChannel}) = SizeUnknown()
show(io::IO, c::Channel) = print(io, typeof(c), "(", c.sz_max == Inf ? c.sz_max : Int64(c.sz_max), ")")
"More values than this wait in a channel only if their producer never ends."
const __most_waiting = 100000
function put!(c::Channel{T}, v) where {T}
    isopen(c) || throw(c.excp)
    push!(c.data, convert(T, v))
    length(c.data) - c.sz_max > __most_waiting && __no_turns()
    v
end
append!(c::Channel, items) = (foreach(x -> put!(c, x), items); c)
push!(c::Channel, v) = (put!(c, v); c)
"Runs tasks until the channel has a value; false if it is closed without one."
function __await(c::Channel)
    while isempty(c.data)
        isopen(c) || return false
        __run_next() || __no_turns()
    end
    true
end
take!(c::Channel) = __await(c) ? popfirst!(c.data) : throw(c.excp)
popfirst!(c::Channel) = take!(c)
fetch(c::Channel) = __await(c) ? first(c.data) : throw(c.excp)
wait(c::Channel) = (__await(c) || throw(c.excp); nothing)
function iterate(c::Channel, state=nothing)
    __await(c) && return (popfirst!(c.data), nothing)
    c.excp isa InvalidStateException && c.excp.state === :closed || throw(c.excp)
    nothing
end

"A lock that the task which holds it may take again."
abstract type AbstractLock end
mutable struct ReentrantLock <: AbstractLock
    locked_by::Int64
    count::Int64
    ReentrantLock() = new(-1, 0)
end
function trylock(l::AbstractLock)
    l.count > 0 && l.locked_by !== __number_of_task[] && return false
    l.locked_by = __number_of_task[]
    l.count += 1
    true
end
lock(l::AbstractLock) = trylock(l) ? nothing : __no_turns()
function unlock(l::AbstractLock)
    l.count > 0 || error("unlock count must match lock count")
    l.locked_by === __number_of_task[] || error("unlock from wrong thread")
    l.count -= 1
    l.count == 0 && (l.locked_by = -1)
    nothing
end
islocked(l::AbstractLock) = l.count > 0
function lock(f, l::AbstractLock)
    lock(l)
    try
        f()
    finally
        unlock(l)
    end
end
"Tasks wait for a notice with a value."
mutable struct Condition
    notices::Int64
    value::Any
    Condition() = new(0, nothing)
end
wait(c::Condition) = (n = c.notices; while c.notices == n; __run_next() || __no_turns(); end; c.value)
notify(c::Condition, value=nothing; all::Bool=true, error::Bool=false) = (c.notices += 1; c.value = value; 0)
"Something that is set once, for which tasks wait."
mutable struct Event
    set::Bool
    autoreset::Bool
    Event(autoreset::Bool=false) = new(false, autoreset)
end
wait(e::Event) = (while !e.set; __run_next() || __no_turns(); end; e.autoreset && (e.set = false); nothing)
notify(e::Event) = (e.set = true; nothing)
reset(e::Event) = (e.set = false; nothing)
mutable struct Semaphore
    sem_size::Int64
    curr_cnt::Int64
    Semaphore(n) = n > 0 ? new(n, 0) : throw(ArgumentError("Semaphore size must be > 0"))
end
acquire(s::Semaphore) = (s.curr_cnt < s.sem_size || __no_turns(); s.curr_cnt += 1; nothing)
release(s::Semaphore) = (s.curr_cnt > 0 || error("release count must match acquire count"); s.curr_cnt -= 1; nothing)
function acquire(f, s::Semaphore)
    acquire(s)
    try
        f()
    finally
        release(s)
    end
end

module Threads
export nthreads, threadid, maxthreadid, nthreadpools, threadpool, Atomic, atomic_add!, atomic_sub!, atomic_and!, atomic_or!, atomic_xor!,
    atomic_max!, atomic_min!, atomic_xchg!, atomic_cas!, atomic_fence, SpinLock, foreach
using Base: Event, Condition
"How many threads there are: one."
nthreads(pool=:default) = 1
maxthreadid() = 1
threadid(t=nothing) = 1
nthreadpools() = 1
threadpool(id=1) = :default
threadpoolsize(pool=:default) = 1
"A number that several threads may change."
mutable struct Atomic{T}
    value::T
end
Atomic(x::T) where {T} = Atomic{T}(x)
Atomic{T}() where {T} = Atomic{T}(zero(T))
Base.getindex(x::Atomic) = x.value
Base.setindex!(x::Atomic{T}, v) where {T} = (x.value = convert(T, v); x)
Base.eltype(::Type{Atomic{T}}) where {T} = T
changed!(op, x::Atomic{T}, v) where {T} = (old = x.value; x.value = op(old, convert(T, v)); old)
atomic_add!(x::Atomic, v) = changed!(+, x, v)
atomic_sub!(x::Atomic, v) = changed!(-, x, v)
atomic_and!(x::Atomic, v) = changed!(&, x, v)
atomic_or!(x::Atomic, v) = changed!(|, x, v)
atomic_xor!(x::Atomic, v) = changed!(xor, x, v)
atomic_max!(x::Atomic, v) = changed!(max, x, v)
atomic_min!(x::Atomic, v) = changed!(min, x, v)
atomic_xchg!(x::Atomic, v) = changed!((old, new) -> new, x, v)
atomic_cas!(x::Atomic{T}, expected, v) where {T} = (old = x.value; old === convert(T, expected) && (x.value = convert(T, v)); old)
atomic_fence() = nothing
mutable struct SpinLock <: Base.AbstractLock
    locked_by::Int64
    count::Int64
    SpinLock() = new(-1, 0)
end
Base.trylock(l::SpinLock) = l.count > 0 ? false : (l.locked_by = Base.__number_of_task[]; l.count = 1; true)
foreach(f, c::Base.Channel; options...) = Base.foreach(f, c)
end
