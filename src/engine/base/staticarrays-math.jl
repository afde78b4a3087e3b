# Static arrays as wholes: making them, mapping, reducing, broadcasting. Everything is done on tuples of elements, so that nothing is allocated.
module StaticArrays

# ---- Arrays of one value, and of random ones

"The type of elements that arrays of a type have, or the default."
element_type(::Type{<:StaticArray{S,T}}, default) where {S,T} = T
element_type(::Type, default) = default
tuple_of(x, ::Val{L}) where {L} = __ntuple_with((y, k) -> y, x, Val(L))
uniform(::Type{A}, x) where {S,A<:StaticArray{S}} = A(tuple_of(x, Val(product(S))))
Base.zeros(::Type{A}) where {A<:StaticArray} = uniform(A, zero(element_type(A, Float64)))
Base.ones(::Type{A}) where {A<:StaticArray} = uniform(A, one(element_type(A, Float64)))
Base.zero(::Type{A}) where {A<:StaticArray} = zeros(A)
Base.zero(a::StaticArray{S,T}) where {S,T} = rebuilt(a, tuple_of(zero(T), Val(product(S))))
Base.fill(x, ::Type{A}) where {A<:StaticArray} = uniform(A, x)
Base.one(::Type{A}) where {N,A<:StaticArray{Tuple{N,N}}} = A(identity_items(element_type(A, Float64), Val(N), Val(N)))
Base.one(a::StaticMatrix{N,N,T}) where {N,T} = rebuilt(a, identity_items(T, Val(N), Val(N)))
Base.oneunit(::Type{A}) where {A<:StaticArray} = one(A)
identity_items(::Type{T}, ::Val{M}, ::Val{N}) where {T,M,N} = __ntuple(k -> (k - 1) % (M + 1) == 0 && k <= M * M ? one(T) : zero(T), Val(M * N))
(::Type{A})(s::UniformScaling) where {A<:PlainArray} = scaled_identity(A, s)
scaled_identity(::Type{A}, s) where {M,N,A<:StaticArray{Tuple{M,N}}} =
    A(__tuple_map(Base.Fix1(*, s.λ), identity_items(element_type(A, typeof(s.λ)), Val(M), Val(N))))
Base.rand(::Type{A}) where {A<:StaticArray} = drawn(rand, A)
Base.randn(::Type{A}) where {A<:StaticArray} = drawn(randn, A)
Base.randexp(::Type{A}) where {A<:StaticArray} = drawn((_) -> Base.randexp(), A)
drawn(draw, ::Type{A}) where {S,A<:StaticArray{S}} = A(__ntuple_with((T, k) -> draw(T), element_type(A, Float64), Val(product(S))))
Base.rand(range::AbstractArray, ::Type{A}) where {S,A<:StaticArray{S}} = A(__ntuple_with((r, k) -> rand(r), range, Val(product(S))))

# ---- Element by element

Base.map(f, a::StaticArray) = like(a, __tuple_map(f, Tuple(a)))
Base.map(f, a::StaticArray, b::AbstractArray) = (same_sizes(a, b); like(a, __tuple_map(f, Tuple(a), elements(b, Val(length(a))))))
Base.map(f, a::AbstractArray, b::StaticArray) = (same_sizes(a, b); like(b, __tuple_map(f, elements(a, Val(length(b))), Tuple(b))))
Base.map(f, a::StaticArray, b::StaticArray) = (same_sizes(a, b); like(a, __tuple_map(f, Tuple(a), Tuple(b))))
function Base.map(f, a::StaticArray, b::AbstractArray, c::AbstractArray, rest::AbstractArray...)
    same_sizes(a, b, c, rest...)
    like(a, __tuple_map(f, Tuple(a), map(x -> elements(x, Val(length(a))), (b, c, rest...))...))
end
same_sizes(a::StaticArray{S}, b::StaticArray{S}) where {S} = nothing
same_sizes(a, bs...) = all(b -> size(b) == size(a), bs) ? nothing :
    throw(DimensionMismatch("Sizes $(map(shown_size, (a, bs...))) of input arrays do not match"))
shown_size(a::StaticArray) = Size(a)
shown_size(a) = size(a)

Base.:+(a::StaticArray, b::StaticArray) = map(+, a, b)
Base.:+(a::StaticArray, b::AbstractArray) = map(+, a, b)
Base.:+(a::AbstractArray, b::StaticArray) = map(+, a, b)
Base.:-(a::StaticArray, b::StaticArray) = map(-, a, b)
Base.:-(a::StaticArray, b::AbstractArray) = map(-, a, b)
Base.:-(a::AbstractArray, b::StaticArray) = map(-, a, b)
Base.:-(a::StaticArray) = map(-, a)
Base.:*(x::Number, a::StaticArray) = map(Base.Fix1(*, x), a)
Base.:*(a::StaticArray, x::Number) = map(Base.Fix2(*, x), a)
Base.:/(a::StaticArray, x::Number) = map(Base.Fix2(/, x), a)
Base.:\(x::Number, a::StaticArray) = map(Base.Fix1(\, x), a)
Base.conj(a::StaticArray{S,<:Complex}) where {S} = map(conj, a)
Base.real(a::StaticArray{S,<:Complex}) where {S} = map(real, a)
Base.imag(a::StaticArray) = map(imag, a)
Base.float(a::StaticArray) = map(float, a)
Base.:(==)(a::StaticArray{S}, b::StaticArray{S}) where {S} = all_of(__tuple_map(==, Tuple(a), Tuple(b)))
Base.isequal(a::StaticArray{S}, b::StaticArray{S}) where {S} = all_of(__tuple_map(isequal, Tuple(a), Tuple(b)))
all_of(::Tuple{}) = true
all_of(t::Tuple) = __tuple_fold(&, t)

# ---- Reductions: all of them come to these

Base.__fold(f, op, a::StaticArray, init::Base.__NoInit) = folded(f, op, a, Tuple(a))
Base.__fold(f, op, a::StaticArray, init) = __tuple_fold(op, (init, __tuple_map(f, Tuple(a))...))
folded(f, op, a, ::Tuple{}) = Base.__over_nothing(f, op, eltype(a))
folded(f, op, a, t::Tuple) = started(op, __tuple_map(f, t))
started(op, t::Tuple) = __tuple_fold(op, t)
"A sum of narrow integers is a wider one, also of a single number."
started(op::Union{typeof(Base.add_sum),typeof(Base.mul_prod)}, t::Tuple{T,Vararg{T}}) where {T<:Union{Bool,Base.__SmallInt}} =
    __tuple_fold(op, (Base.__start(op, Base.__wide(T)), t...))
Base.@constprop :aggressive Base.__reduce(f, op, a::StaticArray, d::Integer, init) =
    Base.__isconstant(d) ? along(f, op, a, Val(d), init) : Base.__along(f, op, a, d, init)
Base.__reduce(f, op, a::StaticArray, ::Val{d}, init) where {d} = along(f, op, a, Val(d), init)
along(f, op, a::StaticVector{N}, ::Val{1}, init) where {N} = reformed(a, Val((1,)), (Base.__fold(f, op, a, init),))
along(f, op, a::StaticMatrix{M,N}, ::Val{1}, init) where {M,N} =
    reformed(a, Val((1, N)), __tuple_map(c -> Base.__fold(f, op, SVector(c), init), parts(a, Val(M), Val(N), Val(1))))
along(f, op, a::StaticMatrix{M,N}, ::Val{2}, init) where {M,N} =
    reformed(a, Val((M, 1)), __tuple_map(r -> Base.__fold(f, op, SVector(r), init), parts(a, Val(M), Val(N), Val(2))))
along(f, op, a::StaticArray, ::Val{d}, init) where {d} = Base.__along(f, op, a, d, init)
"The columns (1) or the rows (2) of a matrix, as tuples."
parts(a, ::Val{M}, ::Val{N}, ::Val{1}) where {M,N} = (t = Tuple(a); __ntuple(j -> __tuple_slice(t, Val(1 + (j - 1) * M), Val(1), Val(M)), Val(N)))
parts(a, ::Val{M}, ::Val{N}, ::Val{2}) where {M,N} = (t = Tuple(a); __ntuple(i -> __tuple_slice(t, Val(i), Val(M), Val(N)), Val(M)))

Base.reverse(v::StaticVector) = like(v, reverse(Tuple(v)))
Base.cumsum(v::StaticVector) = accumulate(Base.add_sum, v)
Base.cumprod(v::StaticVector) = accumulate(*, v)
Base.accumulate(op, v::StaticVector{N}) where {N} = like(v, running(op, (v[1],), Base.tail(Tuple(v))))
running(op, done::Tuple, ::Tuple{}) = done
running(op, done::Tuple, rest::Tuple{Any,Vararg}) = running(op, (done..., op(last(done), rest[1])), Base.tail(rest))
Base.diff(v::StaticVector{N}) where {N} = reformed(v, Val((N - 1,)), __tuple_map(-, Base.tail(Tuple(v)), Base.front(Tuple(v))))
Base.sort(v::StaticVector{N}; kws...) where {N} = like(v, elements(sort(Vector(v); kws...), Val(N)))

# ---- Dotted calls: static with numbers, tuples and one another; with any other array they give an Array

const Rows{T} = Union{Adjoint{T,<:StaticVector},Transpose{T,<:StaticVector}}
Base.summary(io::IO, r::Rows) = print(io, "1×", length(r.parent), " ", r isa Adjoint ? "adjoint" : "transpose", "(::", typeof(r.parent),
    ") with eltype ", eltype(r), " with indices Base.OneTo(1)×SOneTo(", length(r.parent), ")")
Base.__bc_style(::StaticArray) = 2
Base.__bc_style(::Rows) = 2
Base.__materialize(::Val{2}, b) = dotted(b, Val(Base.__bc_size(b)))
dotted(b, d::Val{D}) where {D} = reformed(first_static(b), d, spread(b, d))
"The values of a part of a tree of dotted calls at each place of the result."
spread(b::Base.Broadcasted, d::Val) = __tuple_map(b.f, map(x -> spread(x, d), b.args)...)
spread(x, d::Val{D}) where {D} = tuple_of(Base.__at(x, 0, ()), Val(prod(D)))
spread(a::StaticArray, d::Val) = placed(Tuple(a), Val(size(a)), d)
spread(t::Tuple, d::Val) = placed(t, Val((__tuple_length(t),)), d)
spread(a::Rows, d::Val) = placed(map(x -> Base.__flipped(a, x), Tuple(a.parent)), Val((1, length(a.parent))), d)
placed(t, ::Val{D}, ::Val{D}) where {D} = t
placed(t, ::Val{S}, ::Val{D}) where {S,D} = __ntuple(k -> __tuple_get(t, source(S, D, k)), Val(prod(D)))
"Of the `k`-th place in an array of size `d`, the place in an array of size `s` that is spread over it."
source(s, d, k) = Base.__linear(s, map((n, i) -> n == 1 ? 1 : i, s, Base.__cut(Base.__subscripts(d, k), s)))
first_static(a::StaticArray) = a
first_static(a::Rows) = a.parent
first_static(b::Base.Broadcasted) = first_static_of(b.args)
first_static(x) = nothing
first_static_of(::Tuple{}) = nothing
first_static_of(args::Tuple) = chosen(first_static(args[1]), Base.tail(args))
chosen(a, rest) = a
chosen(::Nothing, rest) = first_static_of(rest)

# ---- Concatenation

Base.vcat(a::StaticVector, rest::StaticVector...) = stacked(a, __tuple_flatten(map(Tuple, (a, rest...))))
stacked(a, t) = sized(Val((__tuple_length(t),)), joint(t), t)
Base.hcat(a::StaticVecOrMat, rest::StaticVecOrMat...) = beside(a, rest, __tuple_flatten(map(Tuple, (a, rest...))))
beside(a, rest, t) = all(b -> size(b, 1) == size(a, 1), rest) ? sized(Val((size(a, 1), div(__tuple_length(t), size(a, 1)))), joint(t), t) :
    throw(DimensionMismatch("Tried to hcat arrays of size $(join(map(size, (a, rest...)), ", "))"))
Base.vcat(a::StaticMatrix, rest::StaticMatrix...) = transpose(hcat(transpose(a), map(transpose, rest)...))
Base.reduce(::typeof(vcat), v::StaticArray{<:Tuple,<:StaticVector}) = vcat(Tuple(v)...)
Base.reduce(::typeof(hcat), v::StaticArray{<:Tuple,<:StaticVector}) = hcat(Tuple(v)...)
end
