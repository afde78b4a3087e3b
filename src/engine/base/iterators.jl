# Lazy sequences. Those whose length is known before they run have `__count` and `__item`, which make counted loops; the last
# type parameter of each wrapper says whether it is one of them.

"Whether a sequence has a length and direct access to its items."
__counted(x) = false
__counted(x::Union{AbstractArray,Tuple,NamedTuple,Pairs,AbstractString,Number}) = true

"`f(x)` for each x of `iter`."
struct Generator{I,F,C}
    f::F
    iter::I
end
Generator(f, iter) = __isconstant(__counted(iter)) ? Generator{typeof(iter),typeof(f),__counted(iter)}(f, iter) : inferencebarrier(Generator)(f, iter)
Generator(::Type{T}, iter) where {T} = Generator(__Make{T}(), iter)
Generator(f, a, b, rest...) = Generator(xs -> f(xs...), zip(a, b, rest...))
ndims(g::Generator) = ndims(g.iter)
ndims(p::Iterators.ProductIterator) = __tuple_length(__joined_sizes(p.iters))
ndims(z::Iterators.Zip) = __tuple_length(size(z))
ndims(e::Iterators.Enumerate) = ndims(e.iter)
__counted(g::Generator{I,F,C}) where {I,F,C} = C
__count(g::Generator{I,F,true}) where {I,F} = __count(g.iter)
__item(g::Generator, k::Int64) = g.f(__item(g.iter, k))
length(g::Generator) = length(g.iter)
size(g::Generator) = size(g.iter)
isempty(g::Generator) = isempty(g.iter)

__product_of(iters...) = __product_with(map(__with_places, iters))
__product_with(iters) = Iterators.ProductIterator{typeof(iters),__all_counted(iters)}(iters)
"What has a length, but no place for each of its items, as an array of them."
__with_places(itr) = __counted(itr) || !(IteratorSize(itr) isa Union{HasLength,HasShape}) ? itr : collect(itr)
__all_counted(::Tuple{}) = true
__all_counted(t::Tuple) = __counted(__tuple_get(t, 1)) && __all_counted(tail(t))
__counted(p::Iterators.ProductIterator{I,C}) where {I,C} = C
__count(p::Iterators.ProductIterator{I,true}) where {I} = __product(map(__count, p.iters))
__item(p::Iterators.ProductIterator, k::Int64) = map((it, i) -> __item(it, i - 1), p.iters, __subscripts(map(__count, p.iters), k + 1))
size(p::Iterators.ProductIterator) = __joined_sizes(p.iters)
length(p::Iterators.ProductIterator) = __count(p)
isempty(p::Iterators.ProductIterator) = __count(p) == 0

zip() = Iterators.Zip{Tuple{},false}(())
zip(iters...) = __isconstant(__all_counted(iters)) ? Iterators.Zip{typeof(iters),__all_counted(iters)}(iters) : inferencebarrier(zip)(iters...)
__counted(z::Iterators.Zip{I,C}) where {I,C} = C
__count(z::Iterators.Zip{I,true}) where {I} = __least(map(__count, z.iters))
__least(t::Tuple{Int64}) = __tuple_get(t, 1)
__least(t::Tuple) = min(__tuple_get(t, 1), __least(tail(t)))
__item(z::Iterators.Zip, k::Int64) = map(it -> __item(it, k), z.iters)
length(z::Iterators.Zip) = __count(z)
function length(z::Iterators.Zip{I,false}) where {I}
    n = __shortest(z.iters, nothing)
    n === nothing ? __argument_error("iterator is of undefined length") : n
end
"The least of the lengths, but of those without end."
__shortest(::Tuple{}, n) = n
__shortest(t::Tuple, n) = __shortest(tail(t), __shorter(IteratorSize(__tuple_get(t, 1)), __tuple_get(t, 1), n))
__shorter(::IteratorSize, itr, n) = n === nothing ? length(itr) : min(n, length(itr))
__shorter(::IsInfinite, itr, n) = n
size(z::Iterators.Zip) = __shared_size(map(size, z.iters)...)
__shared_size(s) = s
__shared_size(s::Dims{1}, t::Dims{1}, rest...) = __shared_size((min(s[1], t[1]),), rest...)
__shared_size(s, t, rest...) = s == t ? __shared_size(s, rest...) : __size_error("dimensions must match in zip")
isempty(z::Iterators.Zip) = __count(z) == 0
function iterate(z::Iterators.Zip{I,false}) where {I}
    __zipped(map(iterate, z.iters))
end
iterate(z::Iterators.Zip{I,false}, states) where {I} = __zipped(map(iterate, z.iters, states))
__zipped(nexts) = any(isnothing, nexts) ? nothing : (map(n -> n[1], nexts), map(n -> n[2], nexts))

enumerate(iter) = __isconstant(__counted(iter)) ? Iterators.Enumerate{typeof(iter),__counted(iter)}(iter) : inferencebarrier(enumerate)(iter)
__counted(e::Iterators.Enumerate{I,C}) where {I,C} = C
__count(e::Iterators.Enumerate{I,true}) where {I} = __count(e.iter)
__item(e::Iterators.Enumerate, k::Int64) = (k + 1, __item(e.iter, k))
length(e::Iterators.Enumerate) = length(e.iter)
size(e::Iterators.Enumerate) = size(e.iter)
isempty(e::Iterators.Enumerate) = isempty(e.iter)
function iterate(e::Iterators.Enumerate{I,false}) where {I}
    next = iterate(e.iter)
    next === nothing ? nothing : ((1, next[1]), (1, next[2]))
end
function iterate(e::Iterators.Enumerate{I,false}, state) where {I}
    next = iterate(e.iter, state[2])
    next === nothing ? nothing : ((state[1] + 1, next[1]), (state[1] + 1, next[2]))
end

"`index => element` of an array."
struct __PairsOf{A}
    a::A
end
pairs(a::AbstractArray) = __PairsOf{typeof(a)}(a)
pairs(t::Tuple) = __PairsOf{typeof(t)}(t)
pairs(s::AbstractString) = __PairsOf{typeof(s)}(s)
pairs(::IndexCartesian, a::AbstractArray) = __PairsOf{typeof(a)}(a)
pairs(::IndexLinear, a::AbstractArray) = (k => a[k] for k in 1:length(a))
__counted(p::__PairsOf) = true
__count(p::__PairsOf) = __count(p.a)
__item(p::__PairsOf, k::Int64) = __item(keys(p.a), k) => __item(p.a, k)
length(p::__PairsOf) = length(p.a)
size(p::__PairsOf) = size(p.a)
keys(p::__PairsOf) = keys(p.a)
values(p::__PairsOf) = p.a
getindex(p::__PairsOf, k) = p.a[k]
show(io::IO, p::__PairsOf) = __show_pairs(io, p)
show(io::IO, ::MIME"text/plain", p::__PairsOf) = __show_entries(io, p, p.a)

iterate(f::Iterators.Filter) = __next_kept(f, iterate(f.itr))
iterate(f::Iterators.Filter, state) = __next_kept(f, iterate(f.itr, state))
function __next_kept(f, next)
    while next !== nothing
        f.flt(next[1]) && return next
        next = iterate(f.itr, next[2])
    end
    nothing
end

# Of an iterator of a program, only the program can say what it is backwards.
const __CountedBackwards = Union{
    AbstractArray,Tuple,NamedTuple,Pairs,AbstractString,Number,AbstractDict,AbstractSet,__PairsOf,Generator{I,F,true} where {I,F},
    Iterators.Zip{I,true} where {I},Iterators.Enumerate{I,true} where {I},Iterators.Take{I,true} where {I},Iterators.Drop{I,true} where {I},
    Iterators.ProductIterator{I,true} where {I},Iterators.Partition{<:AbstractArray}
}
const __ReverseCounted = Iterators.Reverse{<:__CountedBackwards}
__counted(r::__ReverseCounted) = true
__count(r::__ReverseCounted) = __count(r.itr)
__item(r::__ReverseCounted, k::Int64) = __item(r.itr, __count(r.itr) - 1 - k)
length(r::Iterators.Reverse) = length(r.itr)

__counted(t::Union{Iterators.Take{I,C},Iterators.Drop{I,C}}) where {I,C} = C
__count(t::Iterators.Take{I,true}) where {I} = min(t.n, __count(t.iter))
__count(t::Iterators.Drop{I,true}) where {I} = (n = __count(t.iter); t.n >= n ? 0 : n - t.n)
__item(t::Iterators.Take, k::Int64) = __item(t.iter, k)
__item(t::Iterators.Drop, k::Int64) = __item(t.iter, k + t.n)
length(t::Iterators.Take{I,true}) where {I} = __count(t)
length(d::Iterators.Drop{I,true}) where {I} = __count(d)
length(t::Iterators.Take) = IteratorSize(t.iter) isa IsInfinite ? t.n : min(t.n, length(t.iter))
length(d::Iterators.Drop) = (n = length(d.iter); d.n >= n ? 0 : n - d.n)
function iterate(d::Iterators.Drop{I,false}) where {I}
    next = iterate(d.iter)
    for _ in 1:d.n
        next === nothing && return nothing
        next = iterate(d.iter, next[2])
    end
    next
end
iterate(d::Iterators.Drop{I,false}, state) where {I} = iterate(d.iter, state)
function iterate(t::Iterators.Take{I,false}) where {I}
    t.n < 1 && return nothing
    next = iterate(t.iter)
    next === nothing ? nothing : (next[1], (1, next[2]))
end
function iterate(t::Iterators.Take{I,false}, state) where {I}
    state[1] >= t.n && return nothing
    next = iterate(t.iter, state[2])
    next === nothing ? nothing : (next[1], (state[1] + 1, next[2]))
end

iterate(t::Iterators.TakeWhile) = __while_holds(t, iterate(t.xs))
iterate(t::Iterators.TakeWhile, state) = __while_holds(t, iterate(t.xs, state))
__while_holds(t, next) = next === nothing || !t.pred(next[1]) ? nothing : next

iterate(d::Iterators.DropWhile) = __past(d, iterate(d.xs))
iterate(d::Iterators.DropWhile, state) = iterate(d.xs, state)
function __past(d, next)
    while next !== nothing && d.pred(next[1])
        next = iterate(d.xs, next[2])
    end
    next
end
const __LazySequence = Union{
    Iterators.Filter,Iterators.Flatten,Iterators.Reverse,Iterators.Take,Iterators.Drop,Iterators.TakeWhile,Iterators.DropWhile,Iterators.Rest,
    Iterators.Accumulate,Iterators.Count,Iterators.Cycle,Iterators.Repeated,Iterators.Partition,Iterators.Zip,Iterators.Enumerate,
    Iterators.ProductIterator,__PairsOf,Pairs
}
iterate(f::Iterators.Flatten) = __begun(f.it, iterate(f.it))
function iterate(f::Iterators.Flatten, state)
    inner, at, outer = state
    next = iterate(inner, at)
    next === nothing ? __begun(f.it, iterate(f.it, outer)) : (next[1], (inner, next[2], outer))
end
"The first item of the next inner sequence that has one."
function __begun(sequences, next)
    while next !== nothing
        inner, outer = next
        found = iterate(inner)
        found === nothing || return (found[1], (inner, found[2], outer))
        next = iterate(sequences, outer)
    end
    nothing
end
length(a::Iterators.Accumulate) = length(a.itr)
size(a::Iterators.Accumulate) = size(a.itr)
length(f::Iterators.Flatten) = __flat_length(eltype(f.it), f.it)
__flat_length(::Type{<:NTuple{N,Any}}, it) where {N} = N * length(it)
__flat_length(::Type{<:Number}, it) = length(it)
__flat_length(::Type{Union{}}, it) = 0
__flat_length(T, it::Iterators.Take{<:Iterators.Repeated}) = it.n * length(it.iter.x)
__flat_length(T, it) = __argument_error("Iterates of the argument to Flatten are not known to have constant length")
eltype(::Type{Iterators.Flatten{I}}) where {I<:Union{Tuple,NamedTuple}} = __joined_eltypes(fieldtypes(I), Union{})
__joined_eltypes(::Tuple{}, T) = T
__joined_eltypes(t::Tuple, T) = __joined_eltypes(tail(t), typejoin(T, eltype(__tuple_get(t, 1))))
iterate(r::Iterators.Rest, state=r.st) = iterate(r.itr, state)
iterate(a::Iterators.Accumulate) = __accumulated(a, iterate(a.itr))
iterate(a::Iterators.Accumulate, state) = __accumulate_on(a, state[1], iterate(a.itr, state[2]))
__accumulated(a, next) = next === nothing ? nothing : (x = __first_acc(a.f, a.init, next[1]); (x, (x, next[2])))
__accumulate_on(a, acc, next) = next === nothing ? nothing : (x = a.f(acc, next[1]); (x, (x, next[2])))
__first_acc(f, init, x) = f(init, x)
__first_acc(f, ::__NoInit, x) = x
Iterators.Stateful(itr) = Iterators.Stateful{typeof(itr)}(itr, iterate(itr), 0)
isempty(s::Iterators.Stateful) = s.next === nothing
iterate(s::Iterators.Stateful, state=nothing) = s.next === nothing ? nothing : (popfirst!(s), nothing)
function popfirst!(s::Iterators.Stateful)
    s.next === nothing && throw(EOFError())
    x, state = s.next
    s.next = iterate(s.itr, state)
    s.taken += 1
    x
end
peek(s::Iterators.Stateful) = s.next === nothing ? nothing : s.next[1]
length(s::Iterators.Stateful) = length(s.itr) - s.taken
eltype(::Type{Iterators.Stateful{I}}) where {I} = eltype(I)
eltype(::Type{Iterators.Partition{C}}) where {C} = Vector{eltype(C)}
eltype(::Type{Iterators.Partition{C}}) where {C<:AbstractArray} = __return_type(__one_item, Iterators.Partition{C})
eltype(::Type{T}) where {T<:__LazySequence} = __return_type(__one_item, T)
__one_item(itr) = __counted(itr) ? __item(itr, 0) : __first_of(itr)

iterate(c::Iterators.Count, x=c.start) = (x, x + c.step)
iterate(c::Iterators.Cycle) = __cycled(Val(__counted(c.xs)), c.xs)
iterate(c::Iterators.Cycle, state) = __cycled(Val(__counted(c.xs)), c.xs, state)
__cycled(::Val{true}, xs, k=0) = __count(xs) == 0 ? nothing : (__item(xs, mod(k, __count(xs))), k + 1)
__cycled(::Val{false}, xs) = iterate(xs)
function __cycled(::Val{false}, xs, state)
    next = iterate(xs, state)
    next === nothing ? iterate(xs) : next
end
iterate(r::Iterators.Repeated, state=nothing) = (r.x, nothing)

__counted(p::Iterators.Partition{<:AbstractArray}) = true
__count(p::Iterators.Partition{<:AbstractArray}) = cld(length(p.c), p.n)
__item(p::Iterators.Partition{<:AbstractArray}, k::Int64) = view(p.c, k*p.n+1:min((k+1)*p.n, length(p.c)))
length(p::Iterators.Partition) = cld(length(p.c), p.n)
iterate(p::Iterators.Partition) = __next_part(p, iterate(p.c))
iterate(p::Iterators.Partition{<:AbstractArray}) = iterate(p, 0)
iterate(p::Iterators.Partition{<:AbstractArray}, k) = k < __count(p) ? (__item(p, k), k + 1) : nothing
iterate(p::Iterators.Partition{<:AbstractString}, k=0) = k < length(p.c) ? (SubString(p.c, __from_to(p.c, k, k + p.n)...), k + p.n) : nothing
__from_to(s, k, n) = (nextind(s, 0, k + 1), nextind(s, 0, min(n, length(s))))
eltype(::Type{Iterators.Partition{C}}) where {C<:AbstractString} = SubString{C}
"Its state is the first item of the next run, with the state after that."
iterate(p::Iterators.Partition, next) = __next_part(p, next)
function __next_part(p, next)
    next === nothing && return nothing
    part = Vector{eltype(p.c)}()
    while next !== nothing && length(part) < p.n
        push!(part, next[1])
        next = iterate(p.c, next[2])
    end
    part, next
end

# A number iterates as itself.
__count(x::Number) = 1
__item(x::Number, k::Int64) = x
length(x::Number) = 1
size(x::Number) = ()
ndims(x::Number) = 0
axes(x::Number) = ()
getindex(x::Number, i::Integer) = i == 1 ? x : __out_of_bounds(x, i)
getindex(x::Number) = x
first(x::Number) = x
last(x::Number) = x
eltype(::Type{T}) where {T<:Number} = T
isempty(x::Number) = false
in(x::Number, y::Number) = x == y
__count(nt::NamedTuple) = nfields(nt)
__item(nt::NamedTuple, k::Int64) = getfield(nt, k + 1)

const __Counted = Union{
    AbstractArray,Tuple,NamedTuple,Pairs,AbstractString,Number,AbstractDict,AbstractSet,
    __PairsOf,__ReverseCounted,ValueIterator,Char
}
iterate(x::__Counted) = iterate(x, 0)
# The states that Julia uses, which programs may see.
iterate(a::AbstractArray) = iterate(a, 1)
iterate(a::AbstractArray, k) = k <= length(a) ? (__item(a, k - 1), k + 1) : nothing
iterate(r::OrdinalRange) = isempty(r) ? nothing : (first(r), first(r))
iterate(r::OrdinalRange{Int64}, x::Int64) = x == last(r) ? nothing : (x + step(r), x + step(r))
iterate(r::OrdinalRange{T}, x::T) where {T} = x == last(r) ? nothing : (x + step(r), x + step(r))
iterate(t::Tuple) = iterate(t, 1)
iterate(t::Tuple, k) = k <= __tuple_length(t) ? (__tuple_get(t, k), k + 1) : nothing
iterate(x::__Counted, k) = k < __count(x) ? (__item(x, k), k + 1) : nothing
const __CountedWrapper = Union{
    Generator{I,F,true} where {I,F},
    Iterators.ProductIterator{I,true} where {I},
    Iterators.Zip{I,true} where {I},
    Iterators.Enumerate{I,true} where {I},
    Iterators.Take{I,true} where {I},
    Iterators.Drop{I,true} where {I}
}
iterate(x::__CountedWrapper) = iterate(x, 0)
iterate(x::__CountedWrapper, k::Int64) = k < __count(x) ? (__item(x, k), k + 1) : nothing
iterate(p::Iterators.ProductIterator{I,false}) where {I} = iterate(p, (vec(collect(__product_of(map(collect, p.iters)...))), 0))
iterate(p::Iterators.ProductIterator{I,false}, (items, k)) where {I} = k < length(items) ? (items[k+1], (items, k + 1)) : nothing
iterate(g::Generator{I,F,false}) where {I,F} = __mapped(g, iterate(g.iter))
iterate(g::Generator{I,F,false}, state) where {I,F} = __mapped(g, iterate(g.iter, state))
__mapped(g, next) = next === nothing ? nothing : (g.f(next[1]), next[2])

function first(itr)
    for x in itr
        return x
    end
    __argument_error("collection must be non-empty")
end
first(a::AbstractArray) = a[1]
last(a::AbstractArray) = a[length(a)]
first(a::AbstractVector) = a[firstindex(a)]
last(a::AbstractVector) = a[lastindex(a)]
last(itr) = (n = __count(itr); n == 0 ? __argument_error("collection must be non-empty") : __item(itr, n - 1))
first(itr, n::Integer) = collect(Iterators.take(itr, n))
last(itr, n::Integer) = reverse!(collect(Iterators.take(Iterators.reverse(itr), n)))
first(a::AbstractVector, n::Integer) = a[firstindex(a):min(firstindex(a) + n - 1, lastindex(a))]
last(a::AbstractVector, n::Integer) = a[max(firstindex(a), lastindex(a) - n + 1):lastindex(a)]
"The only element."
function only(itr)
    next = iterate(itr)
    next === nothing && __argument_error("Collection is empty, must contain exactly 1 element")
    iterate(itr, next[2]) === nothing || __argument_error("Collection has multiple elements, must contain exactly 1 element")
    next[1]
end
only(t::Tuple) = __tuple_length(t) == 1 ? __tuple_get(t, 1) :
    __argument_error(isempty(t) ? "Tuple is empty, must contain exactly 1 element" : "Tuple contains $(length(t)) elements, must contain exactly 1 element")
only(a::AbstractArray) = length(a) == 1 ? __get(a, 1) :
    __argument_error("Collection ", isempty(a) ? "is empty" : "has multiple elements", ", must contain exactly 1 element")
only(x::Number) = x
only(x::Char) = x
only(nt::NamedTuple) = only(values(nt))
function isempty(itr)
    for x in itr
        return false
    end
    true
end
"What a sequence, whose items these are, has after `k` of them."
__after(itr, items, k) = items[k+1:length(items)]
"The rest of a sequence after `n` or after its first element."
function rest end
rest(a::AbstractVector, k::Int64) = a[k+1:length(a)]
rest(t::Tuple, k::Int64) = t[k+1:length(t)]
__peel(itr) = __peeled(Val(__counted(itr)), itr)
__peeled(::Val{true}, itr) = isempty(itr) ? nothing : (first(itr), Iterators.Drop{typeof(itr),true}(itr, 1))
function __peeled(::Val{false}, itr)
    next = iterate(itr)
    next === nothing ? nothing : (next[1], __rest(itr, next[2]))
end

# What the names of `Iterators` call.
__lazy_filter(f, itr) = Iterators.Filter{typeof(f),typeof(itr)}(f, itr)
__lazy_map(f, iter) = Generator(f, iter)
__lazy_map(f, iter, rest...) = Generator(xs -> f(xs...), zip(iter, rest...))
__lazy_reverse(itr) = Iterators.Reverse{typeof(itr)}(itr)
__lazy_reverse(r::AbstractRange) = reverse(r)
__lazy_reverse(r::Iterators.Reverse) = r.itr
__lazy_reverse(f::Iterators.Filter) = __lazy_filter(f.flt, __lazy_reverse(f.itr))
__lazy_reverse(it::Iterators.Flatten) = __flatten(Generator(__lazy_reverse, __lazy_reverse(it.it)))
__lazy_reverse(g::Generator) = Generator(g.f, __lazy_reverse(g.iter))
__lazy_zip(iters...) = zip(iters...)
__lazy_enumerate(iter) = enumerate(iter)
__only(itr) = only(itr)
__flatten(it) = Iterators.Flatten{typeof(it)}(it)
__flatmap(f, its...) = __flatten(Generator(f, its...))
__take(iter, n::Integer) = 
    n < 0 ? __argument_error("Take length must be non-negative") : Iterators.Take{typeof(iter),__counted(iter)}(iter, Int64(n))
__drop(iter, n::Integer) = 
    n < 0 ? __argument_error("Drop length must be non-negative") : Iterators.Drop{typeof(iter),__counted(iter)}(iter, Int64(n))
__takewhile(pred, xs) = Iterators.TakeWhile{typeof(pred),typeof(xs)}(pred, xs)
__countfrom(start=1, step=1) = Iterators.Count{typeof(start),typeof(step)}(start, step)
__dropwhile(pred, xs) = Iterators.DropWhile{typeof(pred),typeof(xs)}(pred, xs)
__rest(itr, state) = Iterators.Rest{typeof(itr),typeof(state)}(itr, state)
__rest(itr) = itr
__lazy_accumulate(f, itr; init=__no_init) = Iterators.Accumulate{typeof(f),typeof(itr),typeof(init)}(f, itr, init)
__nth_item(itr, n::Integer) = first(__drop(itr, n - 1))
__cycle(xs, n::Integer) = __flatten(__repeated(xs, n))
__cycle(xs) = Iterators.Cycle{typeof(xs)}(xs)
__repeated(x) = Iterators.Repeated{typeof(x)}(x)
__repeated(x, n::Integer) = __take(__repeated(x), n)
__partition(c, n::Integer) = n < 1 ? __argument_error("cannot create partitions of length ", n) : Iterators.Partition{typeof(c)}(c, Int64(n))

"What is known of a sequence before it runs."
abstract type IteratorSize end
struct SizeUnknown <: IteratorSize end
struct HasLength <: IteratorSize end
struct HasShape{N} <: IteratorSize end
struct IsInfinite <: IteratorSize end
abstract type IteratorEltype end
struct HasEltype <: IteratorEltype end
struct EltypeUnknown <: IteratorEltype end
IteratorSize(x) = IteratorSize(typeof(x))
IteratorSize(::Type) = HasLength()
IteratorSize(::Type{Any}) = SizeUnknown()
IteratorSize(::Type{Iterators.Take{I,C}}) where {I,C} = __plain_size(IteratorSize(I), HasLength())
IteratorSize(::Type{Iterators.Drop{I,C}}) where {I,C} = __plain_size(IteratorSize(I), IsInfinite())
IteratorSize(::Type{Iterators.Enumerate{I,C}}) where {I,C} = IteratorSize(I)
IteratorSize(::Type{<:Union{Iterators.Reverse{I},Iterators.Accumulate{F,I} where {F}}}) where {I} = IteratorSize(I)
IteratorSize(::Type{Iterators.Rest{I,S}}) where {I,S} = IteratorSize(I) isa IsInfinite ? IsInfinite() : SizeUnknown()
IteratorSize(::Type{Iterators.Partition{C}}) where {C} = __plain_size(IteratorSize(C), IsInfinite())
IteratorSize(::Type{Iterators.Zip{I,C}}) where {I,C} = __zipped_size(fieldtypes(I), IsInfinite())
IteratorSize(::Type{Iterators.ProductIterator{I,C}}) where {I,C} = __product_size(fieldtypes(I), HasShape{0}())
__plain_size(::IteratorSize, endless) = HasLength()
__plain_size(::SizeUnknown, endless) = SizeUnknown()
__plain_size(::IsInfinite, endless) = endless
__zipped_size(::Tuple{}, s) = s
__zipped_size(t::Tuple, s) = __zipped_size(tail(t), __both_sizes(s, IteratorSize(__tuple_get(t, 1))))
__both_sizes(a::IteratorSize, b::IteratorSize) = a isa SizeUnknown || b isa SizeUnknown ? SizeUnknown() : a isa IsInfinite ? b : b isa IsInfinite || a === b ? a : HasLength()
__product_size(::Tuple{}, s) = s
__product_size(t::Tuple, s) = __product_size(tail(t), __times_size(s, IteratorSize(__tuple_get(t, 1))))
__times_size(a::IteratorSize, b::IteratorSize) = a isa SizeUnknown || b isa SizeUnknown ? SizeUnknown() : IsInfinite()
__times_size(::HasShape{N}, ::HasLength) where {N} = HasShape{N + 1}()
__times_size(::HasShape{N}, ::HasShape{M}) where {N,M} = HasShape{N + M}()
"Whether a sequence is known to be at its end without asking for an item."
isdone(itr, state...) = missing
isdone(s::Iterators.Stateful, state=nothing) = s.next === nothing
IteratorSize(::Type{<:AbstractArray{T,N}}) where {T,N} = HasShape{N}()
IteratorSize(::Type{Generator{I,F,C}}) where {I,F,C} = IteratorSize(I)
IteratorSize(::Type{<:Union{Iterators.Filter,Iterators.Flatten,Iterators.TakeWhile,Iterators.DropWhile,SkipMissing}}) = SizeUnknown()
IteratorSize(::Type{<:Union{Iterators.Count,Iterators.Cycle,Iterators.Repeated}}) = IsInfinite()
IteratorSize(::Type{<:Number}) = HasShape{0}()
IteratorEltype(x) = IteratorEltype(typeof(x))
IteratorEltype(::Type) = HasEltype()
IteratorEltype(::Type{<:Union{Generator,Iterators.Accumulate}}) = EltypeUnknown()
IteratorEltype(::Type{<:Union{Iterators.Take{I},Iterators.Drop{I},Iterators.Rest{I},Iterators.Reverse{I},Iterators.Enumerate{I},Iterators.Cycle{I}}}) where {I} = IteratorEltype(I)
IteratorEltype(::Type{<:Union{Iterators.Filter{F,I},Iterators.TakeWhile{F,I},Iterators.DropWhile{F,I}}}) where {F,I} = IteratorEltype(I)
IteratorEltype(::Type{Iterators.Flatten{I}}) where {I} = I <: Generator ? EltypeUnknown() : IteratorEltype(eltype(I))
IteratorEltype(::Type{<:Union{Iterators.Zip{I},Iterators.ProductIterator{I}}}) where {I} = __eltypes_known(I)
__eltypes_known(::Type{Tuple{}}) = HasEltype()
__eltypes_known(::Type{T}) where {T<:Tuple} = IteratorEltype(fieldtype(T, 1)) isa EltypeUnknown ? EltypeUnknown() : __eltypes_known(Tuple{tail((fieldtypes(T)...,))...})
