# StaticArrays: arrays whose size is part of their type. An SArray is a tuple of its elements; an MArray keeps them in memory of its own.
module StaticArrays
using LinearAlgebra

export StaticArray, StaticVector, StaticMatrix, StaticVecOrMat, StaticScalar, Scalar, SArray, SVector, SMatrix, MArray, MVector, MMatrix,
    SizedArray, SizedVector, SizedMatrix, FieldArray, FieldVector, FieldMatrix, SA, SA_F32, SA_F64, SOneTo, Size, Length, similar_type, push, pop,
    pushfirst, popfirst, insert, deleteat, setindex, SDiagonal, enumerate_static, sacollect

"An array whose size is `S`, a tuple type of integers."
abstract type StaticArray{S<:Tuple,T,N} <: AbstractArray{T,N} end
const StaticVector{N,T} = StaticArray{Tuple{N},T,1}
const StaticMatrix{M,N,T} = StaticArray{Tuple{M,N},T,2}
const StaticVecOrMat{T} = Union{StaticArray{<:Tuple,T,1},StaticArray{<:Tuple,T,2}}
const StaticScalar{T} = StaticArray{Tuple{},T,0}

"Those that are made from their elements alone."
abstract type PlainArray{S<:Tuple,T,N} <: StaticArray{S,T,N} end
"An array that is the tuple of its `L` elements."
struct SArray{S<:Tuple,T,N,L} <: PlainArray{S,T,N}
    data::NTuple{L,T}
    SArray{S,T,N,L}(x::Tuple) where {S<:Tuple,T,N,L} = new{S,T,N,L}(items_of(T, Val(L), x, SArray{S,T,N,L}))
end
"An array of fixed size that can be written to."
struct MArray{S<:Tuple,T,N,L} <: PlainArray{S,T,N}
    items::Vector{T}
    MArray{S,T,N,L}(x::Tuple) where {S<:Tuple,T,N,L} = new{S,T,N,L}(T[items_of(T, Val(L), x, MArray{S,T,N,L})...])
    MArray{S,T,N,L}(::UndefInitializer) where {S<:Tuple,T,N,L} = new{S,T,N,L}(Vector{T}(undef, L))
end
"An array of fixed size on the memory of another one."
struct SizedArray{S<:Tuple,T,N,M,A<:AbstractArray} <: StaticArray{S,T,N}
    data::A
    SizedArray{S,T,N,M,A}(a::A) where {S<:Tuple,T,N,M,A<:AbstractArray} =
        length(a) == product(S) ? new{S,T,N,M,A}(a) : throw(DimensionMismatch("Dimensions $(size(a)) don't match static size $S"))
end
const SVector{N,T} = SArray{Tuple{N},T,1,N}
const SMatrix{M,N,T,L} = SArray{Tuple{M,N},T,2,L}
const Scalar{T} = SArray{Tuple{},T,0,1}
const MVector{N,T} = MArray{Tuple{N},T,1,N}
const MMatrix{M,N,T,L} = MArray{Tuple{M,N},T,2,L}
const SizedVector{N,T,A} = SizedArray{Tuple{N},T,1,1,A}
const SizedMatrix{M,N,T,A} = SizedArray{Tuple{M,N},T,2,2,A}

"An array whose elements are the fields of the subtype."
abstract type FieldArray{S<:Tuple,T,N} <: StaticArray{S,T,N} end
const FieldVector{N,T} = FieldArray{Tuple{N},T,1}
const FieldMatrix{M,N,T} = FieldArray{Tuple{M,N},T,2}

"A size as a value that is known from its type alone."
struct Size{S} end
Size(dims::Int64...) = Size{dims}()
Size(a::StaticArray) = Size(typeof(a))
Size(::Type{<:StaticArray{S}}) where {S} = Size{fieldtypes(S)}()
Base.Tuple(::Size{S}) where {S} = S
Base.length(::Size{S}) where {S} = __tuple_length(S)
Base.getindex(::Size{S}, i::Int64) where {S} = S[i]
Base.:(==)(::Size{S}, t::Tuple) where {S} = S == t
Base.:(==)(t::Tuple, ::Size{S}) where {S} = S == t
Base.prod(::Size{S}) where {S} = prod(S)
Base.show(io::IO, ::Size{S}) where {S} = print(io, "Size", S)
struct Length{L} end
Length(n::Int64) = Length{n}()
Length(a::StaticArray) = Length(typeof(a))
Length(::Type{<:StaticArray{S}}) where {S} = Length{product(S)}()

"The range `1:n`, `n` being part of its type."
struct SOneTo{n} <: AbstractUnitRange{Int64} end
SOneTo(n::Integer) = SOneTo{Int64(n)}()
Base.first(::SOneTo) = 1
Base.last(::SOneTo{n}) where {n} = n
Base.step(::SOneTo) = 1
Base.length(::SOneTo{n}) where {n} = n
Base.size(::SOneTo{n}) where {n} = (n,)
Base.axes(r::SOneTo) = (r,)
Base.getindex(r::SOneTo{n}, i::Int64) where {n} = 1 <= i <= n ? i : Base.__out_of_bounds(r, i)
Base.__get(r::SOneTo, k::Int64) = k
Base.__item(r::SOneTo, k::Int64) = k + 1
Base.__count(r::SOneTo{n}) where {n} = n
Base.show(io::IO, ::SOneTo{n}) where {n} = print(io, "SOneTo(", n, ")")

"How many elements arrays of this size have."
product(::Type{Tuple{}}) = 1
product(::Type{Tuple{M}}) where {M} = M
product(::Type{Tuple{M,N}}) where {M,N} = M * N
product(::Type{S}) where {S<:Tuple} = prod(fieldtypes(S))

Base.size(::StaticArray{S}) where {S} = fieldtypes(S)
Base.size(::Type{<:StaticArray{S}}) where {S} = fieldtypes(S)
Base.size(::Type{<:StaticArray{S}}, d::Integer) where {S} = Base.__size(fieldtypes(S), Int64(d))
Base.length(::StaticArray{S}) where {S} = product(S)
Base.length(::Type{<:StaticArray{S}}) where {S} = product(S)
Base.axes(::StaticArray{S}) where {S} = map(SOneTo, fieldtypes(S))
Base.axes(::StaticArray{Tuple{N}}) where {N} = (SOneTo{N}(),)
Base.IndexStyle(::Type{<:StaticArray}) = IndexLinear()
Base.eachindex(::StaticArray{S}) where {S} = SOneTo{product(S)}()

# ---- Elements as a tuple, and back

Base.Tuple(a::SArray) = a.data
Base.Tuple(a::MArray{S,T,N,L}) where {S,T,N,L} = __ntuple_with(__array_get, getfield(a, :items), Val(L))
Base.Tuple(a::StaticArray{S}) where {S} = __ntuple_with(Base.__get, a, Val(product(S)))
Base.Tuple(a::FieldArray{S}) where {S} = __ntuple_with(getfield, a, Val(product(S)))
"The elements of any array, of which there are `L`."
elements(a::StaticArray, ::Val) = Tuple(a)
elements(a::AbstractArray, ::Val{L}) where {L} = __ntuple_with(Base.__get, a, Val(L))
"A tuple for `L` elements of type `T`."
items_of(::Type{T}, ::Val{L}, x::NTuple{L,T}, A) where {T,L} = x
items_of(::Type{T}, ::Val{L}, x::NTuple{L,Any}, A) where {T,L} = __tuple_map(y -> convert(T, y), x)
items_of(::Type{T}, ::Val{L}, x::Tuple, A) where {T,L} = wrong_length(A, x)
@noinline wrong_length(A, x) = throw(DimensionMismatch("No precise constructor for $A found. Length of input was $(length(x))."))
"The type of a tuple's elements together."
joint(::Tuple{}) = Union{}
joint(::Tuple{T,Vararg{T}}) where {T} = T
joint(x::Tuple) = promote_type(map(typeof, x)...)

"An SArray of size `D` from a tuple."
sized(::Val{D}, x::Tuple) where {D} = sized(Val(D), eltype(typeof(x)), x)
sized(::Val{D}, ::Type{T}, x::Tuple) where {D,T} = SArray{Tuple{D...},T,__tuple_length(D),__tuple_length(x)}(x)
"An array like `a` with other elements."
like(a::SArray{S,T,N,L}, x::Tuple) where {S,T,N,L} = SArray{S,element_of(T, x),N,L}(x)
like(a::MArray{S,T,N,L}, x::Tuple) where {S,T,N,L} = SArray{S,element_of(T, x),N,L}(x)
like(a::StaticArray{S,T}, x::Tuple) where {S,T} = similar_type(typeof(a), element_of(T, x), Size(a))(x)
"The same in another size."
reformed(a::SArray{S,T}, ::Val{D}, x::Tuple) where {S,T,D} = sized(Val(D), element_of(T, x), x)
reformed(a::MArray{S,T}, ::Val{D}, x::Tuple) where {S,T,D} = sized(Val(D), element_of(T, x), x)
reformed(a::StaticArray{S,T}, ::Val{D}, x::Tuple) where {S,T,D} = similar_type(typeof(a), element_of(T, x), Size{D}())(x)
"The type of the elements of a tuple, or the default if there are none."
element_of(::Type{T}, ::Tuple{}) where {T} = T
element_of(::Type, x::Tuple) = eltype(typeof(x))

"The type of static arrays like `A`, with another type of elements or size; programs extend it for arrays of fields."
similar_type(a::StaticArray, rest...) = similar_type(typeof(a), rest...)
similar_type(::Type{A}) where {T,A<:StaticArray{<:Tuple,T}} = similar_type(A, T)
similar_type(::Type{A}, ::Type{T}) where {A<:StaticArray,T} = similar_type(A, T, Size(A))
similar_type(::Type{A}, s::Size) where {T,A<:AbstractArray{T}} = similar_type(A, T, s)
similar_type(::Type{A}, ::Type{T}, s::Size{D}) where {A<:AbstractArray,T,D} = SArray{Tuple{D...},T,__tuple_length(D),prod(D)}
similar_type(::Type{A}, ::Type{T}, s::Size{D}) where {S,E,A<:FieldArray{S,E},T,D} =
    T === E && D == fieldtypes(S) ? A : SArray{Tuple{D...},T,__tuple_length(D),prod(D)}

# ---- Constructors

SVector(x::Tuple) = SVector{__tuple_length(x)}(x)
SVector{N}(x::Tuple) where {N} = SVector{N,joint(x)}(x)
SMatrix{M}(x::Tuple) where {M} = SMatrix{M,div(__tuple_length(x), M)}(x)
SMatrix{M,N}(x::Tuple) where {M,N} = SArray{Tuple{M,N},joint(x),2,M * N}(x)
SMatrix{M,N,T}(x::Tuple) where {M,N,T} = SArray{Tuple{M,N},T,2,M * N}(x)
SArray{S}(x::Tuple) where {S<:Tuple} = SArray{S,joint(x),fieldcount(S),product(S)}(x)
SArray{S,T}(x::Tuple) where {S<:Tuple,T} = SArray{S,T,fieldcount(S),product(S)}(x)
SArray{S,T,N}(x::Tuple) where {S<:Tuple,T,N} = SArray{S,T,N,product(S)}(x)
MVector(x::Tuple) = MVector{__tuple_length(x)}(x)
MVector{N}(x::Tuple) where {N} = MVector{N,joint(x)}(x)
MMatrix{M}(x::Tuple) where {M} = MMatrix{M,div(__tuple_length(x), M)}(x)
MMatrix{M,N}(x::Tuple) where {M,N} = MArray{Tuple{M,N},joint(x),2,M * N}(x)
MMatrix{M,N,T}(x::Union{Tuple,UndefInitializer}) where {M,N,T} = MArray{Tuple{M,N},T,2,M * N}(x)
MArray{S}(x::Tuple) where {S<:Tuple} = MArray{S,joint(x),fieldcount(S),product(S)}(x)
MArray{S,T}(x::Union{Tuple,UndefInitializer}) where {S<:Tuple,T} = MArray{S,T,fieldcount(S),product(S)}(x)
MArray{S,T,N}(x::Union{Tuple,UndefInitializer}) where {S<:Tuple,T,N} = MArray{S,T,N,product(S)}(x)
Scalar(x) = Scalar{typeof(x)}((x,))
SizedVector{N}(a::AbstractVector{T}) where {N,T} = SizedArray{Tuple{N},T,1,1,typeof(a)}(a)
SizedVector{N,T}(a::AbstractVector{T}) where {N,T} = SizedArray{Tuple{N},T,1,1,typeof(a)}(a)
SizedMatrix{M,N}(a::AbstractMatrix{T}) where {M,N,T} = SizedArray{Tuple{M,N},T,2,2,typeof(a)}(a)
SizedMatrix{M,N,T}(a::AbstractMatrix{T}) where {M,N,T} = SizedArray{Tuple{M,N},T,2,2,typeof(a)}(a)
SizedArray{S}(a::AbstractArray{T,N}) where {S<:Tuple,T,N} = SizedArray{S,T,fieldcount(S),N,typeof(a)}(a)
SizedArray{S,T}(a::AbstractArray{T,N}) where {S<:Tuple,T,N} = SizedArray{S,T,fieldcount(S),N,typeof(a)}(a)

# Elements one by one, and from other arrays.
(::Type{A})(x...) where {A<:PlainArray} = A(x)
(::Type{A})(a::StaticArray) where {A<:PlainArray} = from_static(A, a)
(::Type{A})(a::AbstractArray) where {A<:PlainArray} = from_array(A, a)
(::Type{A})(g::Base.Generator) where {A<:PlainArray} = from_array(A, collect(g))
(::Type{A})(x::Tuple) where {A<:FieldArray} = __tuple_length(x) == fieldcount(A) ? A(x...) : wrong_length(A, x)
(::Type{A})(a::AbstractArray) where {A<:FieldArray} = A(elements(a, Val(fieldcount(A))))
sacollect(::Type{A}, g) where {A<:StaticArray} = A(Tuple(collect(g)))

from_static(::Type{A}, a::StaticArray) where {A} = A(Tuple(a))
from_static(::Type{SArray}, a::StaticArray{S,T,N}) where {S,T,N} = SArray{S,T,N,product(S)}(Tuple(a))
from_static(::Type{MArray}, a::StaticArray{S,T,N}) where {S,T,N} = MArray{S,T,N,product(S)}(Tuple(a))
from_static(::Type{SMatrix}, a::StaticMatrix{M,N,T}) where {M,N,T} = SMatrix{M,N,T}(Tuple(a))
from_static(::Type{MMatrix}, a::StaticMatrix{M,N,T}) where {M,N,T} = MMatrix{M,N,T}(Tuple(a))
"An array that is not static gives elements of its own type, as many as the type says."
from_array(::Type{A}, a) where {S,A<:StaticArray{S}} = of_length(A, a, Val(product(S)))
from_array(::Type{A}, a) where {A} = error("The size of type `", A, "` is not known.\n\nA static array that is made from another array needs its size as a parameter,\n",
    "so that it is known from the type. For example, you might try\n\n    m = zeros(3,3)\n    SMatrix(m)            # this error\n",
    "    SMatrix{3,3}(m)       # correct - size is inferrable\n    SArray{Tuple{3,3}}(m) # correct, note Tuple{3,3}\n")
function of_length(::Type{A}, a, ::Val{L}) where {A,L}
    length(a) == L || throw(DimensionMismatch("expected input array of length $L, got length $(length(a))"))
    A(elements(a, Val(L)))
end

Base.convert(::Type{A}, a::A) where {A<:StaticArray} = a
Base.convert(::Type{A}, a::AbstractArray) where {A<:StaticArray} = A(a)
Base.convert(::Type{A}, x::Tuple) where {A<:StaticArray} = A(x)
Base.promote_rule(::Type{SArray{S,T,N,L}}, ::Type{SArray{S,U,N,L}}) where {S,T,U,N,L} = SArray{S,promote_type(T, U),N,L}

"`SA[x, y]`, `SA[a b; c d]`: an SArray as a literal; `SA{T}` with elements of type `T`."
struct SA{T} end
const SA_F64 = SA{Float64}
const SA_F32 = SA{Float32}
"What the literals of a macro are made with: the type of array, and that of the elements."
struct Literal{A,T} end
const AnySA = Union{Type{SA},Type{<:SA}}
const AnyLiteral = Union{AnySA,Type{<:Literal}}
Base.getindex(k::AnyLiteral, xs...) = made(k, Val((__tuple_length(xs),)), xs)
Base.typed_vcat(k::AnyLiteral, xs...) = made(k, Val((__tuple_length(xs),)), xs)
Base.typed_hcat(k::AnyLiteral, xs...) = made(k, Val((1, __tuple_length(xs))), xs)
Base.@constprop :aggressive Base.typed_hvcat(k::AnyLiteral, rows::Tuple, xs...) =
    all(n -> n == rows[1], rows) ? made(k, Val((__tuple_length(rows), rows[1])), columns(xs, Val(__tuple_length(rows)), Val(rows[1]))) :
    throw(ArgumentError("SA[...] matrix rows of length $rows are inconsistent"))
"The elements of `m` rows one after the other, column by column."
columns(xs, ::Val{M}, ::Val{N}) where {M,N} = __tuple_flatten(__ntuple(j -> __tuple_slice(xs, Val(j), Val(N), Val(M)), Val(N)))
made(::Type{SA}, ::Val{D}, xs::Tuple) where {D} = sized(Val(D), joint(xs), xs)
made(::Type{SA{T}}, ::Val{D}, xs::Tuple) where {T,D} = sized(Val(D), T, xs)
made(::Type{Literal{A,Nothing}}, ::Val{D}, xs::Tuple) where {A,D} = made_as(A, Val(D), joint(xs), xs)
made(::Type{Literal{A,T}}, ::Val{D}, xs::Tuple) where {A,T,D} = made_as(A, Val(D), T, xs)
made_as(::Type{A}, ::Val{D}, ::Type{T}, xs) where {A<:SArray,D,T} = sized(Val(D), T, xs)
made_as(::Type{A}, ::Val{D}, ::Type{T}, xs) where {A<:MArray,D,T} = MArray{Tuple{D...},T,__tuple_length(D),__tuple_length(xs)}(xs)

"What a comprehension of a macro gives: `f` of each element of ranges whose lengths are known when this is compiled."
Base.@constprop :aggressive comprehended(k, f, r) = made(k, Val((length(r),)), __ntuple(i -> f(r[i]), Val(length(r))))
Base.@constprop :aggressive comprehended(k, f, r, s) = made(k, Val((length(r), length(s))), grid(f, r, s, Val(length(r)), Val(length(s))))
Base.@constprop :aggressive comprehended(k, f, r, s, t) =
    made(k, Val((length(r), length(s), length(t))), layers(f, r, s, t, Val(length(r)), Val(length(s)), Val(length(t))))
grid(f, r, s, m::Val, n::Val) = __tuple_flatten(__ntuple(j -> (y = s[j]; __ntuple(i -> f(r[i], y), m)), n))
layers(f, r, s, t, m::Val, n::Val, p::Val) = __tuple_flatten(__ntuple(l -> (z = t[l]; grid((x, y) -> f(x, y, z), r, s, m, n)), p))

# ---- How they are shown

Base.summary(io::IO, a::StaticArray) =
    print(io, Base.__summary_size(size(a)), " ", typeof(a), " with indices ", join(map(n -> "SOneTo($n)", size(a)), "×"))
end
