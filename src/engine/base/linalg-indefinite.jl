# LinearAlgebra: factorisations of symmetric matrices that need not be positive, and updates of Cholesky's.

module LinearAlgebra
"`U D U' = A[p, p]`, or with L, where D has blocks of size 1 and 2 on its diagonal (Bunch and Kaufman)."
struct BunchKaufman{T,S<:AbstractMatrix{T}} <: Factorization{T}
    factors::S
    d::Vector{T}
    e::Vector{T}
    ipiv::Vector{Int64}
    uplo::Char
    symmetric::Bool
    info::Int64
end
bunchkaufman(a::Symmetric, rook::Bool=false; check::Bool=true) = bunch_kaufman(Matrix(a), a.uplo, true, check)
bunchkaufman(a::Hermitian, rook::Bool=false; check::Bool=true) = bunch_kaufman(Matrix(a), a.uplo, eltype(a) <: Real, check)
function bunchkaufman(a::AbstractMatrix, rook::Bool=false; check::Bool=true)
    ishermitian(a) && return bunch_kaufman(Matrix(a), 'U', eltype(a) <: Real, check)
    issymmetric(a) || Base.__argument_error("Bunch-Kaufman decomposition is only valid for symmetric or Hermitian matrices")
    bunch_kaufman(Matrix(a), 'U', true, check)
end
bunchkaufman!(a::AbstractMatrix, rook::Bool=false; check::Bool=true) = bunchkaufman(a, rook; check)
function bunch_kaufman(a, uplo, symmetric, check)
    f = floated(a)
    n = checksquare(f)
    # The upper form is the lower one of the matrix read from its end.
    back = n:-1:1
    l, d, e, p, info = pivoted_blocks(uplo == 'U' ? f[back, back] : f, symmetric)
    check && info != 0 && throw(SingularException(info))
    uplo == 'U' || return BunchKaufman{eltype(f),Matrix{eltype(f)}}(l, d, e, p, uplo, symmetric, info)
    BunchKaufman{eltype(f),Matrix{eltype(f)}}(l[back, back], d[back], reverse(e), (n + 1) .- p[back], uplo, symmetric, info)
end
partner(symmetric, x) = symmetric ? x : conj(x)
function exchange!(a, i, j)
    i == j && return
    a[[i, j], :] = a[[j, i], :]
    a[:, [i, j]] = a[:, [j, i]]
end
"`L`, the diagonal of `D` and what is below it, the order of rows, and the first pivot that is zero."
function pivoted_blocks(a::Matrix{T}, symmetric) where {T}
    n = size(a, 1)
    l = Matrix{T}(I, n, n)
    d, e, p = zeros(T, n), zeros(T, max(n - 1, 0)), collect(1:n)
    α = (1 + sqrt(17.0)) / 8
    info = 0
    k = 1
    while k <= n
        r, λ = k, zero(real(T))
        for i in k+1:n
            abs(a[i, k]) > λ && ((r, λ) = (i, abs(a[i, k])))
        end
        width = 1
        if max(abs(a[k, k]), λ) == 0
            info == 0 && (info = k)
            k += 1
            continue
        elseif abs(a[k, k]) < α * λ
            σ = zero(real(T))
            for i in k:n
                i != r && (σ = max(σ, abs(a[i, r])))
            end
            if abs(a[k, k]) * σ < α * λ * λ
                width = abs(a[r, r]) >= α * σ ? 1 : 2
                to = k + width - 1
                exchange!(a, to, r)
                l[[to, r], 1:k-1] = l[[r, to], 1:k-1]
                p[to], p[r] = p[r], p[to]
            end
        end
        if width == 1
            d[k] = a[k, k]
            for i in k+1:n
                l[i, k] = a[i, k] / d[k]
            end
            for j in k+1:n, i in k+1:n
                a[i, j] -= l[i, k] * d[k] * partner(symmetric, l[j, k])
            end
        else
            d[k], d[k+1], e[k] = a[k, k], a[k+1, k+1], a[k+1, k]
            block = [d[k] partner(symmetric, e[k]); e[k] d[k+1]]
            δ = block[1, 1] * block[2, 2] - block[1, 2] * block[2, 1]
            for i in k+2:n
                l[i, k] = (a[i, k] * block[2, 2] - a[i, k+1] * block[2, 1]) / δ
                l[i, k+1] = (a[i, k+1] * block[1, 1] - a[i, k] * block[1, 2]) / δ
            end
            for j in k+2:n, i in k+2:n
                a[i, j] -= a[i, k] * partner(symmetric, l[j, k]) + a[i, k+1] * partner(symmetric, l[j, k+1])
            end
        end
        k += width
    end
    (l, d, e, p, info)
end
function getproperty(f::BunchKaufman, name::Symbol)
    name === :D ? blocks(f) :
    name === :U && f.uplo == 'U' ? UnitUpperTriangular(getfield(f, :factors)) :
    name === :L && f.uplo == 'L' ? UnitLowerTriangular(getfield(f, :factors)) :
    name === :U || name === :L ? Base.__argument_error("factorization is ", f.uplo, "*D*", f.uplo, "ᵀ but you requested ", name) :
    name === :p ? getfield(f, :ipiv) :
    name === :P ? permutation_matrix(getfield(f, :ipiv), eltype(getfield(f, :factors))) : getfield(f, name)
end
blocks(f) = f.uplo == 'L' ? Tridiagonal(copy(f.e), copy(f.d), partner(f.symmetric, copy(f.e))) : Tridiagonal(partner(f.symmetric, copy(f.e)), copy(f.d), copy(f.e))
partner(symmetric, x::AbstractVector) = symmetric ? x : conj(x)
iterate(f::BunchKaufman) = (f.D, Val(:UL))
iterate(f::BunchKaufman, ::Val{:UL}) = (unit_factor(f), Val(:p))
iterate(f::BunchKaufman, ::Val{:p}) = (f.p, Val(:done))
iterate(f::BunchKaufman, ::Val{:done}) = nothing
unit_factor(f) = f.uplo == 'U' ? f.U : f.L
half_turned(f, a) = f.symmetric ? transpose(a) : adjoint(a)
size(f::BunchKaufman) = size(f.factors)
size(f::BunchKaufman, d::Integer) = size(f.factors, d)
issuccess(f::BunchKaufman) = f.info == 0
"The blocks solved with, each on its own."
function solve_blocks(f, b)
    x = copy(b)
    n = length(f.d)
    k = 1
    while k <= n
        if k < n && !iszero(f.e[k])
            m = Matrix(f.D)[k:k+1, k:k+1]
            δ = m[1, 1] * m[2, 2] - m[1, 2] * m[2, 1]
            for c in 1:size(b, 2)
                x[k, c] = (m[2, 2] * b[k, c] - m[1, 2] * b[k+1, c]) / δ
                x[k+1, c] = (m[1, 1] * b[k+1, c] - m[2, 1] * b[k, c]) / δ
            end
            k += 2
        else
            for c in 1:size(b, 2)
                x[k, c] = b[k, c] / f.d[k]
            end
            k += 1
        end
    end
    x
end
\(f::BunchKaufman, b::AbstractVector) = vec(f \ reshape(b, length(b), 1))
function \(f::BunchKaufman, b::AbstractMatrix)
    same_rows(f, b)
    w = unit_factor(f)
    (half_turned(f, w) \ solve_blocks(f, w \ b[f.p, :]))[invperm(f.p), :]
end
det(f::BunchKaufman) = det(Matrix(f.D))
logabsdet(f::BunchKaufman) = logabsdet(Matrix(f.D))
logdet(f::BunchKaufman) = logdet(Matrix(f.D))
inv(f::BunchKaufman) = f \ Matrix{eltype(f.factors)}(I, size(f)...)
Matrix(f::BunchKaufman) = (w = unit_factor(f); (w * f.D * half_turned(f, w))[invperm(f.p), invperm(f.p)])

"`L D L' = A` of a symmetric tridiagonal matrix."
struct LDLt{T,S<:AbstractMatrix{T}} <: Factorization{T}
    data::S
end
function ldlt(a::SymTridiagonal)
    d, l = float(copy(a.dv)), float(copy(a.ev))
    for i in 1:length(l)
        iszero(d[i]) && throw(ZeroPivotException(i))
        x = l[i]
        l[i] = x / d[i]
        d[i+1] -= l[i] * x
    end
    data = SymTridiagonal(d, l)
    LDLt{eltype(d),typeof(data)}(data)
end
ldlt(a::AbstractMatrix) = ldlt(SymTridiagonal(a))
ldlt!(a::SymTridiagonal) = ldlt(a)
function getproperty(f::LDLt, name::Symbol)
    data = getfield(f, :data)
    name === :d ? data.dv : name === :D ? Diagonal(data.dv) : name === :L ? UnitLowerTriangular(diagm(0 => data.dv, -1 => data.ev)) :
    name === :Lt ? UnitUpperTriangular(diagm(0 => data.dv, 1 => data.ev)) : getfield(f, name)
end
size(f::LDLt) = size(f.data)
size(f::LDLt, d::Integer) = size(f.data, d)
issuccess(f::LDLt) = all(!iszero, f.d)
\(f::LDLt, b::AbstractVecOrMat) = (same_rows(f, b); f.Lt \ (f.D \ (f.L \ b)))
det(f::LDLt) = prod(f.d)
logabsdet(f::LDLt) = logabsdet(f.D)
logdet(f::LDLt) = sum(log, f.d)
inv(f::LDLt) = f \ Matrix{eltype(f.data)}(I, size(f)...)
Matrix(f::LDLt) = Matrix(f.L * f.D * f.Lt)

"`L L' = A[p, p]` with the largest diagonal element first; `rank` columns count."
struct CholeskyPivoted{T,S<:AbstractMatrix{T}} <: Factorization{T}
    factors::S
    uplo::Char
    piv::Vector{Int64}
    rank::Int64
    tol::Float64
    info::Int64
end
function cholesky(a::AbstractMatrix, ::RowMaximum; tol=0.0, check::Bool=true)
    f = floated(Matrix(a))
    n = checksquare(f)
    l, p = zeros(eltype(f), n, n), collect(1:n)
    least = tol > 0 ? tol : n * eps(real(eltype(f))) * maximum(real(diag(f)); init=0.0)
    rank = n
    for k in 1:n
        left = [real(f[i, i]) - sum(abs2, l[i, 1:k-1]; init=0.0) for i in k:n]
        m = k - 1 + argmax(left)
        if left[m-k+1] <= least
            rank = k - 1
            break
        end
        exchange!(f, k, m)
        l[[k, m], 1:k-1] = l[[m, k], 1:k-1]
        p[k], p[m] = p[m], p[k]
        l[k, k] = sqrt(left[m-k+1])
        for i in k+1:n
            s = f[i, k]
            for j in 1:k-1
                s -= l[i, j] * conj(l[k, j])
            end
            l[i, k] = s / l[k, k]
        end
    end
    check && rank < n && throw(RankDeficientException(1))
    CholeskyPivoted{eltype(f),Matrix{eltype(f)}}(l, 'L', p, rank, Float64(tol), rank < n ? 1 : 0)
end
function getproperty(c::CholeskyPivoted, name::Symbol)
    name === :L ? LowerTriangular(getfield(c, :factors)) : name === :U ? UpperTriangular(copy(adjoint(getfield(c, :factors)))) :
    name === :p ? getfield(c, :piv) : name === :P ? copy(transpose(permutation_matrix(getfield(c, :piv), eltype(getfield(c, :factors))))) : getfield(c, name)
end
size(c::CholeskyPivoted) = size(c.factors)
size(c::CholeskyPivoted, d::Integer) = size(c.factors, d)
issuccess(c::CholeskyPivoted) = c.info == 0
rank(c::CholeskyPivoted) = c.rank
\(c::CholeskyPivoted, b::AbstractVector) = (c.U \ (c.L \ b[c.p]))[invperm(c.p)]
\(c::CholeskyPivoted, b::AbstractMatrix) = (c.U \ (c.L \ b[c.p, :]))[invperm(c.p), :]
det(c::CholeskyPivoted) = abs2(prod(diag(c.factors)))
logdet(c::CholeskyPivoted) = 2 * sum(log, real(diag(c.factors)))
inv(c::CholeskyPivoted) = c \ Matrix{eltype(c.factors)}(I, size(c)...)
Matrix(c::CholeskyPivoted) = (c.L * c.U)[invperm(c.p), invperm(c.p)]

"The factorisation of `A + v v'`, and of `A - v v'`."
lowrankupdate(c::Cholesky, v::AbstractVector) = lowrankupdate!(copy(c), v)
lowrankdowndate(c::Cholesky, v::AbstractVector) = lowrankdowndate!(copy(c), v)
lowrankupdate!(c::Cholesky, v::AbstractVector) = moved_by!(c, v, 1)
lowrankdowndate!(c::Cholesky, v::AbstractVector) = moved_by!(c, v, -1)
function moved_by!(c, v, sign)
    m = Matrix(c) + sign * v * adjoint(v)
    f = cholesky_of(Hermitian(m), false)
    f.info == 0 || throw(PosDefException(f.info))
    copyto!(c.factors, half_as(f, c.uplo))
    c
end

# As the REPL lays them out.
show(io::IO, ::MIME"text/plain", f::BunchKaufman) =
    factors_shown(io, typeof_shown(f), "D factor:" => f.D, "$(f.uplo) factor:" => unit_factor(f), "permutation:" => f.p)
typeof_shown(f::BunchKaufman{T,S}) where {T,S} = "BunchKaufman{$T, $S, Vector{Int64}}"
show(io::IO, ::MIME"text/plain", f::LDLt) = factors_shown(io, typeof(f), "L factor:" => f.L, "D factor:" => f.D)
show(io::IO, ::MIME"text/plain", c::CholeskyPivoted{T,S}) where {T,S} =
    factors_shown(io, "CholeskyPivoted{$T, $S, Vector{Int64}}", "U factor with rank $(c.rank):" => c.U, "permutation:" => c.p)
show(io::IO, ::MIME"text/plain", f::Schur) = factors_shown(io, typeof(f), "T factor:" => f.T, "Z factor:" => f.Z, "eigenvalues:" => f.values)
end
