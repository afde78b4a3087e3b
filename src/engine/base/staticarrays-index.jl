# Static arrays and other arrays: copies, views of memory, indexing, and vectors with an element more or fewer.
module StaticArrays

# ---- Conversion to and from other arrays

Base.copy(a::SArray) = a
Base.copy(a::MArray{S,T,N,L}) where {S,T,N,L} = MArray{S,T,N,L}(Tuple(a))
Base.copymutable(a::StaticArray{S,T,N}) where {S,T,N} = MArray{S,T,N,product(S)}(Tuple(a))
Base.copy(a::SizedArray{S}) where {S} = SizedArray{S}(copy(a.data))
Base.similar(a::StaticArray{S,T}) where {S,T} = similar(a, T)
Base.similar(a::StaticArray{S}, ::Type{T}) where {S,T} = MArray{S,T,fieldcount(S),product(S)}(undef)
Base.similar(a::StaticArray{S,T}, s::Size{D}) where {S,T,D} = MArray{Tuple{D...},T}(undef)
Base.similar(a::AbstractArray, ::Type{T}, s::Size{D}) where {T,D} = MArray{Tuple{D...},T}(undef)
Base.similar(::Type{A}) where {S,T,A<:StaticArray{S,T}} = MArray{S,T}(undef)
Base.vec(a::StaticArray{S}) where {S} = reformed(a, Val((product(S),)), Tuple(a))
Base.vec(a::StaticVector) = a
Base.reshape(a::StaticArray, ::Size{D}) where {D} = reformed(a, Val(D), Tuple(a))
Base.reshape(a::StaticArray, r::SOneTo...) = reformed(a, Val(map(length, r)), Tuple(a))
"A size given by numbers may be one that only the running program knows."
Base.reshape(a::StaticArray, dims::Union{Integer,Colon}...) = reshape(Array(a), dims)
Base.reshape(a::StaticArray, dims::Tuple) = reshape(Array(a), dims)
Base.reshape(a::AbstractArray, ::Size{D}) where {D} = reshape(a, D)

# Memory that holds static arrays, seen as one of their elements, and the other way round.
"The elements of the static arrays in another array."
struct Scalars{T,N,A} <: AbstractArray{T,N}
    parent::A
    dims::NTuple{N,Int64}
end
"Static arrays of type `E` made of the elements of another array, in order."
struct Grouped{E,N,A} <: AbstractArray{E,N}
    parent::A
    dims::NTuple{N,Int64}
end
Base.size(a::Union{Scalars,Grouped}) = a.dims
Base.IndexStyle(::Type{<:Scalars}) = IndexLinear()
Base.IndexStyle(::Type{<:Grouped}) = IndexLinear()
Base.getindex(a::Scalars, k::Int64) = (checkbounds(a, k); L = length(eltype(a.parent)); Base.__get(a.parent, div(k - 1, L) + 1)[rem(k - 1, L)+1])
function Base.setindex!(a::Scalars, v, k::Int64)
    checkbounds(a, k)
    L = length(eltype(a.parent))
    at = div(k - 1, L) + 1
    Base.__set(a.parent, setindex(Base.__get(a.parent, at), v, rem(k - 1, L) + 1), at)
    a
end
Base.getindex(a::Grouped{E}, k::Int64) where {E} = (checkbounds(a, k); E(__ntuple_with((p, i) -> Base.__get(p[1], p[2] + i), (a.parent, (k - 1) * length(E)), Val(length(E)))))
function Base.setindex!(a::Grouped{E}, v, k::Int64) where {E}
    checkbounds(a, k)
    for i in 1:length(E)
        Base.__set(a.parent, v[i], (k - 1) * length(E) + i)
    end
    a
end
Base.reinterpret(::Type{T}, a::AbstractVector{<:SArray{S,T}}) where {S,T} = Scalars{T,1,typeof(a)}(a, (product(S) * length(a),))
Base.reinterpret(::typeof(reshape), ::Type{T}, a::AbstractArray{<:SArray{S,T},N}) where {S,T,N} = Scalars{T,N + 1,typeof(a)}(a, (product(S), size(a)...))
Base.reinterpret(::Type{E}, a::AbstractVector{T}) where {S,T,E<:SArray{S,T}} = Grouped{E,1,typeof(a)}(a, (div(length(a), product(S)),))
Base.reinterpret(::typeof(reshape), ::Type{E}, a::AbstractArray{T}) where {S,T,E<:SArray{S,T}} =
    size(a, 1) == product(S) ? Grouped{E,ndims(a) - 1,typeof(a)}(a, Base.tail(size(a))) :
    throw(ArgumentError("`reinterpret(reshape, $E, a)` where `eltype(a)` is $T requires that `axes(a, 1)` (got $(axes(a, 1))) be equal to 1:$(product(S))"))

# ---- Indexing

Base.@constprop :aggressive Base.getindex(a::SArray{S,T,N,L}, i::Int64) where {S,T,N,L} = 1 <= i <= L ? __tuple_get(a.data, i) : Base.__out_of_bounds(a, i)
Base.@constprop :aggressive Base.getindex(a::FieldArray{S}, i::Int64) where {S} = 1 <= i <= product(S) ? getfield(a, i) : Base.__out_of_bounds(a, i)
Base.getindex(a::MArray{S,T,N,L}, i::Int64) where {S,T,N,L} = 1 <= i <= L ? __array_get(getfield(a, :items), i) : Base.__out_of_bounds(a, i)
Base.getindex(a::SizedArray{S}, i::Int64) where {S} = 1 <= i <= product(S) ? Base.__get(a.data, i) : Base.__out_of_bounds(a, i)
Base.@constprop :aggressive Base.getindex(a::SArray{Tuple{M,N}}, i::Int64, j::Int64) where {M,N} =
    1 <= i <= M && 1 <= j <= N ? __tuple_get(a.data, i + (j - 1) * M) : Base.__out_of_bounds(a, (i, j))
Base.getindex(a::StaticArray) = length(a) == 1 ? Tuple(a)[1] : Base.__out_of_bounds(a, ())
Base.__get(a::SArray, k::Int64) = __tuple_get(a.data, k)
Base.__get(a::MArray, k::Int64) = __array_get(getfield(a, :items), k)
Base.getproperty(a::MArray, name::Symbol) = name === :data ? Tuple(a) : getfield(a, name)

"Indices whose number is known from their type: what they select is static."
const StaticIndex = Union{Int64,Colon,StaticArray{<:Tuple,Int64},SOneTo}
Base.getindex(a::StaticArray, ::Colon) = vec(a)
Base.getindex(a::StaticArray, p::StaticArray{<:Tuple,Int64}) = reformed(a, Val(size(p)), __tuple_map(i -> a[i], Tuple(p)))
Base.getindex(a::StaticArray, r::SOneTo) = reformed(a, Val(size(r)), __tuple_map(i -> a[i], positions(0, r)))
Base.getindex(a::StaticArray, i::StaticIndex, j::StaticIndex, rest::StaticIndex...) = selected(a, (i, j, rest...))
Base.@constprop :aggressive Base.getindex(a::StaticMatrix{M,N}, ::Colon, j::Int64) where {M,N} =
    1 <= j <= N ? reformed(a, Val((M,)), line(Tuple(a), j, Val(1), Val(M), Val(M))) : Base.__out_of_bounds(a, (:, j))
Base.@constprop :aggressive Base.getindex(a::StaticMatrix{M,N}, i::Int64, ::Colon) where {M,N} =
    1 <= i <= M ? reformed(a, Val((N,)), line(Tuple(a), i, Val(M), Val(1), Val(N))) : Base.__out_of_bounds(a, (i, :))
"Of lines of `n` elements that lie `step` apart, each beginning `apart` after the one before, the `k`-th."
Base.@constprop :aggressive line(t::Tuple, k, ::Val{step}, ::Val{apart}, ::Val{n}) where {step,apart,n} =
    __isconstant(k) ? __tuple_slice(t, Val(1 + (k - 1) * apart), Val(step), Val(n)) : __ntuple(i -> __tuple_get(t, 1 + (k - 1) * apart + (i - 1) * step), Val(n))
selected(a, at::Tuple{Vararg{Int64}}) = (Base.__check_scalar_indices(a, at); Base.__get(a, Base.__linear(size(a), at)))
selected(a, at::Tuple) = reformed(a, Val(extents(extents_of(a), at)), gathered(a, map(positions, extents_of(a), at), ()))
extents_of(::StaticArray{S}) where {S} = map(Val, fieldtypes(S))
gathered(a, ::Tuple{}, at) = (a[at...],)
gathered(a, lists::Tuple, at) = __tuple_flatten(__tuple_map(k -> gathered(a, Base.front(lists), (k, at...)), last(lists)))
positions(n, i::Int64) = (i,)
positions(::Val{n}, ::Colon) where {n} = __ntuple(identity, Val(n))
positions(n, ::SOneTo{k}) where {k} = __ntuple(identity, Val(k))
positions(n, p::StaticArray) = Tuple(p)
"Sizes of what indices select: integers have none."
extents(::Tuple{}, ::Tuple{}) = ()
extents(s::Tuple, at::Tuple) = (extent(s[1], at[1])..., extents(Base.tail(s), Base.tail(at))...)
extent(n, ::Int64) = ()
extent(::Val{n}, ::Colon) where {n} = (n,)
extent(n, p) = size(p)

Base.setindex!(a::StaticArray, v, i::Int64) =
    error("setindex!(::", typeof(a), ", value, ::Int) is not defined.\n Hint: Use `MArray` or `SizedArray` to create a mutable static array")
Base.setindex!(a::MArray{S,T,N,L}, v, i::Int64) where {S,T,N,L} =
    1 <= i <= L ? (__array_set(getfield(a, :items), convert(T, v), i); a) : Base.__out_of_bounds(a, i)
Base.setindex!(a::FieldArray{S,T}, v, i::Int64) where {S,T} = ismutabletype(typeof(a)) ? set_field!(a, v, i) : invoke(setindex!, Tuple{StaticArray,Any,Int64}, a, v, i)
set_field!(a::FieldArray{S}, v, i) where {S} = 1 <= i <= product(S) ? (setfield!(a, i, convert(fieldtype(typeof(a), i), v)); a) : Base.__out_of_bounds(a, i)
Base.setindex!(a::SizedArray{S}, v, i::Int64) where {S} = 1 <= i <= product(S) ? (Base.__set(a.data, v, i); a) : Base.__out_of_bounds(a, i)
Base.__set(a::MArray{S,T}, v, k::Int64) where {S,T} = __array_set(getfield(a, :items), convert(T, v), k)

"The same array with another element at one place."
Base.setindex(a::StaticArray{S,T}, v, i::Integer) where {S,T} =
    1 <= i <= length(a) ? rebuilt(a, exchanged(Tuple(a), convert(T, v), i)) : Base.__out_of_bounds(a, i)
Base.setindex(a::StaticArray, v, i::Integer, rest::Integer...) =
    (Base.__check_scalar_indices(a, (i, rest...)); setindex(a, v, Base.__linear(size(a), (i, rest...))))
exchanged(t, v, i) = __tuple_map((x, k) -> k == i ? v : x, t, __ntuple(identity, Val(__tuple_length(t))))
rebuilt(a::SArray{S,T,N,L}, x) where {S,T,N,L} = SArray{S,T,N,L}(x)
rebuilt(a::MArray{S,T,N,L}, x) where {S,T,N,L} = MArray{S,T,N,L}(x)
rebuilt(a::SizedArray{S,T}, x) where {S,T} = SizedArray{S}(reshape(T[x...], fieldtypes(S)))
rebuilt(a::StaticArray, x) = like(a, x)
"Static vectors with an element more or fewer."
push(v::StaticVector{N,T}, x) where {N,T} = reformed(v, Val((N + 1,)), (Tuple(v)..., convert(T, x)))
pushfirst(v::StaticVector{N,T}, x) where {N,T} = reformed(v, Val((N + 1,)), (convert(T, x), Tuple(v)...))
pop(v::StaticVector{N,T}) where {N,T} = reformed(v, Val((N - 1,)), Base.front(Tuple(v)))
popfirst(v::StaticVector{N,T}) where {N,T} = reformed(v, Val((N - 1,)), Base.tail(Tuple(v)))
function insert(v::StaticVector{N,T}, i::Integer, x) where {N,T}
    1 <= i <= N + 1 || Base.__out_of_bounds(v, i)
    y = convert(T, x)
    reformed(v, Val((N + 1,)), __ntuple(k -> k == i ? y : v[k < i ? k : k - 1], Val(N + 1)))
end
function deleteat(v::StaticVector{N,T}, i::Integer) where {N,T}
    1 <= i <= N || Base.__out_of_bounds(v, i)
    reformed(v, Val((N - 1,)), __ntuple(k -> v[k < i ? k : k + 1], Val(N - 1)))
end
enumerate_static(a) = enumerate(a)
end
