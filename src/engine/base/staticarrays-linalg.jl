# Linear algebra of static arrays: written out on elements for small sizes, by way of Matrix for large ones.
module StaticArrays

"A diagonal matrix whose diagonal is static."
const SDiagonal{N,T} = Diagonal{T,SVector{N,T}}

Base.adjoint(a::StaticMatrix{M,N}) where {M,N} = reformed(a, Val((N, M)), map(adjoint, __tuple_flatten(parts(a, Val(M), Val(N), Val(2)))))
Base.transpose(a::StaticMatrix{M,N}) where {M,N} = reformed(a, Val((N, M)), map(transpose, __tuple_flatten(parts(a, Val(M), Val(N), Val(2)))))
Base.permutedims(a::StaticMatrix{M,N}) where {M,N} = reformed(a, Val((N, M)), __tuple_flatten(parts(a, Val(M), Val(N), Val(2))))
Base.permutedims(v::StaticVector{N}) where {N} = reformed(v, Val((1, N)), Tuple(v))
"A row as a matrix."
row(a::Rows) = reformed(a.parent, Val((1, length(a.parent))), map(x -> Base.__flipped(a, x), Tuple(a.parent)))

# ---- Products. Each column of the result is a sum of columns of the first factor, in the order of the inner index.

"The sum of columns, each times a number."
function combined(cols::Tuple, xs::Tuple)
    __tuple_fold(added, __tuple_map(times, cols, xs))
end
times(col::Tuple, x) = __tuple_map(*, col, tuple_of(x, Val(__tuple_length(col))))
added(p::Tuple, q::Tuple) = __tuple_map(+, p, q)
Base.:*(a::StaticMatrix{M,N}, x::AbstractVector) where {M,N} = matvec(a, x)
Base.:*(a::StaticMatrix{M,N}, x::StaticVector) where {M,N} = matvec(a, x)
function matvec(a::StaticMatrix{M,N}, x) where {M,N}
    length(x) == N || inner_mismatch(a, x)
    reformed(x isa StaticArray ? x : a, Val((M,)), combined_of(a, elements(x, Val(N))))
end
combined_of(a::StaticMatrix{M,N}, x::Tuple) where {M,N} = combined(parts(a, Val(M), Val(N), Val(1)), x)
combined_of(a::StaticMatrix{M,N,T}, ::Tuple{}) where {M,N,T} = tuple_of(zero(T), Val(M))
Base.:*(a::StaticMatrix, b::StaticMatrix) = matmat(a, b)
Base.:*(a::StaticMatrix, b::Rows) = matmat(a, row(b))
function matmat(a::StaticMatrix{M,K}, b::StaticMatrix{L,N}) where {M,K,L,N}
    K == L || inner_mismatch(a, b)
    reformed(a, Val((M, N)), product_items(parts(a, Val(M), Val(K), Val(1)), parts(b, Val(K), Val(N), Val(1)), zero(eltype(a)), Val(M * N)))
end
product_items(cols, others, zero, ::Val) = __tuple_flatten(__tuple_map(Base.Fix1(combined, cols), others))
product_items(::Tuple{}, others, zero, ::Val{L}) where {L} = tuple_of(zero, Val(L))
@noinline inner_mismatch(a, b) =
    throw(DimensionMismatch("Tried to multiply arrays of size $(size(a)) and $(size(b))"))
Base.:*(v::StaticVector{M}, r::Rows) where {M} = matmat(reformed(v, Val((M, 1)), Tuple(v)), row(r))
Base.:*(v::StaticVector{M}, b::StaticMatrix) where {M} = matmat(reformed(v, Val((M, 1)), Tuple(v)), b)
Base.:*(r::Rows, v::StaticVector) = row_times(row(r), v)
row_times(r, v) = length(r) == length(v) ? (r*v)[1] : inner_mismatch(r, v)
Base.:*(r::Adjoint{T,<:StaticVector}, b::StaticMatrix) where {T} = adjoint(adjoint(b) * r.parent)
Base.:*(r::Transpose{T,<:StaticVector}, b::StaticMatrix) where {T} = transpose(transpose(b) * r.parent)
Base.literal_pow(::typeof(^), a::StaticMatrix, ::Val{2}) = a * a
Base.literal_pow(::typeof(^), a::StaticMatrix, ::Val{3}) = a * a * a
Base.__rows(a::StaticMatrix) = permutedims(Matrix(a))
Base.:+(a::StaticMatrix{N,N,T}, s::UniformScaling) where {N,T} = a + of_identity(T, s, Val(N))
Base.:+(s::UniformScaling, a::StaticMatrix{N,N,T}) where {N,T} = of_identity(T, s, Val(N)) + a
Base.:-(a::StaticMatrix{N,N,T}, s::UniformScaling) where {N,T} = a - of_identity(T, s, Val(N))
Base.:-(s::UniformScaling, a::StaticMatrix{N,N,T}) where {N,T} = of_identity(T, s, Val(N)) - a
of_identity(::Type{T}, s, ::Val{N}) where {T,N} = sized(Val((N, N)), __tuple_map(Base.Fix1(*, s.λ), identity_items(T, Val(N), Val(N))))

function LinearAlgebra.dot(a::StaticArray, b::StaticArray)
    length(a) == length(b) || throw(DimensionMismatch("first array has length $(length(a)) which does not match the length of the second, $(length(b))."))
    summed(a, b, __tuple_map(dot, Tuple(a), Tuple(b)))
end
summed(a, b, t) = __tuple_fold(+, t)
summed(a, b, ::Tuple{}) = dot(zero(eltype(a)), zero(eltype(b)))
"The Euclidean norm; sums of squares that left the range of the type are made again with scaled elements."
LinearAlgebra.norm(a::StaticArray) = norm_of(a, Tuple(a))
norm_of(a, ::Tuple{}) = float(norm(zero(eltype(a))))
function norm_of(a, t)
    s = __tuple_fold(+, __tuple_map(square, t))
    l = sqrt(s)
    zero(l) < l && isfinite(l) ? l : scaled_norm(t)
end
square(x::Number) = abs2(float(x))
square(x) = (n = norm(x); n * n)
function scaled_norm(t)
    m = __tuple_fold(max, __tuple_map(norm, t))
    iszero(m) && return zero(m)
    m * sqrt(__tuple_fold(+, __tuple_map(x -> abs2(norm(x) / m), t)))
end
LinearAlgebra.normalize(a::StaticArray) = inv(norm(a)) * a
LinearAlgebra.normalize(a::StaticArray, p::Real) = inv(norm(a, p)) * a
LinearAlgebra.cross(a::StaticVector{3}, b::StaticVector{3}) = map((x, y) -> x - y, cycled(a, b, 2, 3, 1, 3, 1, 2), cycled(a, b, 3, 1, 2, 2, 3, 1))
Base.@constprop :aggressive cycled(a, b, i, j, k, l, m, n) = like(a, (a[i] * b[l], a[j] * b[m], a[k] * b[n]))
LinearAlgebra.cross(a::StaticVector{2}, b::StaticVector{2}) = a[1] * b[2] - a[2] * b[1]
LinearAlgebra.diag(a::StaticMatrix{M,N}) where {M,N} = reformed(a, Val((min(M, N),)), __tuple_slice(Tuple(a), Val(1), Val(M + 1), Val(min(M, N))))
LinearAlgebra.tr(a::StaticMatrix{N,N}) where {N} = __tuple_fold(+, Tuple(diag(a)))
LinearAlgebra.tr(a::StaticMatrix) = throw(DimensionMismatch("matrix is not square"))
LinearAlgebra.kron(a::StaticMatrix{M,N}, b::StaticMatrix{P,Q}) where {M,N,P,Q} = sized(Val((M * P, N * Q)), elements(kron(Matrix(a), Matrix(b)), Val(M * N * P * Q)))
LinearAlgebra.triu(a::StaticMatrix, k::Integer=0) = kept(a, (i, j) -> j - i >= k)
LinearAlgebra.tril(a::StaticMatrix, k::Integer=0) = kept(a, (i, j) -> j - i <= k)
kept(a::StaticMatrix{M}, keep) where {M} =
    like(a, __tuple_map((x, k) -> keep((k - 1) % M + 1, div(k - 1, M) + 1) ? x : zero(x), Tuple(a), __ntuple(identity, Val(length(a)))))

# ---- Determinants, inverses, equations

LinearAlgebra.det(a::StaticMatrix{N,N}) where {N} = det_of(Val(N), a, Tuple(a))
LinearAlgebra.det(a::StaticMatrix) = throw(DimensionMismatch("matrix is not square: dimensions are $(size(a))"))
det_of(::Val{0}, a, t) = one(eltype(a))
det_of(::Val{1}, a, t) = t[1]
det_of(::Val{2}, a, (a11, a21, a12, a22)) = a11 * a22 - a12 * a21
det_of(::Val{3}, a, t) = __tuple_fold(+, __tuple_map(*, __tuple_slice(t, Val(1), Val(1), Val(3)), minors3(t)))
det_of(::Val{4}, a, t) = det_by_pairs(t)
det_of(::Val, a, t) = det(Matrix(a))
"What the elements of the first column are multiplied with."
minors3((a11, a21, a31, a12, a22, a32, a13, a23, a33)) = (a22 * a33 - a32 * a23, a32 * a13 - a12 * a33, a12 * a23 - a22 * a13)
"By the minors of the first two columns and of the last two."
function det_by_pairs((a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p))
    (a * f - b * e) * (k * p - l * o) - (a * g - c * e) * (j * p - l * n) + (a * h - d * e) * (j * o - k * n) +
    (b * g - c * f) * (i * p - l * m) - (b * h - d * f) * (i * o - k * m) + (c * h - d * g) * (i * n - j * m)
end
LinearAlgebra.logdet(a::StaticMatrix) = log(det(a))
LinearAlgebra.logabsdet(a::StaticMatrix) = (d = det(a); (log(abs(d)), sign(d)))

Base.inv(a::StaticMatrix{N,N}) where {N} = inv_of(Val(N), a, Tuple(a))
Base.inv(a::StaticMatrix) = throw(DimensionMismatch("matrix is not square: dimensions are $(size(a))"))
inv_of(::Val{1}, a, t) = like(a, (inv(t[1]),))
function inv_of(::Val{2}, a, (a11, a21, a12, a22))
    d = a11 * a22 - a12 * a21
    like(a, (a22 / d, -(a21 / d), -(a12 / d), a11 / d))
end
function inv_of(::Val{3}, a, t)
    a11, a21, a31, a12, a22, a32, a13, a23, a33 = t
    c1 = minors3(t)
    c2 = (a23 * a31 - a33 * a21, a33 * a11 - a13 * a31, a13 * a21 - a23 * a11)
    c3 = (a21 * a32 - a31 * a22, a31 * a12 - a11 * a32, a11 * a22 - a21 * a12)
    d = a11 * c1[1] + a21 * c1[2] + a31 * c1[3]
    # The rows of the inverse are the minors by columns.
    like(a, __tuple_map(Base.Fix2(/, d), (c1[1], c2[1], c3[1], c1[2], c2[2], c3[2], c1[3], c2[3], c3[3])))
end
inv_of(::Val{N}, a, t) where {N} = like(a, elements(inv(Matrix(a)), Val(N * N)))
LinearAlgebra.pinv(a::StaticMatrix{M,N}) where {M,N} = reformed(a, Val((N, M)), elements(pinv(Matrix(a)), Val(M * N)))

Base.:\(a::StaticMatrix, b::StaticVector) = solved(a, b)
Base.:\(a::StaticMatrix, b::StaticMatrix) = solved(a, b)
function solved(a::StaticMatrix{M,N}, b) where {M,N}
    size(b, 1) == M || throw(DimensionMismatch("Left and right hand side first dimensions do not match in backdivide (got sizes $(size(a)) and $(size(b)))"))
    by_inverse(Val(M == N && N <= 3), a, b)
end
by_inverse(::Val{true}, a, b) = inv(a) * b
by_inverse(::Val{false}, a::StaticMatrix{M,N}, b::StaticVector) where {M,N} = reformed(b, Val((N,)), elements(Matrix(a) \ Vector(b), Val(N)))
by_inverse(::Val{false}, a::StaticMatrix{M,N}, b::StaticMatrix{M,K}) where {M,N,K} =
    reformed(b, Val((N, K)), elements(Matrix(a) \ Matrix(b), Val(N * K)))
Base.:/(b::StaticMatrix, a::StaticMatrix) = adjoint(adjoint(a) \ adjoint(b))
Base.:/(r::Adjoint{T,<:StaticVector}, a::StaticMatrix) where {T} = adjoint(adjoint(a) \ r.parent)

# ---- What is computed by way of Matrix

Base.exp(a::StaticMatrix{N,N}) where {N} = like(a, elements(exp(Matrix(a)), Val(N * N)))
Base.log(a::StaticMatrix{N,N}) where {N} = like(a, elements(log(Matrix(a)), Val(N * N)))
Base.sqrt(a::StaticMatrix{N,N}) where {N} = like(a, elements(sqrt(Matrix(a)), Val(N * N)))
LinearAlgebra.eigvals(a::StaticMatrix{N,N}; kws...) where {N} = sized(Val((N,)), elements(eigvals(Matrix(a); kws...), Val(N)))
LinearAlgebra.svdvals(a::StaticMatrix{M,N}) where {M,N} = sized(Val((min(M, N),)), elements(svdvals(Matrix(a)), Val(min(M, N))))
LinearAlgebra.eigen(a::StaticMatrix; kws...) = eigen(Matrix(a); kws...)
LinearAlgebra.cholesky(a::StaticMatrix; check::Bool=true) = cholesky(Matrix(a); check)
LinearAlgebra.lu(a::StaticMatrix; kws...) = lu(Matrix(a); kws...)
LinearAlgebra.qr(a::StaticMatrix, rest...) = qr(Matrix(a), rest...)
LinearAlgebra.svd(a::StaticMatrix; kws...) = svd(Matrix(a); kws...)
end
