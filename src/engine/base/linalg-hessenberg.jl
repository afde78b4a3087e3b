# LinearAlgebra: Hessenberg's form, and Schur's of real matrices from it by Francis's double steps.

module LinearAlgebra
"The part on and above the first subdiagonal."
struct UpperHessenberg{T,S<:AbstractMatrix{T}} <: AbstractMatrix{T}
    data::S
end
UpperHessenberg(a::AbstractMatrix{T}) where {T} = (checksquare(a); UpperHessenberg{T,typeof(a)}(a))
UpperHessenberg(a::UpperHessenberg) = a
size(a::UpperHessenberg) = size(a.data)
parent(a::UpperHessenberg) = a.data
__get(a::UpperHessenberg, i::Int64, j::Int64) = i <= j + 1 ? __get(a.data, i, j) : zero(eltype(a))
getindex(a::UpperHessenberg, i::Int64, j::Int64) = (Base.__check_scalar_indices(a, (i, j)); __get(a, i, j))
setindex!(a::UpperHessenberg, v, i::Int64, j::Int64) =
    i <= j + 1 ? (a.data[i, j] = v; a) : iszero(v) ? a : outside("lower", "UpperHessenberg", i, j, v)
+(a::UpperHessenberg, s::UniformScaling) = UpperHessenberg(Matrix(a) + s)
+(s::UniformScaling, a::UpperHessenberg) = a + s
-(s::UniformScaling, a::UpperHessenberg) = UpperHessenberg(s - Matrix(a))
# Sums and products with matrices that reach no further down.
const WithinHessenberg = Union{Diagonal,Upper,Banded}
+(a::UpperHessenberg, b::WithinHessenberg) = UpperHessenberg(Matrix(a) + Matrix(b))
+(b::WithinHessenberg, a::UpperHessenberg) = a + b
-(a::UpperHessenberg, b::WithinHessenberg) = UpperHessenberg(Matrix(a) - Matrix(b))
-(b::WithinHessenberg, a::UpperHessenberg) = UpperHessenberg(Matrix(b) - Matrix(a))
*(a::UpperHessenberg, b::Upper) = UpperHessenberg(Matrix(a) * Matrix(b))
*(b::Upper, a::UpperHessenberg) = UpperHessenberg(Matrix(b) * Matrix(a))
*(a::UpperHessenberg, d::Diagonal) = UpperHessenberg(Matrix(a) * d)
*(d::Diagonal, a::UpperHessenberg) = UpperHessenberg(d * Matrix(a))
/(a::UpperHessenberg, d::Diagonal) = UpperHessenberg(Matrix(a) / d)
\(d::Diagonal, a::UpperHessenberg) = UpperHessenberg(d \ Matrix(a))
-(a::UpperHessenberg, s::UniformScaling) = UpperHessenberg(Matrix(a) - s)
+(a::UpperHessenberg, b::UpperHessenberg) = UpperHessenberg(Matrix(a) + Matrix(b))
-(a::UpperHessenberg, b::UpperHessenberg) = UpperHessenberg(Matrix(a) - Matrix(b))
-(a::UpperHessenberg) = UpperHessenberg(-a.data)
*(x::Number, a::UpperHessenberg) = UpperHessenberg(x * a.data)
*(a::UpperHessenberg, x::Number) = UpperHessenberg(a.data * x)
/(a::UpperHessenberg, x::Number) = UpperHessenberg(a.data / x)
\(a::UpperHessenberg, b::AbstractVecOrMat) = lu(Matrix(a)) \ b

"`Q (H + μ I) Q' = A` with H zero below its first subdiagonal."
struct Hessenberg{T,M<:AbstractMatrix{T}} <: Factorization{T}
    H::UpperHessenberg{T,M}
    Q::M
    μ::T
end
function hessenberg(a::AbstractMatrix)
    t = floated(Matrix(a))
    q = reduce_to_hessenberg!(t)
    Hessenberg{eltype(t),typeof(t)}(UpperHessenberg(triu(t, -1)), q, zero(eltype(t)))
end
hessenberg!(a::AbstractMatrix) = hessenberg(a)
"Rotates what is below the first subdiagonal away; gives the product of the rotations."
function reduce_to_hessenberg!(t::Matrix{T}) where {T}
    n = checksquare(t)
    z = Matrix{T}(I, n, n)
    for k in 1:n-2
        for i in n:-1:k+2
            c, s = complex_rotation(t[i-1, k], t[i, k])
            rotate_rows!(t, i - 1, i, c, s, 1)
            rotate_columns!(t, i - 1, i, c, s, n)
            rotate_columns!(z, i - 1, i, c, s, n)
        end
    end
    z
end
iterate(f::Hessenberg) = (f.Q, Val(:H))
iterate(f::Hessenberg, ::Val{:H}) = (f.H, Val(:μ))
iterate(f::Hessenberg, ::Val{:μ}) = (f.μ, Val(:done))
iterate(f::Hessenberg, ::Val{:done}) = nothing
size(f::Hessenberg) = size(f.Q)
size(f::Hessenberg, d::Integer) = size(f.Q, d)
+(f::Hessenberg{T,M}, s::UniformScaling) where {T,M} = Hessenberg{T,M}(f.H, f.Q, convert(T, f.μ + s.λ))
-(f::Hessenberg, s::UniformScaling) = f + (-s)
+(s::UniformScaling, f::Hessenberg) = f + s
\(f::Hessenberg, b::AbstractVecOrMat) = f.Q * ((f.H + f.μ * I) \ (adjoint(f.Q) * b))
det(f::Hessenberg) = det(Matrix(f.H + f.μ * I))
logdet(f::Hessenberg) = logdet(Matrix(f.H + f.μ * I))
logabsdet(f::Hessenberg) = logabsdet(Matrix(f.H + f.μ * I))
inv(f::Hessenberg) = inv(Matrix(f))
Matrix(f::Hessenberg) = f.Q * Matrix(f.H + f.μ * I) * adjoint(f.Q)
eigvals(f::Hessenberg) = eigvals(Matrix(f.H + f.μ * I))

"`Z T Z' = a` of real numbers: T has blocks of size 2 on its diagonal for pairs of complex eigenvalues."
function real_schur(a::Matrix{T}) where {T<:AbstractFloat}
    t = copy(a)
    z = reduce_to_hessenberg!(t)
    n = size(t, 1)
    for j in 1:n, i in j+2:n
        t[i, j] = 0
    end
    last, tries = n, 0
    while last > 1
        first = last
        while first > 1 && !negligible(t, first)
            first -= 1
        end
        first > 1 && (t[first, first-1] = 0)
        if first == last
            last, tries = last - 1, 0
        elseif first == last - 1
            split_block!(t, z, first)
            last, tries = last - 2, 0
        else
            tries += 1
            tries > 300 && error("the eigenvalues do not converge")
            double_step!(t, z, first, last, tries % 10 == 0)
        end
    end
    (t, z)
end
function negligible(t, k)
    s = abs(t[k, k]) + abs(t[k-1, k-1])
    abs(t[k, k-1]) <= eps(eltype(t)) * (iszero(s) ? norm(t) : s)
end
"One step with both eigenvalues of the last block as shifts."
function double_step!(t, z, first, last, exceptional)
    n = size(t, 1)
    s, p = t[last-1, last-1] + t[last, last], t[last-1, last-1] * t[last, last] - t[last-1, last] * t[last, last-1]
    if exceptional
        w = abs(t[last, last-1]) + abs(t[last-1, last-2])
        s, p = 1.5 * w, w * w
    end
    k = first
    v = [t[k, k]^2 + t[k, k+1] * t[k+1, k] - s * t[k, k] + p, t[k+1, k] * (t[k, k] + t[k+1, k+1] - s), t[k+1, k] * t[k+2, k+1]]
    for k in first:last-1
        rows = k:min(k + 2, last)
        reflected!(t, z, v, rows, max(k - 1, first), min(k + 3, last))
        k > first && (t[k+1:rows[end], k-1] .= 0)
        k < last - 1 && (v = t[k+1:min(k + 3, last), k])
    end
end
"The reflection that turns `v` into a multiple of the first axis, applied from both sides."
function reflected!(t, z, v, rows, from, to)
    h = norm(v)
    iszero(h) && return
    u = copy(v)
    u[1] += u[1] < 0 ? -h : h
    β = 2 / dot(u, u)
    for j in from:size(t, 2)
        x = β * dot(u, t[rows, j])
        t[rows, j] -= x * u
    end
    for i in 1:to
        x = β * dot(t[i, rows], u)
        t[i, rows] -= x * u
    end
    for i in 1:size(z, 1)
        x = β * dot(z[i, rows], u)
        z[i, rows] -= x * u
    end
end
"The block at k made triangular if its eigenvalues are real, else one with equal diagonal elements."
function split_block!(t, z, k)
    a, b, c, d = t[k, k], t[k, k+1], t[k+1, k], t[k+1, k+1]
    δ = ((a - d) / 2)^2 + b * c
    if δ >= 0
        λ = (a + d) / 2 + copysign(sqrt(δ), (a - d) / 2)
        x, y = abs(λ - d) + abs(c) > abs(b) + abs(λ - a) ? (λ - d, c) : (b, λ - a)
    else
        θ = atan(d - a, b + c) / 2
        x, y = cos(θ), sin(θ)
    end
    g, s = complex_rotation(x, y)
    rotate_rows!(t, k, k + 1, g, s, 1)
    rotate_columns!(t, k, k + 1, g, s, size(t, 1))
    rotate_columns!(z, k, k + 1, g, s, size(t, 1))
    if δ >= 0
        t[k+1, k] = 0
    else
        t[k, k] = t[k+1, k+1] = (t[k, k] + t[k+1, k+1]) / 2
    end
end
"Eigenvalues from the blocks of a real Schur form."
function block_values(t)
    n = size(t, 1)
    out = ComplexF64[]
    k = 1
    while k <= n
        if k < n && !iszero(t[k+1, k])
            m, d = (t[k, k] + t[k+1, k+1]) / 2, ((t[k, k] - t[k+1, k+1]) / 2)^2 + t[k, k+1] * t[k+1, k]
            r = sqrt(complex(d))
            push!(out, m + r, m - r)
            k += 2
        else
            push!(out, t[k, k])
            k += 1
        end
    end
    out
end
end
