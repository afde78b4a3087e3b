# Products of sparse arrays, and what is asked of their dense forms.

module SparseArrays

function *(a::SparseMatrixCSC{S}, x::AbstractVector{T}) where {S,T}
    a.n == length(x) || Base.__inner_mismatch(a, x)
    out = zeros(Base.__product_type(S, T), a.m)
    for j in 1:a.n
        xj = x[j]
        for k in nzrange(a, j)
            out[a.rowval[k]] += a.nzval[k] * xj
        end
    end
    out
end
function *(a::SparseMatrixCSC{S}, b::AbstractMatrix{T}) where {S,T}
    a.n == size(b, 1) || Base.__inner_mismatch(a, b)
    out = zeros(Base.__product_type(S, T), a.m, size(b, 2))
    for c in 1:size(b, 2), j in 1:a.n
        x = b[j, c]
        for k in nzrange(a, j)
            out[a.rowval[k], c] += a.nzval[k] * x
        end
    end
    out
end
function *(b::AbstractMatrix{T}, a::SparseMatrixCSC{S}) where {S,T}
    size(b, 2) == a.m || Base.__inner_mismatch(b, a)
    out = zeros(Base.__product_type(T, S), size(b, 1), a.n)
    for j in 1:a.n, k in nzrange(a, j), i in 1:size(b, 1)
        out[i, j] += b[i, a.rowval[k]] * a.nzval[k]
    end
    out
end
"Column by column, the columns of `a` that a column of `b` names are added up."
function *(a::SparseMatrixCSC{S}, b::SparseMatrixCSC{T}) where {S,T}
    a.n == b.m || Base.__inner_mismatch(a, b)
    R = Base.__product_type(S, T)
    colptr, rowval, val = Int64[1], Int64[], R[]
    for j in 1:b.n
        sums, used = zeros(R, a.m), fill(false, a.m)
        for q in nzrange(b, j), p in nzrange(a, b.rowval[q])
            i = a.rowval[p]
            sums[i] += a.nzval[p] * b.nzval[q]
            used[i] = true
        end
        for i in 1:a.m
            used[i] && (push!(rowval, i); push!(val, sums[i]))
        end
        push!(colptr, length(val) + 1)
    end
    SparseMatrixCSC(a.m, b.n, colptr, rowval, val)
end
*(a::SparseMatrixCSC, x::SparseVector) = (a * column(x))[:, 1]
*(a::Turned, x::AbstractVector) = turned_product(a, x)
*(a::Turned, x::AbstractMatrix) = reduce(hcat, [turned_product(a, x[:, c]) for c in 1:size(x, 2)])
*(a::Turned, b::SparseMatrixCSC) = sparse(a) * b
*(a::SparseMatrixCSC, b::Turned) = a * sparse(b)
*(a::Turned, b::Turned) = sparse(a) * sparse(b)
*(a::AbstractMatrix, b::Turned) = a * sparse(b)
*(x::Adjoint{T,<:AbstractVector}, a::SparseMatrixCSC) where {T} = adjoint(turned_product(adjoint(a), x.parent))
*(x::Transpose{T,<:AbstractVector}, a::SparseMatrixCSC) where {T} = transpose(turned_product(transpose(a), x.parent))
*(x::Adjoint{T,<:AbstractVector}, a::Turned) where {T} = x * sparse(a)
*(x::Transpose{T,<:AbstractVector}, a::Turned) where {T} = x * sparse(a)
*(d::Diagonal, a::Turned) = sparse(d) * sparse(a)
*(a::Turned, d::Diagonal) = sparse(a) * sparse(d)
*(d::Diagonal, a::SparseMatrixCSC) = sparse(d) * a
*(a::SparseMatrixCSC, d::Diagonal) = a * sparse(d)
function turned_product(a::Turned{S}, x::AbstractVector{T}) where {S,T}
    p = a.parent
    p.m == length(x) || Base.__inner_mismatch(a, x)
    out = zeros(Base.__product_type(S, T), p.n)
    for j in 1:p.n
        acc = zero(eltype(out))
        for k in nzrange(p, j)
            acc += (a isa Adjoint ? adjoint(p.nzval[k]) : p.nzval[k]) * x[p.rowval[k]]
        end
        out[j] = acc
    end
    out
end
mul!(y::AbstractVector, a::Union{SparseMatrixCSC,Turned}, x::AbstractVector) = copyto!(y, a * x)
mul!(y::AbstractVector, a::Union{SparseMatrixCSC,Turned}, x::AbstractVector, α::Number, β::Number) = (y .= α .* (a * x) .+ β .* y; y)
mul!(y::AbstractMatrix, a::Union{SparseMatrixCSC,Turned}, x::AbstractMatrix) = copyto!(y, a * x)
mul!(y::AbstractMatrix, a::Union{SparseMatrixCSC,Turned}, x::AbstractMatrix, α::Number, β::Number) = (y .= α .* (a * x) .+ β .* y; y)
dot(x::AbstractVector, a::SparseMatrixCSC, y::AbstractVector) = dot(x, a * y)
dot(x::SparseVector, y::AbstractVector) = sum(k -> conj(x.nzval[k]) * y[x.nzind[k]], 1:length(x.nzind); init=zero(eltype(x)) * zero(eltype(y)))
function turned(f, a::SparseMatrixCSC)
    I, J, V = findnz(a)
    sparse(J, I, map(f, V), a.n, a.m)
end
copy(a::Adjoint{T,<:SparseMatrixCSC}) where {T} = sparse(a)
copy(a::Adjoint{T,<:SparseMatrixCSC}) where {T<:Real} = sparse(a)
copy(a::Transpose{T,<:SparseMatrixCSC}) where {T} = sparse(a)
permutedims(a::SparseMatrixCSC) = turned(identity, a)
function kron(a::SparseMatrixCSC, b::SparseMatrixCSC)
    (I, J, V), (K, L, W) = findnz(a), findnz(b)
    sparse([(i - 1) * b.m + k for k in K, i in I][:], [(j - 1) * b.n + l for l in L, j in J][:], [v * w for w in W, v in V][:], a.m * b.m, a.n * b.n)
end
"Solved with the dense matrix."
\(a::SparseMatrixCSC, b::AbstractVecOrMat) = Matrix(a) \ b
\(a::Turned, b::AbstractVecOrMat) = Matrix(a) \ b
lu(a::SparseMatrixCSC) = lu(Matrix(a))
cholesky(a::SparseMatrixCSC) = cholesky(Matrix(a))
det(a::SparseMatrixCSC) = det(Matrix(a))
logdet(a::SparseMatrixCSC) = logdet(Matrix(a))
tr(a::SparseMatrixCSC) = sum(i -> __get(a, i, i), 1:a.n; init=zero(eltype(a)))
sum(a::Stored; dims=:, init=zero(eltype(a))) = dims isa Colon ? sum(a.nzval; init=init) : sum(Array(a); dims=dims, init=init)
norm(a::Stored) = norm(a.nzval)
iszero(a::Stored) = all(iszero, a.nzval)
map(f, a::Stored) = materialize(broadcasted(f, a))
hcat(a::SparseMatrixCSC, rest::SparseMatrixCSC...) = joined((a, rest...), 2)
vcat(a::SparseMatrixCSC, rest::SparseMatrixCSC...) = joined((a, rest...), 1)
function joined(ms, d)
    parts = map(findnz, ms)
    ends = cumsum(Int64[0, map(a -> size(a, d), ms)...])
    places = map(i -> reduce(vcat, [parts[k][i] .+ (i == d ? ends[k] : 0) for k in 1:length(ms)]), (1, 2))
    sparse(places[1], places[2], reduce(vcat, map(p -> p[3], parts)), d == 1 ? last(ends) : ms[1].m, d == 2 ? last(ends) : ms[1].n)
end

end
