# Tuples and named tuples. Lengths and element types are known to the compiler, so these unroll.

getindex(t::Tuple, i::Int64) = __tuple_get(t, i)
getindex(t::Tuple, i::Integer) = __tuple_get(t, Int64(i))
getindex(t::Tuple, ::Colon) = t
getindex(t::Tuple, r::AbstractRange) = map(i -> t[i], __tuple_of(r))
getindex(t::Tuple, mask::AbstractVector{Bool}) = length(mask) == length(t) ? t[findall(mask)] : __out_of_bounds(t, mask)
empty(::Tuple) = ()
getindex(t::Tuple, v::AbstractVector) = map(i -> t[i], __tuple_of(v))
length(t::Tuple) = __tuple_length(t)
__count(t::Tuple) = __tuple_length(t)
__item(t::Tuple, k::Int64) = __tuple_get(t, k + 1)
size(t::Tuple, d::Integer) = d == 1 ? length(t) : __argument_error("invalid tuple dimension ", d)
firstindex(t::Tuple) = 1
lastindex(t::Tuple) = __tuple_length(t)
eachindex(t::Tuple) = OneTo(__tuple_length(t))
axes(t::Tuple) = (OneTo(__tuple_length(t)),)
keys(t::Tuple) = OneTo(__tuple_length(t))
values(t::Tuple) = t
values(x) = x
isempty(t::Tuple) = __tuple_length(t) == 0
first(t::Tuple) = __tuple_get(t, 1)
last(t::Tuple) = __tuple_get(t, __tuple_length(t))
first(t::Tuple{}) = __argument_error("tuple must be non-empty")
last(t::Tuple{}) = __argument_error("tuple must be non-empty")
"All but the first."
tail(t::Tuple) = __without_first(t...)
tail(::Tuple{}) = __argument_error("Cannot call tail on an empty tuple.")
__without_first(x, rest...) = rest
"All but the last."
front(t::Tuple) = __ntuple(i -> __tuple_get(t, i), Val(__tuple_length(t) - 1))
eltype(::Type{Tuple{}}) = Union{}
eltype(::Type{<:Tuple{Vararg{T}}}) where {T} = T
eltype(::Type{T}) where {T<:Tuple} = __joint_eltype(fieldtypes(T)...)
__joint_eltype(T) = T
__joint_eltype(T, S, rest...) = __joint_with(promote_typejoin(T, S), rest)
__joint_with(T, ::Tuple{}) = T
"Many of one type are no more than one."
__joint_with(T, rest::Tuple{S,Vararg{S}}) where {S} = promote_typejoin(T, __tuple_get(rest, 1))
function __joint_with(T, rest::Tuple)
    for S in rest
        T = promote_typejoin(T, S)
    end
    T
end

"The tuple `(f(1), …, f(n))`."
ntuple(f, ::Val{n}) where {n} = __ntuple(f, Val(n))
Base.@constprop :aggressive ntuple(f, n::Integer) = n < 0 ? __argument_error("tuple length should be ≥ 0, got ", n) : __isconstant(n) ? __ntuple(f, Val(n)) : __tuple_of(map(f, 1:n))
(::Type{Tuple{}})() = ()
Tuple(t::Tuple) = t
Tuple(nt::NamedTuple) = values(nt)
Tuple(v) = __counted(v) ? __tuple_of(v) : __tuple_of(collect(v))
"A tuple of the given types from the elements of an iterable, converted."
(::Type{T})(t::Tuple) where {T<:Tuple} = convert(T, t)
(::Type{T})(v) where {T<:Tuple} = __typed_tuple(T, Val(fieldcount(T)), collect(v))
function __typed_tuple(::Type{T}, ::Val{N}, v::AbstractVector) where {T,N}
    length(v) >= N || __argument_error("too few elements for tuple type $T")
    __ntuple(i -> convert(fieldtype(T, i), v[i]), Val(N))
end
"A tuple of the elements of a vector. More than three whose number only the running program knows are joined from halves, by dynamic calls."
function __tuple_of(v)
    n = length(v)
    __isconstant(n) && return __ntuple(i -> __item(v, i - 1), Val(n))
    __tuple_part(v, 0, n)
end
function __tuple_part(v, from, n)
    n == 0 && return ()
    n == 1 && return (__item(v, from),)
    n == 2 && return (__item(v, from), __item(v, from + 1))
    n == 3 && return (__item(v, from), __item(v, from + 1), __item(v, from + 2))
    half = n ÷ 2
    inferencebarrier(__tuple_join)(__tuple_part(v, from, half), __tuple_part(v, from + half, n - half))
end
__tuple_join(s::Tuple, t::Tuple) = (s..., t...)

"`f(s..., t...)` for collections whose lengths only the running program knows."
__apply(f, t::Tuple; kw...) = f(t...; kw...)
__apply(f, s::Tuple, t::Tuple, rest...; kw...) = __apply(f, (s..., t...), rest...; kw...)
__apply(f, s::Tuple, t, rest...; kw...) = __apply(f, s, inferencebarrier(Tuple(collect(t))), rest...; kw...)

map(f, t::Tuple{}) = ()
map(f, t::Tuple{A}) where {A} = (f(__tuple_get(t, 1)),)
map(f, t::Tuple{A,B}) where {A,B} = (f(__tuple_get(t, 1)), f(__tuple_get(t, 2)))
map(f, t::Tuple) = __ntuple(i -> f(__tuple_get(t, i)), Val(__tuple_length(t)))
map(f, t::Tuple, s::Tuple) = __ntuple(i -> f(__tuple_get(t, i), __tuple_get(s, i)), Val(min(__tuple_length(t), __tuple_length(s))))
map(f, t::Tuple, s::Tuple, u::Tuple) =
    __ntuple(i -> f(__tuple_get(t, i), __tuple_get(s, i), __tuple_get(u, i)), Val(min(__tuple_length(t), __tuple_length(s), __tuple_length(u))))
map(f, t::Tuple, s::Tuple, u::Tuple, rest::Tuple...) =
    __ntuple(i -> f(__tuple_get(t, i), __tuple_get(s, i), __tuple_get(u, i), map(r -> __tuple_get(r, i), rest)...),
        Val(min(__tuple_length(t), __tuple_length(s), __tuple_length(u), map(__tuple_length, rest)...)))
foreach(f, t::Tuple) = (map(f, t); nothing)
reverse(t::Tuple) = __ntuple(i -> __tuple_get(t, __tuple_length(t) + 1 - i), Val(__tuple_length(t)))

==(t::Tuple, s::Tuple) = __tuple_length(t) == __tuple_length(s) && (__is_long(t) && __is_long(s) ? [t...] == [s...] : __all_equal(==, t, s))
isequal(t::Tuple, s::Tuple) = __tuple_length(t) == __tuple_length(s) && (__is_long(t) && __is_long(s) ? isequal([t...], [s...]) : __all_equal(isequal, t, s))
__all_equal(eq, ::Tuple{}, ::Tuple{}) = true
__all_equal(eq, t::Tuple, s::Tuple) = __and_rest(eq(__tuple_get(t, 1), __tuple_get(s, 1)), () -> __all_equal(eq, tail(t), tail(s)))
isless(::Tuple{}, ::Tuple{}) = false
isless(::Tuple{}, ::Tuple) = true
isless(::Tuple, ::Tuple{}) = false
function isless(t::Tuple, s::Tuple)
    a, b = __tuple_get(t, 1), __tuple_get(s, 1)
    isless(a, b) || (isequal(a, b) && isless(tail(t), tail(s)))
end
<(::Tuple{}, ::Tuple{}) = false
<(::Tuple{}, ::Tuple) = true
<(::Tuple, ::Tuple{}) = false
function <(t::Tuple, s::Tuple)
    same = __tuple_get(t, 1) == __tuple_get(s, 1)
    same isa Missing && return missing
    same ? tail(t) < tail(s) : __tuple_get(t, 1) < __tuple_get(s, 1)
end
in(x, t::Tuple{}) = false
in(x, t::Tuple) = __or_rest(x == __tuple_get(t, 1), () -> in(x, tail(t)))
"`a || rest()` where a may be missing."
__or_rest(a, rest) = a || rest()
__or_rest(::Missing, rest) = rest() === true ? true : missing
__and_rest(a, rest) = a && rest()
__and_rest(::Missing, rest) = rest() === false ? false : missing
setindex(t::Tuple, v, i::Integer) = __ntuple(k -> k == i ? v : __tuple_get(t, k), Val(__tuple_length(t)))
findfirst(p::Function, t::Tuple) = __find_in_tuple(p, t, 1)
__find_in_tuple(p, ::Tuple{}, k) = nothing
__find_in_tuple(p, t::Tuple, k) = p(__tuple_get(t, 1)) ? k : __find_in_tuple(p, tail(t), k + 1)

# Named tuples.
NamedTuple{names}(t::Tuple) where {names} =
    length(t) == length(names) ? __namedtuple(Val(names), t...) : __argument_error("Wrong number of arguments to named tuple constructor.")
NamedTuple{names,T}(t::Tuple) where {names,T} = __namedtuple(Val(names), convert(T, t)...)
NamedTuple(nt::NamedTuple) = nt
NamedTuple() = (;)
NamedTuple(itr) = (; itr...)
NamedTuple{names}(v) where {names} = NamedTuple{names}(Tuple(v))
"A named tuple without the fields that the other has."
structdiff(a::NamedTuple, b::NamedTuple) = structdiff(a, typeof(b))
structdiff(a::NamedTuple, ::Type{<:NamedTuple{names}}) where {names} = NamedTuple{__names_without(keys(a), names)}(a)
getindex(nt::NamedTuple, names::Tuple{Vararg{Symbol}}) = NamedTuple{names}(nt)
Base.@constprop :aggressive setindex(nt::NamedTuple, v, name::Symbol) = merge(nt, NamedTuple{(name,)}((v,)))
NamedTuple{names}(nt::NamedTuple) where {names} = __namedtuple(Val(names), __selected(nt, names)...)
__selected(nt, ::Tuple{}) = ()
Base.@constprop :aggressive __selected(nt, names::Tuple) = (getfield(nt, __tuple_get(names, 1)), __selected(nt, tail(names))...)
<(a::NamedTuple{names}, b::NamedTuple{names}) where {names} = values(a) < values(b)
getindex(t::NamedTuple, ::Colon) = t
isless(a::NamedTuple{names}, b::NamedTuple{names}) where {names} = isless(values(a), values(b))
convert(::Type{NamedTuple{names,T}}, nt::NamedTuple{names}) where {names,T<:Tuple} = NamedTuple{names,T}(convert(T, values(nt)))
convert(::Type{NamedTuple{names,T}}, nt::NamedTuple{names,T}) where {names,T<:Tuple} = nt
tail(nt::NamedTuple) = NamedTuple{tail(keys(nt))}(tail(values(nt)))
front(nt::NamedTuple) = NamedTuple{front(keys(nt))}(front(values(nt)))
reverse(nt::NamedTuple) = NamedTuple{reverse(keys(nt))}(reverse(values(nt)))
keys(nt::NamedTuple) = fieldnames(typeof(nt))
values(nt::NamedTuple) = __ntuple(i -> getfield(nt, i), Val(nfields(nt)))
length(nt::NamedTuple) = nfields(nt)
isempty(nt::NamedTuple) = nfields(nt) == 0
getindex(nt::NamedTuple, i::Int64) = getfield(nt, i)
getindex(nt::NamedTuple, name::Symbol) = getfield(nt, name)
__names_without(::Tuple{}, gone) = ()
Base.@constprop :aggressive __names_without(names::Tuple, gone) =
    __tuple_get(names, 1) in gone ? __names_without(tail(names), gone) : (__tuple_get(names, 1), __names_without(tail(names), gone)...)
firstindex(nt::NamedTuple) = 1
lastindex(nt::NamedTuple) = nfields(nt)
first(nt::NamedTuple) = getfield(nt, 1)
last(nt::NamedTuple) = getfield(nt, nfields(nt))
haskey(nt::NamedTuple, name::Symbol) = name in keys(nt)
haskey(nt::NamedTuple, i::Integer) = 1 <= i <= length(nt)
"The fields with these names."
getindex(nt::NamedTuple, names::AbstractVector{Symbol}) = NamedTuple{Tuple(names)}(nt)
get(t::Tuple, i::Integer, default) = 1 <= i <= length(t) ? t[i] : default
get(f::Callable, t::Tuple, i::Integer) = 1 <= i <= length(t) ? t[i] : f()
get(nt::NamedTuple, key::Union{Integer,Symbol}, default) = haskey(nt, key) ? getfield(nt, key) : default
get(f::Callable, nt::NamedTuple, key::Union{Integer,Symbol}) = haskey(nt, key) ? getfield(nt, key) : f()
"What slurped keyword arguments are: a named tuple that iterates as `name => value`."
struct Pairs{N<:NamedTuple}
    data::N
end
pairs(nt::NamedTuple) = Pairs{typeof(nt)}(nt)
pairs(p::Pairs) = p
keys(p::Pairs) = keys(p.data)
values(p::Pairs) = p.data
NamedTuple(p::Pairs) = p.data
length(p::Pairs) = nfields(p.data)
isempty(p::Pairs) = nfields(p.data) == 0
getindex(p::Pairs, name::Symbol) = getfield(p.data, name)
haskey(p::Pairs, name::Symbol) = haskey(p.data, name)
get(p::Pairs, name::Symbol, default) = get(p.data, name, default)
merge(nt::NamedTuple, p::Pairs) = merge(nt, p.data)
__count(p::Pairs) = nfields(p.data)
__item(p::Pairs, k::Int64) = __tuple_get(keys(p.data), k + 1) => __tuple_get(values(p.data), k + 1)
show(io::IO, p::Pairs) = __show_pairs(io, p)
show(io::IO, ::MIME"text/plain", p::Pairs) = __show_entries(io, p, p.data)
__show_pairs(io, p) = print(io, __pairs_name(p), "(", join((repr(x) for x in p), ", "), ")")
__pairs_name(p) = "Base.Pairs"
"Julia leaves out the parameters when the values tell their type."
function __pairs_name(p::Pairs)
    V = valtype(p)
    V in (Int64, Float64, String, Char, Symbol, Nothing) && return "Base.Pairs"
    string("Base.Pairs{Symbol, ", V, ", ", typeof(keys(p)), ", ", typeof(p.data), "}")
end
eltype(::Type{<:NamedTuple{names,T}}) where {names,T<:Tuple} = eltype(T)
eltype(::Type{Pairs{N}}) where {N} = Pair{Symbol,valtype(Pairs{N})}
valtype(::Type{Pairs{N}}) where {N} = N === NamedTuple{(),Tuple{}} ? Union{} : eltype(N)
valtype(p::Pairs) = valtype(typeof(p))
keytype(::Type{<:Pairs}) = Symbol
keytype(::Pairs) = Symbol
collect(p::Pairs) = __collect_as(eltype(p), Val(true), p)
function __show_entries(io, p, of)
    print(io, "pairs(::", of isa NamedTuple ? "NamedTuple" : typeof(of), ") with ", length(p), length(p) == 1 ? " entry:" : " entries:")
    names = map(x -> repr(x.first), collect(p))
    width = maximum(textwidth, names; init=0)
    for (name, x) in zip(names, collect(p))
        print(io, "\n  ", rpad(name, width), " => ", repr(x.second))
    end
end
map(f, nt::NamedTuple) = NamedTuple{fieldnames(typeof(nt))}(map(f, values(nt)))
map(f, a::NamedTuple, rest::NamedTuple...) = NamedTuple{__same_names(a, rest...)}(map(f, values(a), map(values, rest)...))
__same_names(a) = fieldnames(typeof(a))
__same_names(a, b, rest...) = keys(a) === keys(b) ? __same_names(a, rest...) : __argument_error("Named tuple names do not match.")
==(a::NamedTuple, b::NamedTuple) = keys(a) === keys(b) && values(a) == values(b)
isequal(a::NamedTuple, b::NamedTuple) = keys(a) === keys(b) && isequal(values(a), values(b))
"The fields of both; the later wins."
merge(a::NamedTuple) = a
merge(a::NamedTuple, b::NamedTuple) = __merge(a, keys(b), values(b))
merge(a::NamedTuple, b::NamedTuple, rest...) = merge(merge(a, b), rest...)
__merge(a, ::Tuple{}, ::Tuple{}) = a
Base.@constprop :aggressive function __merge(a, names::Tuple, vals::Tuple)
    __merge(__with_field(a, __tuple_get(names, 1), __tuple_get(vals, 1)), tail(names), tail(vals))
end
Base.@constprop :aggressive function __with_field(a, name, v)
    if __has_name(fieldnames(typeof(a)), name)
        NamedTuple{fieldnames(typeof(a))}(__exchanged(fieldnames(typeof(a)), values(a), name, v))
    else
        NamedTuple{(fieldnames(typeof(a))..., name)}((values(a)..., v))
    end
end
__has_name(::Tuple{}, name) = false
Base.@constprop :aggressive __has_name(names::Tuple, name) = __tuple_get(names, 1) === name || __has_name(tail(names), name)
"The values, with that of `name` replaced."
__exchanged(::Tuple{}, ::Tuple{}, name, v) = ()
Base.@constprop :aggressive function __exchanged(names::Tuple, vals::Tuple, name, v)
    (__tuple_get(names, 1) === name ? v : __tuple_get(vals, 1), __exchanged(tail(names), tail(vals), name, v)...)
end

# Pairs.
==(a::Pair, b::Pair) = __and_rest(a.first == b.first, () -> a.second == b.second)
isequal(a::Pair, b::Pair) = isequal(a.first, b.first) && isequal(a.second, b.second)
isless(a::Pair, b::Pair) = isless((a.first, a.second), (b.first, b.second))
getindex(p::Pair, i::Int64) = i == 1 ? p.first : i == 2 ? p.second : __out_of_bounds(p, i)
first(p::Pair) = p.first
last(p::Pair) = p.second
length(p::Pair) = 2
iterate(p::Pair, i=1) = i == 1 ? (p.first, 2) : i == 2 ? (p.second, 3) : nothing

"Of the last part of a destructured value, the last `n` elements as parts of their own: `a, b..., c = x`."
__split_end(parts::Tuple, ::Val{n}) where {n} = (front(parts)..., __split_rest(last(parts), Val(n))...)
function __split_rest(rest::Tuple, ::Val{n}) where {n}
    k = __tuple_length(rest) - n
    (__ntuple(i -> __tuple_get(rest, i), Val(k)), __ntuple(i -> __tuple_get(rest, k + i), Val(n))...)
end
function __split_rest(rest, ::Val{n}) where {n}
    k = length(rest) - n
    k >= 0 || __out_of_bounds(rest, n)
    (rest[1:k], __ntuple(i -> rest[k+i], Val(n))...)
end

"What is splatted into keywords, as a named tuple."
__named_of(nt::NamedTuple) = nt
__named_of(p::Pairs) = p.data
__named_of(d::AbstractDict) = __named_of(collect(keys(d)), collect(values(d)))
__named_of(pairs) = (all = collect(pairs); __named_of(map(first, all), map(last, all)))
merge(nt::NamedTuple, pairs) = merge(nt, __named_of(pairs))
__named_of(names::AbstractVector, vals::AbstractVector) = NamedTuple{Tuple(names)}(Tuple(vals))
