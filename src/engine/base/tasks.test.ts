/** Tasks, channels and locks, and the macros that write code for each dimension, against what Julia gives. */
import { describe } from 'vitest'
import { newSession, shows } from './check.ts'

const session = newSession(`
using Base.Cartesian
order() = (out = Int[]; t = @async push!(out, 1); push!(out, 2); wait(t); out)
squares(n) = collect(Channel(c -> foreach(i -> put!(c, i^2), 1:n)))
function consumer()
    c, out = Channel{Int}(2), Int[]
    t = @async for x in c
        push!(out, 10x)
    end
    foreach(i -> put!(c, i), 1:3)
    close(c)
    wait(t)
    out, isopen(c), istaskdone(t)
end
summed() = (x = Ref(0); @sync(for i in 1:3; @async x[] += i; end); x[])
taken() = (i = 1; t = @async $i; i = 2; fetch(t))
function locked()
    l = ReentrantLock()
    a = @lock l islocked(l)
    a, islocked(l), lock(() -> 5, l), trylock(l)
end
failing() = @async error("no")
late() = @async error("late")
threaded(n) = (out = zeros(Int, n); Threads.@threads(:static, for (i, v) in collect(enumerate(n:-1:1)); out[i] = v; end); out)
spawned(n) = (i = 0; out = fetch.(map(k -> Threads.@spawn(k + $i), 1:n)); i = 1; out)
stops(n) = Threads.@threads for i in 1:n
    i == 2 && error("stops at $i")
end
holds() = (l = ReentrantLock(); lock(() -> Threads.@spawn(lock(l)), l))
total(A) = (t = 0; @nloops(3, i, A, t += @nref(3, A, i)); t)
named() = (@nexprs 2 i -> x_i = 10i; @ntuple 2 x)
picked(n) = @nif 4 d -> n == d d -> 10d d -> -1
shown(f) = try f() catch e; sprint(showerror, e) end
goes(x::Int) = 1
goes(x) = 2
`)

describe('tasks', () => {
  shows(
    () => session,
    `
    order(), squares(3), summed(), taken() => ([2, 1], Any[1, 4, 9], 6, 1)
    consumer() => ([10, 20, 30], false, true)
    fetch(@async 1 + 1), fetch(schedule(Task(() -> 5))), istaskdone(@task 1) => (2, 5, false)
    shown(() -> fetch(failing())) => "TaskFailedException\\n\\n    nested task error: no"
    fetch(failing()) => !TaskFailedException
    @sync(@async error("no")) => !TaskFailedException
    locked() => (true, false, 5, true)
    (c = Channel{Int}(1); put!(c, 1); (isready(c), take!(c), isempty(c), eltype(c))) => (true, 1, true, Int64)
    (c = Channel{Int}(1); close(c); put!(c, 1)) => !InvalidStateException: Channel is closed.
    (c = Channel{Int}(1); close(c); take!(c)) => !InvalidStateException: Channel is closed.
    take!(Channel{Int}(1)) => !A task that goes on by turns with another one
    take!(Channel(c -> while true; put!(c, 1); end)) => 1
    Base.JLOptions().check_bounds, isdefined(Base, :get_extension), Base.get_extension(Main, :PlotsExt) => (0, true, nothing)
    (a = Threads.Atomic{Int}(1); b = Threads.atomic_add!(a, 2); (b, a[], Threads.nthreads(), asyncmap(abs, [-1]))) => (1, 3, 1, [1])
    @sync(late()) isa Task, istaskdone(Threads.@spawn 1), Task[Threads.@spawn 1] isa Vector{Task} => (true, true, true)
    threaded(3), spawned(3), typeof(spawned(2)) => ([3, 2, 1], [1, 2, 3], Vector{Int64})
    shown(() -> stops(3)) => "TaskFailedException\\n\\n    nested task error: stops at 2"
    shown(() -> fetch(Threads.@spawn error("no"))), istaskfailed(Threads.@spawn error("no")) => ("TaskFailedException\\n\\n    nested task error: no", true)
    stops(3) => !TaskFailedException
    holds() => !A task that goes on by turns with another one
    (Threads.@threads for x in zip(1:2, 1:2); end) => !MethodError: no method matching firstindex
    task_local_storage(() -> task_local_storage(:a), :a, 1) => 1
  `,
  )
})

describe('code for each dimension', () => {
  shows(
    () => session,
    `
    total(reshape(1:8, 2, 2, 2)), named(), picked(2), picked(7) => (36, (10, 20), 20, -1)
    (@ntuple 3 i -> i^2), (@nall 3 d -> d > 0), (@nany 3 d -> d > 3), (@ncall 3 max d -> d) => ((1, 4, 9), true, false, 3)
  `,
  )
})

describe('the method that a call comes to', () => {
  shows(
    () => session,
    `
    (@which goes(1)).sig, (@which goes("a")).name, which(goes, (Int,)).line == which(goes, (String,)).line - 1 => (Tuple{typeof(goes), Int64}, :goes, true)
    which(goes, ()) => !no unique matching method found for the specified argument types
  `,
  )
})
