# Broadcasting. Nested dots make one tree of immutable structs, which is evaluated in one loop.

# The styles of arrays are told apart by `__bc_style`, a number; a tree has a style of its own (`Style` is not `Nothing`) only when an argument's
# type has a `BroadcastStyle` that a program or a package defined.

broadcasted(f, args...) = __broadcasted(f, map(__operand, args))
__broadcasted(f, args) = __bc_styled(map(__style_of, args), f, args)
__bc_styled(::Tuple{Vararg{Nothing}}, f, args) = __bc_rebuilt(f, args)
__bc_styled(styles, f, args) = broadcasted(__combined_style(args...), f, args...)
broadcasted(::Type{T}, args...) where {T} = broadcasted(__Make{T}(), args...)
broadcast(f, args...) = materialize(broadcasted(f, args...))
broadcast!(f, dest, args...) = materialize!(dest, broadcasted(f, args...))

"A type used as a function."
struct __Make{T} <: Function end
(::__Make{T})(xs...) where {T} = T(xs...)

"What an argument of a dotted call is taken as; users extend it for types that stand for themselves."
broadcastable(x::Union{Number,AbstractArray,Tuple,Broadcasted}) = x
broadcastable(x::Union{
    AbstractString,Symbol,Char,Function,Nothing,Missing,Val,Pair,Colon,CartesianIndex,RoundingMode,UndefInitializer,IO,VersionNumber
}) =
    RefValue{typeof(x)}(x)
broadcastable(x::Ref) = x
broadcastable(::Type{T}) where {T} = __TypeValue{T}()
broadcastable(x) = collect(x)
broadcastable(x::Union{AbstractDict,NamedTuple}) = __argument_error("broadcasting over dictionaries and `NamedTuple`s is reserved")
"A type among the arguments."
struct __TypeValue{T} end

# Leaves of a tree, as they are read: `__at(leaf, i, J)` is the element at 0-based row i and 0-based outer subscripts J.
"One value everywhere."
struct __Everywhere{T}
    x::T
end
"A tuple along the first axis; `step` is 0 when its only element is repeated."
struct __TupleLeaf{T}
    t::T
    step::Int64
end
"An Array with the distance in memory between neighbours along each axis of the result, 0 where it is repeated."
struct __StridedLeaf{A,S}
    a::A
    row::Int64
    outer::S
end
"Any other array, by subscripts; 0 in `keep` where it is repeated."
struct __IndexedLeaf{A,K}
    a::A
    keep::K
end
"An array that alone gives the result its shape: read straight through."
struct __LinearLeaf{A}
    a::A
end

__operand(x) = broadcastable(x)
__at(x::Number, i, J) = x
__at(x::RefValue, i, J) = x.x
__at(::__TypeValue{T}, i, J) where {T} = T
__at(x::__TupleLeaf, i, J) = __tuple_get(x.t, 1 + i * x.step)
__at(x::__LinearLeaf, i, J) = __item(x.a, i)
__at(x::__StridedLeaf, i, J::Tuple{}) = __array_get(x.a, 1 + i * x.row)
__at(x::__StridedLeaf, i, J::Tuple) = __array_get(x.a, 1 + i * x.row + __inner(J, x.outer))
__at(x::__IndexedLeaf{A,Tuple{Int64}}, i, J) where {A} = __get(x.a, 1 + i * __tuple_get(x.keep, 1))
__at(x::__IndexedLeaf{A,Tuple{}}, i, J) where {A} = __get(x.a, 1)
__at(x::__IndexedLeaf, i, J) = __get(x.a, map((k, s) -> 1 + k * s, __cut((i, J...), x.keep), x.keep)...)
__at(b::Broadcasted{S,X,F,Tuple{A}}, i, J) where {S,X,F,A} = b.f(__at(__tuple_get(b.args, 1), i, J))
__at(b::Broadcasted{S,X,F,Tuple{A,B}}, i, J) where {S,X,F,A,B} = b.f(__at(__tuple_get(b.args, 1), i, J), __at(__tuple_get(b.args, 2), i, J))
__at(b::Broadcasted, i, J) = b.f(map(x -> __at(x, i, J), b.args)...)
__inner(J::Tuple{Int64}, s::Tuple{Int64}) = __tuple_get(J, 1) * __tuple_get(s, 1)
__inner(J::Tuple, s::Tuple{}) = 0
__inner(J::Tuple, s::Tuple) = __tuple_get(J, 1) * __tuple_get(s, 1) + __inner(tail(J), tail(s))
"As many of the front of `t` as `like` has."
__cut(t::Tuple, like::Tuple) = __ntuple(k -> __tuple_get(t, k), Val(__tuple_length(like)))

# Shape, rank and number of arrays of a tree. Only the shape needs a run.
__bc_size(x::Number) = ()
__bc_size(x::Ref) = ()
__bc_size(x::__TypeValue) = ()
__bc_size(x::AbstractArray) = size(x)
__bc_size(x::Tuple) = (__tuple_length(x),)
__bc_size(b::Broadcasted) = __bc_sizes(b.args)
__bc_sizes(args::Tuple{}) = ()
__bc_sizes(args::Tuple{Any}) = __bc_size(__tuple_get(args, 1))
__bc_sizes(args::Tuple) = __bc_common(__bc_size(__tuple_get(args, 1)), __bc_sizes(tail(args)))
__bc_common(s::Tuple{}, t::Tuple{}) = ()
__bc_common(s::Tuple{}, t::Tuple) = t
__bc_common(s::Tuple, t::Tuple{}) = s
__bc_common(s::Tuple, t::Tuple) = (__bc_common_size(__tuple_get(s, 1), __tuple_get(t, 1)), __bc_common(tail(s), tail(t))...)
function __bc_common_size(m::Int64, n::Int64)
    m != n && m != 1 && n != 1 &&
        __size_error("arrays could not be broadcast to a common size: a has axes Base.OneTo(", m, ") and b has axes Base.OneTo(", n, ")")
    m == 1 ? n : m
end

"0 for a tree of scalars, 1 with tuples, 3 with arrays; packages add kinds of arrays of their own."
__bc_style(x) = 0
__bc_style(x::Tuple) = 1
__bc_style(x::AbstractArray) = 3
__bc_style(b::Broadcasted) = __bc_styles(b.args)
__bc_styles(args::Tuple{}) = 0
__bc_styles(args::Tuple) = max(__bc_style(__tuple_get(args, 1)), __bc_styles(tail(args)))
"How many arguments have axes."
__bc_arrays(x) = 0
__bc_arrays(x::Union{Tuple,AbstractArray}) = 1
__bc_arrays(b::Broadcasted) = __bc_arrays_in(b.args)
__bc_arrays_in(args::Tuple{}) = 0
__bc_arrays_in(args::Tuple) = __bc_arrays(__tuple_get(args, 1)) + __bc_arrays_in(tail(args))

# Preparing the leaves for a result of a given size.
__bc_leaf(x::Union{Number,Ref,__TypeValue}, size) = x
__bc_leaf(b::Broadcasted, size) = __bc_rebuilt(b.f, map(x -> __bc_leaf(x, size), b.args))
__bc_rebuilt(f, args) = Broadcasted{Nothing,Nothing,typeof(f),typeof(args)}(nothing, f, args, nothing)
__bc_leaf(t::Tuple, size) = __TupleLeaf(t, __tuple_length(t) == 1 ? 0 : 1)
__bc_leaf(t::Tuple{Any}, size) = __Everywhere(__tuple_get(t, 1))
__at(x::__Everywhere, i, J) = x.x
__bc_leaf(a::AbstractArray, size) = __IndexedLeaf(a, map(n -> n == 1 ? 0 : 1, Base.size(a)))
__bc_leaf(a::Array{T,0}, size) where {T} = __Everywhere(__array_get(a, 1))
__bc_leaf(a::Array{T,1}, size) where {T} = __StridedLeaf(a, length(a) == 1 ? 0 : 1, ())
function __bc_leaf(a::Array, size)
    m = Intrinsics.arr_dim(a, 0)
    __StridedLeaf(a, m == 1 ? 0 : 1, __kept_strides(m, tail(Base.size(a))))
end
"Strides of the outer axes, 0 for those of size 1."
__kept_strides(s, ::Tuple{}) = ()
function __kept_strides(s, dims::Tuple)
    n = __tuple_get(dims, 1)
    (n == 1 ? 0 : s, __kept_strides(s * n, tail(dims))...)
end
__bc_lone(x) = x
__bc_lone(a::AbstractArray) = __LinearLeaf(a)
__bc_lone(t::Tuple) = __TupleLeaf(t, 1)
__bc_lone(b::Broadcasted) = __bc_rebuilt(b.f, map(__bc_lone, b.args))

"The element type of an array whose elements are inferred to be `T`, until they are known: it then is what they join to."
__held_type(T) = T === Union{} ? Bool : __is_open(T) ? NamedTuple{fieldnames(T)} : T
"Whether a named tuple has fields whose types inference does not know: a value has another type then."
__is_open(T) = T isa DataType && T <: NamedTuple && any(__is_unknown, fieldtypes(T))
__is_unknown(T) = T <: Union{Tuple,NamedTuple} && T isa DataType ? any(__is_unknown, fieldtypes(T)) : !isconcretetype(T)
"The type in which numbers that are inferred to be `T` are gathered: mixed real numbers by the widest."
function __element_type(T)
    T <: Bool ? Bool :
    T <: Int64 ? Int64 :
    T <: Float64 ? Float64 :
    T <: Union{Bool,Int64} ? Int64 :
    T <: Union{Bool,Int64,Float64} ? Float64 :
    T <: Union{Bool,Int64,Float32} ? __widest_float32(T) :
    T
end
__widest_float32(T) = T <: Float32 ? Float32 : T

"Evaluates a tree of dotted calls."
materialize(x) = x
materialize(b::Broadcasted{Nothing}) = __materialize(Val(__bc_style(b)), b)
materialize(b::Broadcasted) = copy(__instantiate(b))
__materialize(::Val{0}, b) = __at(b, 0, ())
__materialize(::Val{1}, b) = __bc_tuple(Val(__bc_uniform(b)), Val(__tuple_get(__bc_size(b), 1)), b)
function __bc_tuple(::Val{true}, n::Val{N}, b) where {N}
    leaf = __bc_leaf(b, (N,))
    __ntuple(i -> __at(leaf, i - 1, ()), n)
end
"Elements of different types: which one is meant must be known when this is compiled."
__bc_tuple(::Val{false}, n::Val, b) = __ntuple(i -> __bc_item(b, Val(i)), n)
__bc_item(x, ::Val) = __at(x, 0, ())
__bc_item(t::Tuple, ::Val{i}) where {i} = __tuple_get(t, __tuple_length(t) == 1 ? 1 : i)
__bc_item(b::Broadcasted, i::Val) = b.f(map(x -> __bc_item(x, i), b.args)...)
"Whether all of each tuple in a tree has one type."
__bc_uniform(x) = true
__bc_uniform(t::Tuple) = false
__bc_uniform(t::Tuple{Vararg{T}}) where {T} = true
__bc_uniform(b::Broadcasted) = __bc_all_uniform(b.args)
__bc_all_uniform(args::Tuple{}) = true
__bc_all_uniform(args::Tuple) = __bc_uniform(__tuple_get(args, 1)) && __bc_all_uniform(tail(args))
__materialize(::Val{3}, b) = __bc_new(Val(__bc_arrays(b) == 1), b, __bc_size(b))
"A single array gives the shape: no subscripts are needed."
function __bc_new(::Val{true}, b, size)
    leaf = __bc_lone(b)
    out = Array{__held_type(__return_type(__at, typeof(leaf), Int64, Tuple{})),__tuple_length(size)}(undef, size...)
    for k in 1:length(out)
        __set(out, __at(leaf, k - 1, ()), k)
    end
    __bc_result(out)
end
function __bc_new(::Val{false}, b, size)
    leaf = __bc_leaf(b, size)
    T = __held_type(__return_type(__at, typeof(leaf), Int64, typeof(tail(size))))
    out = Array{T,__tuple_length(size)}(undef, size...)
    __bc_fill!(out, leaf, size)
    __bc_result(out)
end
__bc_new(::Val{false}, b, size::Tuple{}) = __at(__bc_leaf(b, size), 0, ())
__bc_result(a) = __masks(__narrowed(a))
__bc_result(a::Array{T,0}) where {T} = __array_get(a, 1)

function __bc_fill!(out, leaf, size::Tuple{Int64})
    for i in 1:__tuple_get(size, 1)
        __set(out, __at(leaf, i - 1, ()), i)
    end
end
function __bc_fill!(out, leaf, size::Tuple{Int64,Int64})
    m, n = size
    for j in 1:n
        for i in 1:m
            __set(out, __at(leaf, i - 1, (j - 1,)), i, j)
        end
    end
end
function __bc_fill!(out, leaf, size::Tuple)
    m = __tuple_get(size, 1)
    outer = tail(size)
    for j in 1:__product(outer)
        J = map(k -> k - 1, __subscripts(outer, j))
        for i in 1:m
            __set(out, __at(leaf, i - 1, J), i + (j - 1) * m)
        end
    end
end
__bc_fill!(out, leaf, size::Tuple{}) = __set(out, __at(leaf, 0, ()), 1)

"Evaluates a tree of dotted calls into `dest`."
materialize!(dest, x) = materialize!(dest, __bc_tree(broadcasted(identity, x)))
"As a tree, even if a type makes a value of dotted calls at once."
__bc_tree(b::Broadcasted) = b
__bc_tree(x) = __bc_rebuilt(identity, (x,))
materialize!(dest, b::Broadcasted) = __bc_into!((__style_of(dest), __style_of(b)), dest, b)
__bc_into!(::Tuple{Nothing,Nothing}, dest, b) = __bc_store!(dest, b)
__bc_into!(styles, dest, b) = copyto!(dest, __with_axes(__combined_style(dest, b), b, axes(dest)))
function __bc_store!(dest, b)
    size = Base.size(dest)
    __bc_fits(__bc_size(b), size)
    __bc_fill!(dest, __bc_leaf(__bc_unaliased(dest, b), size), size)
    dest
end
__bc_store!(dest::Ref, b) = (dest[] = materialize(b); dest)
__bc_fits(s::Tuple{}, t::Tuple{}) = nothing
__bc_fits(s::Tuple{}, t::Tuple) = nothing
__bc_fits(s::Tuple, t::Tuple{}) = __product(s) == 1 ? nothing : __size_error("cannot broadcast array to have fewer non-singleton dimensions")
function __bc_fits(s::Tuple, t::Tuple)
    m, n = __tuple_get(s, 1), __tuple_get(t, 1)
    m == n || m == 1 || __size_error(
        "array could not be broadcast to match destination: it has axes Base.OneTo(", m, ") where the destination has Base.OneTo(", n, ")")
    __bc_fits(tail(s), tail(t))
end

# An argument that is another window on the destination's memory is copied first.
__bc_unaliased(dest, x) = x
__bc_unaliased(dest, b::Broadcasted) = __bc_rebuilt(b.f, map(x -> __bc_unaliased(dest, x), b.args))
__bc_unaliased(dest, a::AbstractArray) = __bc_separate(dest, a, __root(dest), __root(a))
__bc_unaliased(dest::Array, a::Array) = a
__bc_separate(dest, a, p, q) = a
__bc_separate(dest, a::Array, p::Array{T,N}, q::Array{T,N}) where {T,N} = Intrinsics.arr_same(p, q) ? copy(a) : a
__bc_separate(dest, a::AbstractArray, p::Array{T,N}, q::Array{T,N}) where {T,N} = __bc_copied(a)
__bc_copied(a::AbstractArray) = copy(a)

"What `.&&` and `.||` call for each element."
andand(x::Bool, y) = x & y
oror(x::Bool, y) = x | y
