# Arithmetic of sparse arrays entry by entry, and dotted calls.

module SparseArrays

"The same places with other values."
valued(a::SparseMatrixCSC, v) = SparseMatrixCSC(a.m, a.n, copy(a.colptr), copy(a.rowval), v)
valued(x::SparseVector, v) = SparseVector(x.n, copy(x.nzind), v)
const Stored = Union{SparseMatrixCSC,SparseVector}
-(a::Stored) = valued(a, -a.nzval)
*(x::Number, a::Stored) = valued(a, x * a.nzval)
*(a::Stored, x::Number) = valued(a, a.nzval * x)
/(a::Stored, x::Number) = valued(a, a.nzval / x)
conj(a::Stored) = valued(a, conj(a.nzval))
real(a::Stored) = valued(a, real(a.nzval))
real(a::Union{SparseMatrixCSC{<:Real},SparseVector{<:Real}}) = a
conj(a::Union{SparseMatrixCSC{<:Real},SparseVector{<:Real}}) = a
float(a::Stored) = valued(a, float(a.nzval))
convert(::Type{SparseMatrixCSC{T,Int64}}, a::SparseMatrixCSC) where {T} = valued(a, convert(Vector{T}, a.nzval))

"`a` and `b` entry by entry, where either has something stored."
function both(f, a::SparseMatrixCSC{S}, b::SparseMatrixCSC{T}) where {S,T}
    size(a) == size(b) || Base.__size_error("a and b must have the same size, ", size(a), " and ", size(b))
    R = Base.__return_type(f, S, T)
    colptr, rowval, val = Int64[1], Int64[], R[]
    for j in 1:a.n
        p, q = a.colptr[j], b.colptr[j]
        while p < a.colptr[j+1] || q < b.colptr[j+1]
            r = p < a.colptr[j+1] ? a.rowval[p] : a.m + 1
            s = q < b.colptr[j+1] ? b.rowval[q] : a.m + 1
            push!(rowval, min(r, s))
            push!(val, f(r <= s ? a.nzval[p] : zero(S), s <= r ? b.nzval[q] : zero(T)))
            r <= s && (p += 1)
            s <= r && (q += 1)
        end
        push!(colptr, length(val) + 1)
    end
    SparseMatrixCSC(a.m, a.n, colptr, rowval, val)
end
both(f, x::SparseVector, y::SparseVector) = both(f, column(x), column(y))[:, 1]
column(x::SparseVector) = SparseMatrixCSC(x.n, 1, [1, length(x.nzind) + 1], x.nzind, x.nzval)
+(a::SparseMatrixCSC, b::SparseMatrixCSC) = both(+, a, b)
-(a::SparseMatrixCSC, b::SparseMatrixCSC) = both(-, a, b)
+(a::SparseVector, b::SparseVector) = both(+, a, b)
-(a::SparseVector, b::SparseVector) = both(-, a, b)
+(a::SparseMatrixCSC, s::UniformScaling) = a + sparse(s, a.m, a.n)
-(a::SparseMatrixCSC, s::UniformScaling) = a - sparse(s, a.m, a.n)
+(s::UniformScaling, a::SparseMatrixCSC) = sparse(s, a.m, a.n) + a
-(s::UniformScaling, a::SparseMatrixCSC) = sparse(s, a.m, a.n) - a
==(a::SparseMatrixCSC, b::SparseMatrixCSC) = size(a) == size(b) && all(iszero, nonzeros(a - b))

# Dotted calls give sparse arrays: of what is stored if zeros stay zeros, of everything otherwise.
Base.__bc_style(x::AbstractSparseArray) = 4
__materialize(::Val{4}, b) = broadcast_sparse(b, b.args)
broadcast_sparse(b, args::Tuple{Stored}) = kept_zero(b.f(zero(eltype(args[1])))) ? valued(args[1], map(b.f, args[1].nzval)) : every(b)
broadcast_sparse(b, args::Tuple{Stored,Number}) =
    kept_zero(b.f(zero(eltype(args[1])), args[2])) ? valued(args[1], map(x -> b.f(x, args[2]), args[1].nzval)) : every(b)
broadcast_sparse(b, args::Tuple{Number,Stored}) =
    kept_zero(b.f(args[1], zero(eltype(args[2])))) ? valued(args[2], map(x -> b.f(args[1], x), args[2].nzval)) : every(b)
broadcast_sparse(b, args::Tuple{SparseMatrixCSC,SparseMatrixCSC}) = of_both(b, args...)
broadcast_sparse(b, args::Tuple{SparseVector,SparseVector}) = of_both(b, args...)
broadcast_sparse(b, args::Tuple) = every(b)
kept_zero(x) = x isa Number && iszero(x)
of_both(b, x, y) = size(x) == size(y) && kept_zero(b.f(zero(eltype(x)), zero(eltype(y)))) ? shared(b.f, both(b.f, x, y)) : every(b)
shared(f, a) = a
"A product is zero where either factor has nothing stored."
shared(::typeof(*), a) = dropzeros(a)
every(b) = stored_whole(plain(__materialize(Val(3), b)))
plain(a) = a
plain(a::BitArray) = Array(a)
stored_whole(a::AbstractMatrix) = (m = size(a, 1); n = size(a, 2); SparseMatrixCSC(m, n, collect(1:m:m*n+1), repeat(1:m, n), vec(a)))
stored_whole(x::AbstractVector) = SparseVector(length(x), collect(1:length(x)), x)

end
