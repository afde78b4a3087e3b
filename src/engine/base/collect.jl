# Making arrays out of sequences: collect, comprehensions, map, filter.

"The sizes of what `collect` makes of a sequence."
__shape(itr) = (__count(itr),)
__shape(a::AbstractArray) = size(a)
__shape(g::Generator) = __shape(g.iter)
__shape(p::Iterators.ProductIterator) = __joined_sizes(p.iters)
__shape(e::Iterators.Enumerate) = __shape(e.iter)
__shape(p::__PairsOf{<:AbstractArray}) = size(p.a)
__shape(x::Number) = ()
__shape(z::Iterators.Zip) = __zip_shape(map(__shape, z.iters), __count(z))
__zip_shape(shapes::Tuple, n) = (n,)
__zip_shape(shapes::Tuple{Vararg{NTuple{N,Int64}}}, n) where {N} = N == 1 ? (n,) : __tuple_get(shapes, 1)
__joined_sizes(::Tuple{}) = ()
__joined_sizes(t::Tuple) = (__shape(__tuple_get(t, 1))..., __joined_sizes(tail(t))...)

"The type of the items of a sequence."
__item_type(itr) = __return_type(__item, typeof(itr), Int64)
__item_type(a::AbstractArray{T}) where {T} = T
__item_type(t::Union{Tuple,NamedTuple}) = eltype(t)
__item_type(z::Iterators.Zip) = Tuple{map(__item_type, z.iters)...}
__item_type(e::Iterators.Enumerate) = Tuple{Int64,__item_type(e.iter)}

"An array of the elements of a sequence."
collect(itr) = __collect(Val(__counted(itr)), itr)
collect(a::AbstractArray{T}) where {T} = __converted(T, a)
function collect(::Type{T}, itr) where {T}
    out = __collect_as(T, Val(__counted(itr)), itr)
    __mark(:setindex!, out)
    __on_frame(__frame(itr), out)
end
# What is computed for each of a sequence has the indices of the sequence, where these begin anywhere.
"The axes of what is made for each of a sequence, or none."
__frame(itr) = ()
__frame(g::Generator) = __frame(g.iter)
__frame(a::AbstractArray) = axes(a)
__frame(p::Iterators.ProductIterator) = __joined_frames(p.iters)
__frame(e::Iterators.Enumerate) = __frame(e.iter)
__frame(p::__PairsOf{<:AbstractArray}) = axes(p.a)
__frame(z::Iterators.Zip) = __frame(first(z.iters))
__joined_frames(::Tuple{}) = ()
__joined_frames(t::Tuple) = (__frame(__tuple_get(t, 1))..., __joined_frames(tail(t))...)
__begins_anywhere(::Tuple{}) = false
__begins_anywhere(frame::Tuple) = __tuple_get(frame, 1) isa IdentityUnitRange || __begins_anywhere(tail(frame))
__on_frame(frame::Tuple, a) = a
__on_frame(frame::Tuple{Any,Vararg{Any}}, a) = __begins_anywhere(frame) ? __with_axes(a, frame) : a
"The array with these axes: where no package has such arrays, the array itself."
__with_axes(a, frame) = a
collect(g::Generator) = __on_frame(__frame(g.iter), __collect(Val(__counted(g)), g))
__collect(::Val{true}, t::Union{Tuple,NamedTuple}) = __collect_as(eltype(t), Val(true), t)
__collect(::Val{true}, itr) = __narrowed(IteratorEltype(itr), __collect_as(__held_type(__item_type(itr)), Val(true), itr))
function __collect_as(::Type{T}, ::Val{true}, itr) where {T}
    out = Array{T}(undef, __shape(itr))
    for k in 1:length(out)
        __array_set(out, convert(T, __item(itr, k - 1)), k)
    end
    out
end
__collect(::Val{false}, itr) = __collect_lazy(IteratorEltype(itr), itr)
__collect_lazy(::IteratorEltype, itr) = __narrowed(__collect_as(__held_type(__element_of(itr)), Val(false), itr))
"What a program defines says of its elements what `eltype` does, which is `Any` unless it has a method."
__collect_lazy(::HasEltype, itr) = __collect_as(eltype(itr), Val(false), itr)
__collect_lazy(::HasEltype, itr::__LazySequence) = __collect_as(__held_type(__element_of(itr)), Val(false), itr)
function __collect_as(::Type{T}, ::Val{false}, itr) where {T}
    out = Array{T,1}()
    __push_all!(out, identity, itr)
    out
end
# What is computed has the type that its elements join to, when inference does not know one.
__narrowed(::HasEltype, a) = a
__narrowed(::EltypeUnknown, a) = __narrowed(a)
__narrowed(a::Array{T}) where {T} = isconcretetype(T) ? a : __of_type(length(a) == 0 ? __joined_members(T) : __joined_type(a), a)
"What the members of a union join to, as Julia names the element type of an empty result."
__joined_members(T) = T isa Union ? __joint_eltype(__union_types(T)...) : T
function __joined_type(a)
    T = typeof(__array_get(a, 1))
    for k in 2:length(a)
        S = typeof(__array_get(a, k))
        S === T || (T = promote_typejoin(T, S))
    end
    T
end
__of_type(::Type{T}, a::Array{T}) where {T} = a
function __of_type(::Type{T}, a::Array{S,N}) where {T,S,N}
    out = Array{T,N}(undef, size(a))
    for k in 1:length(a)
        __array_set(out, __array_get(a, k), k)
    end
    out
end
"Pushes `f` of each element; generators and nested sequences are taken apart first, so that loops run over their sources."
function __push_all!(out, f, itr)
    for x in itr
        push!(out, f(x))
    end
end
__push_all!(out, f, g::Generator) = __push_all!(out, f ∘ g.f, g.iter)
function __push_all!(out, f, it::Iterators.Flatten)
    __each(inner -> __push_all!(out, f, inner), it.it)
end
"Calls `f` on each element."
function __each(f, itr)
    for x in itr
        f(x)
    end
end
__each(f, g::Generator) = __each(f ∘ g.f, g.iter)
__each(f, it::Iterators.Flatten) = __each(inner -> __each(f, inner), it.it)

"The type of the elements of a sequence without direct access."
__element_of(itr) = __counted(itr) ? __item_type(itr) : __return_type(__first_of, typeof(itr))
__element_of(f::Iterators.Filter) = __element_of(f.itr)
__element_of(g::Generator) = __return_type(g.f, __element_of(g.iter))
__element_of(it::Iterators.Flatten) = __element_of_type(__element_of(it.it))
__element_of(t::Union{Iterators.Take,Iterators.Drop}) = __element_of(t.iter)
__element_of(t::Union{Iterators.TakeWhile,Iterators.DropWhile}) = __element_of(t.xs)
__element_of(r::Iterators.Rest) = __element_of(r.itr)
__element_of(p::Iterators.Partition) = eltype(p)
__element_of(a::Iterators.Accumulate) = __accumulated_type(a.f, __return_type(__first_of, typeof(a)), __element_of(a.itr))
"What begins as a `T` may become something else, and that something else again."
__accumulated_type(f, T, E) = __joined_steps(f, Union{T,__return_type(f, T, E)}, E)
__joined_steps(f, T, E) = Union{T,__return_type(f, T, E)}
__element_of(s::Iterators.Stateful) = eltype(s.itr)
__element_of_type(T) = T <: Tuple ? eltype(T) : __return_type(__first_of, T)
function __first_of(itr)
    next = iterate(itr)
    next === nothing && __argument_error("empty")
    next[1]
end
__first_of(f::Iterators.Filter) = __first_of(f.itr)
__first_of(g::Generator) = g.f(__first_of(g.iter))
__first_of(it::Iterators.Flatten) = __first_of(__first_of(it.it))

"`f` of each element, in an array of the same shape."
map(f, itr) = collect(Generator(f, itr))
map(f, a, b) = collect(Generator(t -> f(t[1], t[2]), zip(a, b)))
map(f, a, b, c...) = collect(Generator(t -> f(t...), zip(a, b, c...)))
map(f, x::Number) = f(x)
map(f, x::Number, y::Number) = f(x, y)
map!(f, dest::AbstractArray, a::AbstractArray) = __map_into!(dest, Generator(f, a))
map!(f, dest::AbstractArray, a::AbstractArray, b::AbstractArray) = __map_into!(dest, Generator(t -> f(t[1], t[2]), zip(a, b)))
map!(f, dest::AbstractArray, a::AbstractArray, rest::AbstractArray...) = __map_into!(dest, Generator(t -> f(t...), zip(a, rest...)))
function __map_into!(dest, g)
    n = __count(g)
    n > length(dest) && __out_of_bounds(dest, n)
    for k in 1:n
        __set(dest, __item(g, k - 1), k)
    end
    dest
end
foreach(f) = (f(); nothing)
foreach(f, itr) = (__each(f, itr); nothing)
foreach(f, a, b) = (__each(t -> (f(t[1], t[2]); nothing), zip(a, b)); nothing)
foreach(f, a, b, c...) = (__each(t -> (f(t...); nothing), zip(a, b, c...)); nothing)
"Those elements for which `p` holds."
filter(p, a::AbstractArray{T}) where {T} = __collect_as(T, Val(false), Iterators.Filter{typeof(p),typeof(a)}(p, a))
filter(p, t::Tuple) = Tuple(filter(p, collect(t)))
filter(p) = Fix1(filter, p)
function filter!(p, a::Vector)
    n = 0
    for k in 1:length(a)
        x = __array_get(a, k)
        if p(x)
            n += 1
            __array_set(a, x, n)
        end
    end
    Intrinsics.arr_resize(a, n)
    a
end
"`f` of each slice along `dims`, the results put together along the same dimensions."
mapslices(f, a::AbstractArray; dims) = __mapslices(f, a, dims)
__mapslices(f, a, dims::AbstractVector) = __mapslices(f, a, Tuple(dims))
__mapslices(f, a::AbstractArray, d::Integer) = __mapslices(f, a, (d,))
__mapslices(f, a::AbstractMatrix, dims::Tuple{Integer}) = __mapslices(f, a, __tuple_get(dims, 1))
"Each slice is copied out by the distances in memory between neighbours along its axes."
function __mapslices(f, a::AbstractArray{T,N}, dims::Tuple) where {T,N}
    source = collect(a)
    outer = ntuple(d -> d in dims ? 1 : size(a, d), Val(N))
    steps = __slice_steps(size(a))
    results = [f(__slice_of(source, steps, dims, __slice_offset(steps, o.I))) for o in CartesianIndices(outer)]
    __slices_joined(results, outer, dims)
end
"Distances in memory between neighbours along each axis."
__slice_steps(size::NTuple{N,Int64}) where {N} = ntuple(d -> prod(size[1:d-1]; init=1), Val(N))
__slice_offset(steps, I) = sum(map((s, i) -> s * (i - 1), steps, I); init=0)
function __slice_of(source, steps, dims, start)
    inner = map(d -> size(source, d), dims)
    along = map(d -> steps[d], dims)
    out = Array{eltype(source),length(dims)}(undef, inner...)
    for (k, I) in enumerate(CartesianIndices(inner))
        out[k] = source[1+start+__slice_offset(along, I.I)]
    end
    out
end
__slices_joined(results, outer, dims) = reshape(results, outer)
function __slices_joined(results::AbstractArray{<:AbstractArray}, outer::NTuple{N,Int64}, dims) where {N}
    first = results[1]
    place = ntuple(d -> something(findfirst(==(d), dims), 0), Val(N))
    total = ntuple(d -> place[d] == 0 ? outer[d] : size(first, place[d]), Val(N))
    out = Array{eltype(first),N}(undef, total...)
    steps = __slice_steps(total)
    along = map(d -> steps[d], dims)
    for o in CartesianIndices(outer)
        part = results[o]
        start = __slice_offset(steps, o.I)
        for I in CartesianIndices(size(part))
            out[1+start+__slice_offset(along, I.I)] = part[I]
        end
    end
    out
end
function __mapslices(f, a::AbstractMatrix, d::Integer)
    d == 1 ? reduce(hcat, map(j -> __as_column(f(a[:, j])), 1:size(a, 2))) : reduce(vcat, map(i -> __as_row(f(a[i, :])), 1:size(a, 1)))
end
__as_column(x) = [x]
__as_column(x::AbstractVector) = x
__as_row(x) = reshape([x], 1, 1)
__as_row(x::AbstractVector) = reshape(x, 1, length(x))
