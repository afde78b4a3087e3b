# LinearAlgebra: matrices of few diagonals: what is written into them, and results that have few diagonals too.

module LinearAlgebra
function Tridiagonal(dl::AbstractVector, d::AbstractVector, du::AbstractVector)
    T = promote_type(eltype(dl), eltype(d), eltype(du))
    Tridiagonal(convert(Vector{T}, dl), convert(Vector{T}, d), convert(Vector{T}, du))
end
SymTridiagonal(dv::AbstractVector, ev::AbstractVector) = (T = promote_type(eltype(dv), eltype(ev)); SymTridiagonal(convert(Vector{T}, dv), convert(Vector{T}, ev)))
Bidiagonal(dv::AbstractVector, ev::AbstractVector, uplo::Symbol) =
    (T = promote_type(eltype(dv), eltype(ev)); Bidiagonal(convert(Vector{T}, dv), convert(Vector{T}, ev), uplo))
Tridiagonal(a::SymTridiagonal) = Tridiagonal(copy(a.ev), copy(a.dv), copy(a.ev))

function setindex!(a::Tridiagonal, v, i::Int64, j::Int64)
    Base.__check_scalar_indices(a, (i, j))
    i == j ? (a.d[i] = v) : i == j + 1 ? (a.dl[j] = v) : i + 1 == j ? (a.du[i] = v) : off_band(v, i, j)
    a
end
function setindex!(a::Bidiagonal, v, i::Int64, j::Int64)
    Base.__check_scalar_indices(a, (i, j))
    i == j ? (a.dv[i] = v) : i + 1 == j && a.uplo == 'U' || i == j + 1 && a.uplo == 'L' ? (a.ev[min(i, j)] = v) : off_band(v, i, j)
    a
end
function setindex!(a::SymTridiagonal, v, i::Int64, j::Int64)
    Base.__check_scalar_indices(a, (i, j))
    i == j || Base.__argument_error("cannot set off-diagonal entry (", i, ", ", j, ")")
    a.dv[i] = v
    a
end
off_band(v, i, j) = iszero(v) ? nothing : Base.__argument_error("cannot set entry (", i, ", ", j, ") off the band to a nonzero value (", v, ")")
function setindex!(a::Mirrored, v, i::Int64, j::Int64)
    i == j || Base.__argument_error("Cannot set a non-diagonal index in a ", a isa Symmetric ? "symmetric" : "Hermitian", " matrix")
    a.data[i, j] = v
    a
end

/(a::Banded, d::Diagonal) = (check_diagonal(d); a * Diagonal(map(inv, d.diag)))
\(d::Diagonal, a::Banded) = (check_diagonal(d); Diagonal(map(inv, d.diag)) * a)
# With triangles, what comes out is a triangle when the band lies in it.
in_upper(a::Bidiagonal, m) = a.uplo == 'U' ? UpperTriangular(m) : m
in_lower(a::Bidiagonal, m) = a.uplo == 'L' ? LowerTriangular(m) : m
+(a::Bidiagonal, b::Upper) = in_upper(a, Matrix(a) + Matrix(b))
+(b::Upper, a::Bidiagonal) = a + b
-(a::Bidiagonal, b::Upper) = in_upper(a, Matrix(a) - Matrix(b))
-(b::Upper, a::Bidiagonal) = in_upper(a, Matrix(b) - Matrix(a))
*(a::Bidiagonal, b::Upper) = in_upper(a, a * Matrix(b))
*(b::Upper, a::Bidiagonal) = in_upper(a, Matrix(b) * Matrix(a))
+(a::Bidiagonal, b::Lower) = in_lower(a, Matrix(a) + Matrix(b))
+(b::Lower, a::Bidiagonal) = a + b
-(a::Bidiagonal, b::Lower) = in_lower(a, Matrix(a) - Matrix(b))
-(b::Lower, a::Bidiagonal) = in_lower(a, Matrix(b) - Matrix(a))
*(a::Bidiagonal, b::Lower) = in_lower(a, a * Matrix(b))
*(b::Lower, a::Bidiagonal) = in_lower(a, Matrix(b) * Matrix(a))
-(a::Union{SymTridiagonal,Bidiagonal}) = each_part(-, a)
/(a::Bidiagonal, x::Number) = each_part(v -> v / x, a)
\(x::Number, a::Banded) = each_part(v -> x \ v, a)
with_diagonal(f, a::Tridiagonal) = Tridiagonal(a.dl, f(a.d), a.du)
with_diagonal(f, a::SymTridiagonal) = SymTridiagonal(f(a.dv), a.ev)
with_diagonal(f, a::Bidiagonal) = Bidiagonal(f(a.dv), a.ev, half(a))
+(a::Banded, s::UniformScaling) = with_diagonal(v -> v .+ s.λ, a)
-(a::Banded, s::UniformScaling) = with_diagonal(v -> v .- s.λ, a)
+(s::UniformScaling, a::Banded) = a + s
-(s::UniformScaling, a::Banded) = with_diagonal(v -> v .+ s.λ, -a)
+(a::Banded, d::Diagonal) = with_diagonal(v -> v + d.diag, a)
-(a::Banded, d::Diagonal) = with_diagonal(v -> v - d.diag, a)
+(d::Diagonal, a::Banded) = a + d
-(d::Diagonal, a::Banded) = with_diagonal(v -> v + d.diag, -a)
+(a::Bidiagonal, b::Bidiagonal) = a.uplo == b.uplo ? Bidiagonal(a.dv + b.dv, a.ev + b.ev, half(a)) : Tridiagonal(a) + Tridiagonal(b)
-(a::Bidiagonal, b::Bidiagonal) = a.uplo == b.uplo ? Bidiagonal(a.dv - b.dv, a.ev - b.ev, half(a)) : Tridiagonal(a) - Tridiagonal(b)
+(a::Banded, b::Banded) = Tridiagonal(a) + Tridiagonal(b)
-(a::Banded, b::Banded) = Tridiagonal(a) - Tridiagonal(b)
*(a::Banded, d::Diagonal) = (same_inner(a, d); Tridiagonal(diag(a, -1) .* d.diag[1:end-1], diag(a) .* d.diag, diag(a, 1) .* d.diag[2:end]))
*(d::Diagonal, a::Banded) = (same_inner(d, a); Tridiagonal(diag(a, -1) .* d.diag[2:end], diag(a) .* d.diag, diag(a, 1) .* d.diag[1:end-1]))
*(a::Bidiagonal, d::Diagonal) = (same_inner(a, d); Bidiagonal(a.dv .* d.diag, a.ev .* (a.uplo == 'U' ? d.diag[2:end] : d.diag[1:end-1]), half(a)))
*(d::Diagonal, a::Bidiagonal) = (same_inner(d, a); Bidiagonal(a.dv .* d.diag, a.ev .* (a.uplo == 'U' ? d.diag[1:end-1] : d.diag[2:end]), half(a)))
factorize(a::SymTridiagonal) = all(!iszero, a.dv) ? ldlt(a) : lu(Matrix(a))
factorize(a::Bidiagonal) = a
factorize(a::Tridiagonal) = lu(a)

# Products of bands with vectors and matrices touch the bands only.
*(a::Banded, x::AbstractVector{<:Number}) = vec(banded_product(a, reshape(x, length(x), 1)))
*(a::Banded, x::Matrix{<:Number}) = banded_product(a, x)
function banded_product(a, x)
    same_inner(a, x)
    n = size(a, 1)
    out = Array{Base.__return_type(dot_step, eltype(a), eltype(x)),2}(undef, n, size(x, 2))
    for c in 1:size(x, 2), i in 1:n
        s = __get(a, i, i) * __get(x, i, c)
        i > 1 && (s += __get(a, i, i - 1) * __get(x, i - 1, c))
        i < n && (s += __get(a, i, i + 1) * __get(x, i + 1, c))
        __set(out, s, i, c)
    end
    out
end
dot_step(x, y) = x * y + x * y
"Elimination along the band, without pivots where the diagonal outweighs the rest; in general with them."
function \(a::Union{Tridiagonal,SymTridiagonal}, b::AbstractVector{<:Number})
    same_rows(a, b)
    heavy_diagonal(a) ? along_the_band(a, b) : lu(Matrix(a)) \ b
end
heavy_diagonal(a) = all(i -> abs(__get(a, i, i)) > (i > 1 ? abs(__get(a, i, i - 1)) : zero(abs(__get(a, i, i)))) + (i < size(a, 1) ? abs(__get(a, i, i + 1)) : zero(abs(__get(a, i, i)))), 1:size(a, 1))
function along_the_band(a, b)
    n = size(a, 1)
    x = solution_start(a, b)
    d = similar(x)
    d[1] = __get(a, 1, 1)
    for i in 2:n
        w = __get(a, i, i - 1) / d[i-1]
        d[i] = __get(a, i, i) - w * __get(a, i - 1, i)
        x[i] -= w * x[i-1]
    end
    x[n] /= d[n]
    for i in n-1:-1:1
        x[i] = (x[i] - __get(a, i, i + 1) * x[i+1]) / d[i]
    end
    x
end
end
