# LinearAlgebra: the factorisation `Q R = A`, with Q as the reflections it is made of.

module LinearAlgebra
"An orthogonal matrix as a product of reflections `I - 2 v v' / w`; the first element of v that counts is on the diagonal of `vs`."
struct QRCompactWYQ{T} <: AbstractQ{T}
    vs::Matrix{T}
    ws::Vector{T}
end
"`Q R = A` with Q orthogonal and R upper triangular."
struct QR{T,S<:AbstractMatrix{T}} <: Factorization{T}
    Q::QRCompactWYQ{T}
    R::S
end
const QRCompactWY = QR
qr(a::AbstractMatrix) = householder(floated(a))
qr(a::AbstractMatrix, ::NoPivot) = qr(a)
qr!(a::Matrix) = householder(a)
qr(v::AbstractVector) = qr(reshape(v, length(v), 1))
iterate(f::QR) = (f.Q, Val(:R))
iterate(f::QR, ::Val{:R}) = (f.R, Val(:done))
iterate(f::QR, ::Val{:done}) = nothing
function householder(a::Matrix{T}) where {T}
    m, n = size(a)
    r = copy(a)
    k = min(m, n)
    vs = zeros(T, m, k)
    ws = zeros(T, k)
    for j in 1:k
        s = zero(real(T))
        for i in j:m
            s += abs2(__get(r, i, j))
        end
        if s > 0
            x = __get(r, j, j)
            h = sqrt(s)
            # The diagonal of R has the sign that makes v long.
            alpha = iszero(x) ? -convert(T, h) : -x / abs(x) * h
            w = zero(real(T))
            for i in j:m
                v = i == j ? x - alpha : __get(r, i, j)
                __set(vs, v, i, j)
                w += abs2(v)
            end
            ws[j] = w
            reflect!(r, vs, j, w)
        end
    end
    QR{T,Matrix{T}}(QRCompactWYQ{T}(vs, ws), triu(r[1:k, :]))
end
"Applies I - 2 v v' / |v|^2 from the left, v being column j of `vs` from row j on and w its squared length."
function reflect!(a, vs, j, w)
    m, n = size(vs, 1), size(a, 2)
    for c in 1:n
        s = zero(eltype(a))
        for i in j:m
            s += conj(__get(vs, i, j)) * __get(a, i, c)
        end
        s = 2 * s / w
        for i in j:m
            __set(a, __get(a, i, c) - __get(vs, i, j) * s, i, c)
        end
    end
end

# ---- Q as a matrix: square, and its first columns as a Matrix

size(q::QRCompactWYQ) = (size(q.vs, 1), size(q.vs, 1))
"The product of Q, or of its adjoint, with the columns of `x`, which is overwritten."
function apply!(q::QRCompactWYQ, x)
    k = length(q.ws)
    for t in 0:k-1
        j = k - t
        real(q.ws[j]) > 0 && reflect!(x, q.vs, j, q.ws[j])
    end
    x
end
function apply_adjoint!(q::QRCompactWYQ, x)
    for j in 1:length(q.ws)
        real(q.ws[j]) > 0 && reflect!(x, q.vs, j, q.ws[j])
    end
    x
end
"A copy with as many rows as Q has, zeros at the end."
function padded(q::QRCompactWYQ{T}, x) where {T}
    m = size(q.vs, 1)
    size(x, 1) == m || size(x, 1) == length(q.ws) || Base.__inner_mismatch(q, x)
    out = zeros(promote_type(T, eltype(x)), m, size(x, 2))
    for j in 1:size(x, 2)
        for i in 1:size(x, 1)
            __set(out, x[i, j], i, j)
        end
    end
    out
end
full(q::QRCompactWYQ{T}) where {T} = apply!(q, Matrix{T}(I, size(q.vs, 1), size(q.vs, 1)))
Matrix(q::QRCompactWYQ{T}) where {T} = apply!(q, Matrix{T}(I, size(q.vs, 1), length(q.ws)))
Base.Array(q::QRCompactWYQ) = Matrix(q)
Matrix{S}(q::QRCompactWYQ) where {S} = convert(Matrix{S}, Matrix(q))
Base.Array{S}(q::QRCompactWYQ) where {S} = convert(Matrix{S}, Matrix(q))
Base.convert(::Type{Matrix}, q::QRCompactWYQ) = Matrix(q)
Base.collect(q::QRCompactWYQ) = full(q)
copy(q::QRCompactWYQ) = full(q)
function __get(q::QRCompactWYQ{T}, i::Int64, j::Int64) where {T}
    e = zeros(T, size(q.vs, 1), 1)
    e[j, 1] = one(T)
    __get(apply!(q, e), i, 1)
end
getindex(q::QRCompactWYQ, i::Int64, j::Int64) = (Base.__check_scalar_indices(q, (i, j)); __get(q, i, j))
getindex(q::QRCompactWYQ, rows, columns) = full(q)[rows, columns]
*(q::QRCompactWYQ, x::AbstractVector) = vec(apply!(q, padded(q, reshape(x, length(x), 1))))
*(q::QRCompactWYQ, x::AbstractMatrix) = apply!(q, padded(q, x))
*(q::QRCompactWYQ, p::QRCompactWYQ) = apply!(q, full(p))
*(a::AbstractMatrix, q::QRCompactWYQ) = a * full(q)
*(a::Adjoint{T,<:AbstractVector}, q::QRCompactWYQ) where {T} = adjoint(adjoint(q) * a.parent)
*(a::Adjoint{T,<:QRCompactWYQ}, x::AbstractVector) where {T} = vec(apply_adjoint!(a.parent, padded(a.parent, reshape(x, length(x), 1))))
*(a::Adjoint{T,<:QRCompactWYQ}, x::AbstractMatrix) where {T} = apply_adjoint!(a.parent, padded(a.parent, x))
*(a::Adjoint{T,<:QRCompactWYQ}, q::QRCompactWYQ) where {T} = apply_adjoint!(a.parent, full(q))
*(q::QRCompactWYQ, d::Diagonal) = q * Matrix(d)
*(a::Adjoint{T,<:QRCompactWYQ}, d::Diagonal) where {T} = a * Matrix(d)
*(d::Diagonal, q::QRCompactWYQ) = d * full(q)
rmul!(x::AbstractMatrix, q::QRCompactWYQ) = copyto!(x, x * full(q))
lmul!(q::QRCompactWYQ, x::AbstractVecOrMat) = copyto!(x, q * x)
lmul!(a::Adjoint{T,<:QRCompactWYQ}, x::AbstractVecOrMat) where {T} = copyto!(x, a * x)
\(q::QRCompactWYQ, x::AbstractVecOrMat) = adjoint(q) * x
inv(q::QRCompactWYQ) = adjoint(q)
det(q::QRCompactWYQ) = det(full(q))
function \(f::QR, b::AbstractVecOrMat)
    n = size(f.R, 2)
    if size(f.Q, 1) >= n
        c = adjoint(f.Q) * b
        return UpperTriangular(f.R) \ (b isa AbstractVector ? c[1:n] : c[1:n, :])
    end
    # Fewer equations than unknowns: the solution of least norm, by the factorisation of A'.
    g = qr(copy(adjoint(f.Q * f.R)))
    Matrix(g.Q) * (adjoint(UpperTriangular(g.R)) \ b)
end

"`Q R = A P`, columns taken by decreasing length."
struct QRPivoted{T} <: Factorization{T}
    Q::QRCompactWYQ{T}
    R::Matrix{T}
    p::Vector{Int64}
end
function qr(a::AbstractMatrix, ::ColumnNorm)
    rest = floated(a)
    n = size(a, 2)
    p = collect(1:n)
    for j in 1:min(size(a, 1), n)
        lengths = [norm(rest[:, k]) for k in j:n]
        k = j - 1 + argmax(lengths)
        if k != j
            p[j], p[k] = p[k], p[j]
            rest[:, j], rest[:, k] = rest[:, k], rest[:, j]
        end
        iszero(norm(rest[:, j])) && break
        u = rest[:, j] / norm(rest[:, j])
        for c in j+1:n
            rest[:, c] = rest[:, c] - u * dot(u, rest[:, c])
        end
    end
    f = qr(a[:, p])
    QRPivoted{eltype(f.R)}(f.Q, f.R, p)
end
function getproperty(f::QRPivoted, name::Symbol)
    name === :P ? permutation_matrix(invperm(getfield(f, :p)), eltype(getfield(f, :R))) : getfield(f, name)
end
iterate(f::QRPivoted) = (f.Q, Val(:R))
iterate(f::QRPivoted, ::Val{:R}) = (f.R, Val(:p))
iterate(f::QRPivoted, ::Val{:p}) = (f.p, Val(:done))
iterate(f::QRPivoted, ::Val{:done}) = nothing
function \(f::QRPivoted, b::AbstractVecOrMat)
    k = min(size(f.R, 1), size(f.R, 2))
    r = independent(f.R)
    r == k && return unpermuted(QR{eltype(f.R),Matrix{eltype(f.R)}}(f.Q, f.R) \ b, f.p)
    # Of the solutions that dependent columns leave, the one of least norm.
    c = adjoint(f.Q) * b
    known = b isa AbstractVector ? c[1:r] : c[1:r, :]
    r == 0 && return zeros(eltype(c), size(f.R, 2), size(b)[2:end]...)
    g = qr(copy(adjoint(f.R[1:r, :])))
    unpermuted(Matrix(g.Q) * (adjoint(UpperTriangular(g.R)) \ known), f.p)
end
"How many elements of the diagonal are not lost in the rounding of the largest."
function independent(R, part=min(size(R, 1), size(R, 2)) * eps(Float64))
    d = [abs(R[i, i]) for i in 1:min(size(R, 1), size(R, 2))]
    isempty(d) ? 0 : count(x -> x > part * maximum(d), d)
end
"Columns are put in order only where they may be dependent."
function least_squares(a, b)
    f = qr(a)
    independent(f.R, 1.0e-10) == min(size(a, 1), size(a, 2)) ? f \ b : qr(a, ColumnNorm()) \ b
end
end
