# Styles of broadcasting that a program defines: how they join, and the methods of a tree that has one.

Broadcasted(f, args, axes = nothing) = Broadcasted(__combined_style(args...), f, args, axes)
Broadcasted{S}(f, args, axes = nothing) where {S} = __with_style(S, f, args, axes)
__with_style(::Type{Nothing}, f, args, axes) = Broadcasted{Nothing,typeof(axes),typeof(f),typeof(args)}(nothing, f, args, axes)
__with_style(::Type{S}, f, args, axes) where {S} = Broadcasted{S,typeof(axes),typeof(f),typeof(args)}(S(), f, args, axes)
__with_axes(s::BroadcastStyle, b, axes) = Broadcasted{typeof(s),typeof(axes),typeof(b.f),typeof(b.args)}(s, b.f, b.args, axes)
convert(::Type{Broadcasted{Nothing}}, b::Broadcasted) = Broadcasted{Nothing,typeof(b.axes),typeof(b.f),typeof(b.args)}(nothing, b.f, b.args, b.axes)
broadcasted(s::BroadcastStyle, f, args...) = Broadcasted{typeof(s),Nothing,typeof(f),typeof(args)}(s, f, args, nothing)

"The style that a type chooses."
Broadcast.BroadcastStyle(::Type{<:Tuple}) = Broadcast.Style{Tuple}()
Broadcast.BroadcastStyle(::Type{<:AbstractArray{T,N}}) where {T,N} = Broadcast.DefaultArrayStyle{N}()
Broadcast.BroadcastStyle(::Type{T}) where {T} = Broadcast.DefaultArrayStyle{ndims(T)}()
Broadcast.BroadcastStyle(::Type{<:Broadcasted{S}}) where {S} = S()
# The style of two: what the first argument says of the second, or the other way round.
Broadcast.BroadcastStyle(::BroadcastStyle, ::BroadcastStyle) = Broadcast.Unknown()
Broadcast.BroadcastStyle(::S, ::S) where {S<:BroadcastStyle} = S()
Broadcast.BroadcastStyle(::Broadcast.Unknown, ::Broadcast.Unknown) = Broadcast.Unknown()
Broadcast.BroadcastStyle(a::BroadcastStyle, ::Broadcast.Unknown) = a
Broadcast.BroadcastStyle(::Broadcast.Style{Tuple}, a::Broadcast.DefaultArrayStyle{0}) = Broadcast.Style{Tuple}()
Broadcast.BroadcastStyle(a::Broadcast.AbstractArrayStyle{0}, ::Broadcast.Style{Tuple}) = Broadcast.Style{Tuple}()
Broadcast.BroadcastStyle(a::Broadcast.AbstractArrayStyle, ::Broadcast.Style{Tuple}) = a
Broadcast.BroadcastStyle(::Broadcast.DefaultArrayStyle{N}, ::Broadcast.DefaultArrayStyle{N}) where {N} = Broadcast.DefaultArrayStyle{N}()
Broadcast.BroadcastStyle(::Broadcast.DefaultArrayStyle{M}, ::Broadcast.DefaultArrayStyle{N}) where {M,N} = Broadcast.DefaultArrayStyle{max(M, N)}()
Broadcast.BroadcastStyle(a::S, ::S) where {S<:Broadcast.ArrayStyle} = a
Broadcast.BroadcastStyle(a::Broadcast.AbstractArrayStyle{M}, ::Broadcast.DefaultArrayStyle{N}) where {M,N} = M === Any || M >= N ? a : typeof(a)(Val(N))

"The common style of all arguments."
__combined_style(x) = __style(x)
__combined_style(x, y) = __result_style(__style(x), __style(y))
__combined_style(x, y, more...) = __result_style(__style(x), __combined_style(y, more...))
__combined_style() = Broadcast.DefaultArrayStyle{0}()
__result_style(s) = s
__result_style(::S, ::S) where {S<:BroadcastStyle} = S()
__result_style(s::BroadcastStyle, t::BroadcastStyle) = __joined_style(s, t, BroadcastStyle(s, t), BroadcastStyle(t, s))
__joined_style(s, t, ::Broadcast.Unknown, ::Broadcast.Unknown) = Broadcast.Unknown()
__joined_style(s::Broadcast.AbstractArrayStyle, t::Broadcast.AbstractArrayStyle, ::Broadcast.Unknown, ::Broadcast.Unknown) = Broadcast.ArrayConflict()
__joined_style(s, t, found::BroadcastStyle, ::Broadcast.Unknown) = found
__joined_style(s, t, ::Broadcast.Unknown, found::BroadcastStyle) = found
__joined_style(s, t, ::S, ::S) where {S<:BroadcastStyle} = S()
__joined_style(s, t, found::BroadcastStyle, other::BroadcastStyle) = __argument_error(
    "conflicting broadcast rules defined\n  Broadcast.BroadcastStyle(::", typeof(s), ", ::", typeof(t), ") = ", found, "\n  Broadcast.BroadcastStyle(::",
    typeof(t), ", ::", typeof(s), ") = ", other, "\nOne of these should be undefined (and thus return Broadcast.Unknown).")
__style(x) = BroadcastStyle(typeof(x))
__style(x::Union{Number,Ref,__TypeValue}) = Broadcast.DefaultArrayStyle{0}()
__style(b::Broadcasted{Nothing}) = __standard_style(Val(__bc_style(b)), b)
__standard_style(::Val{1}, b) = Broadcast.Style{Tuple}()
__standard_style(::Val, b) = Broadcast.DefaultArrayStyle{__tuple_length(__bc_size(b))}()

"What style an argument has if it is none of the standard ones, which need no combining; else nothing."
__style_of(x::Union{Number,Ref,__TypeValue,Array,BitArray,AbstractRange,Tuple}) = nothing
__style_of(x) = __unless_standard(BroadcastStyle(typeof(x)))
__style_of(b::Broadcasted{Nothing}) = nothing
__style_of(b::Broadcasted{S}) where {S} = S()
__unless_standard(s) = s
__unless_standard(::Union{Broadcast.DefaultArrayStyle,Broadcast.Style{Tuple}}) = nothing

# A tree of dots as a thing with axes and elements.
"With its axes computed, and its shapes checked."
__instantiate(b::Broadcasted{S,Nothing}) where {S} = Broadcasted{S,typeof(axes(b)),typeof(b.f),typeof(b.args)}(b.style, b.f, b.args, axes(b))
__instantiate(b::Broadcasted) = b
__instantiate(x) = x
axes(b::Broadcasted{S,Nothing}) where {S} = map(OneTo, __bc_size(b))
axes(b::Broadcasted) = b.axes
axes(b::Broadcasted, d::Int64) = d <= ndims(b) ? axes(b)[d] : OneTo(1)
size(b::Broadcasted) = map(length, axes(b))
length(b::Broadcasted) = __product(size(b))
ndims(b::Broadcasted) = __tuple_length(axes(b))
eachindex(b::Broadcasted) = ndims(b) == 1 ? axes(b)[1] : CartesianIndices(axes(b))
eltype(b::Broadcasted) = __return_type(__bc_element, typeof(b), typeof(map(first, axes(b))))
__combined_eltype(f, args::Tuple) = eltype(Broadcasted{Nothing}(f, args))
__combined_axes(args...) = axes(Broadcasted{Nothing}(tuple, args))
__broadcast_axes(x) = axes(x)
"The element at these subscripts; an argument of length 1 along an axis is repeated."
__bc_element(b::Broadcasted, I::Tuple) = (size = Base.size(b); __at(__bc_leaf(b, size), __tuple_get(I, 1) - 1, map(k -> k - 1, tail(I))))
__bc_element(b::Broadcasted, I::Tuple{}) = __at(__bc_leaf(b, ()), 0, ())
getindex(b::Broadcasted, I::CartesianIndex) = __bc_element(b, I.I)
getindex(b::Broadcasted, i::Int64...) = __bc_at(b, axes(b), i)
__bc_at(b, axes::Tuple, i::Tuple{Int64}) = __tuple_length(axes) == 1 ? __bc_element(b, i) : __bc_element(b, CartesianIndices(axes)[__tuple_get(i, 1)].I)
__bc_at(b, axes, i) = __bc_element(b, i)
iterate(b::Broadcasted, k = 1) = k > length(b) ? nothing : (b[k], k + 1)
"One call without nested ones, with the same arguments in one list."
__flat_broadcasted(b::Broadcasted) = Broadcasted(b.style, (xs...) -> __flat_call(b, xs)[1], __flat_args(b.args), b.axes)
__flat_args(::Tuple{}) = ()
__flat_args(args::Tuple) = (__flat_leaf(__tuple_get(args, 1))..., __flat_args(tail(args))...)
__flat_leaf(x) = (x,)
__flat_leaf(b::Broadcasted) = __flat_args(b.args)
"What a tree gives for the first of these values, and the values that are left."
function __flat_call(b::Broadcasted, xs)
    values, rest = __flat_values(b.args, xs)
    b.f(values...), rest
end
__flat_call(x, xs) = __tuple_get(xs, 1), tail(xs)
__flat_values(::Tuple{}, xs) = (), xs
function __flat_values(args::Tuple, xs)
    first, rest = __flat_call(__tuple_get(args, 1), xs)
    others, left = __flat_values(tail(args), rest)
    (first, others...), left
end

"The array for a result with elements of type `T`; a style of a program has a method of its own."
similar(b::Broadcasted, ::Type{T}) where {T} = Array{T,__tuple_length(axes(b))}(undef, size(b)...)
similar(b::Broadcasted, ::Type{T}, dims) where {T} = similar(Array{T}, dims)
copy(b::Broadcasted{Nothing}) = materialize(b)
copy(b::Broadcasted{<:Broadcast.DefaultArrayStyle}) = materialize(convert(Broadcasted{Nothing}, b))
copy(b::Broadcasted{Broadcast.Style{Tuple}}) = materialize(convert(Broadcasted{Nothing}, b))
copy(b::Broadcasted{Broadcast.DefaultArrayStyle{0}}) = materialize(convert(Broadcasted{Nothing}, b))
copy(b::Broadcasted{<:Broadcast.AbstractArrayStyle{0}}) = b[CartesianIndex()]
copy(b::Broadcasted{Broadcast.Unknown}) = __argument_error("broadcasting is not defined for these arguments: no rule joins their styles")
copy(b::Broadcasted) = __bc_copied_to(similar(b, __held_type(eltype(b))), b)
__bc_copied_to(dest, b) = __bc_given(copyto!(dest, b))
__bc_given(dest) = dest
__bc_given(dest::Array) = __bc_result(dest)
copyto!(dest, b::Broadcasted) = __bc_store!(dest, b)
copyto!(dest::AbstractArray, b::Broadcasted) = __bc_store!(dest, b)

# Arguments of a program's own type, by subscripts.
__bc_size(x) = map(length, axes(x))
__bc_leaf(x, size) = __bc_own(__style_of(x), x)
__bc_own(::Nothing, x) = x
__bc_own(::BroadcastStyle, x) = __OwnLeaf(x, map(n -> n == 1 ? 0 : 1, __bc_size(x)))
struct __OwnLeaf{A,K}
    a::A
    keep::K
end
__at(x::__OwnLeaf, i, J) = x.a[map((k, s) -> 1 + k * s, __cut((i, J...), x.keep), x.keep)...]
__broadcast_shape(sizes::Tuple...) = __bc_joined(sizes)
__bc_joined(sizes::Tuple{Tuple}) = __tuple_get(sizes, 1)
__bc_joined(sizes::Tuple) = __bc_shape(__tuple_get(sizes, 1), __bc_joined(tail(sizes)))
__bc_shape(s::Tuple{Vararg{Int64}}, t::Tuple{Vararg{Int64}}) = __bc_common(s, t)
__bc_shape(s::Tuple, t::Tuple) = map(OneTo, __bc_common(map(length, s), map(length, t)))
ndims(::Type{<:Broadcasted{S,X}}) where {S,X} = fieldcount(X)
