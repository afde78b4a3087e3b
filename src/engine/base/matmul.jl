# Matrix products, in loops over contiguous memory: sums along columns, or columns that are added to one another. Every element is summed
# in the order of the inner index, whichever way.

"The matrix whose columns are the rows of `a`: its parent when it is a transpose, a transposed copy otherwise."
__rows(a::AbstractMatrix) = permutedims(a)
__rows(a::Transpose{T,Array{T,2}}) where {T} = a.parent
__rows(a::Adjoint{T,Array{T,2}}) where {T<:Real} = a.parent
__dense(a::AbstractMatrix) = Matrix(a)
__dense(a::Matrix) = a
__product_type(T, S) = __return_type(__product_step, T, S)
"What a sum of values of this type starts from."
__nought(::Type{T}) where {T} = isconcretetype(T) ? zero(T) : 0
"Of a sum of arrays the size is not known before its first term."
__nought(::Type{T}) where {T<:AbstractArray} = isbitstype(T) ? zero(T) : __Unstarted()
struct __Unstarted end
+(::__Unstarted, x) = x
__product_step(x, y) = x * y + x * y
@noinline __inner_mismatch(a, b) =
    __size_error("incompatible dimensions for matrix multiplication: tried to multiply a matrix of size ", size(a), " with a ", __size_name(b),
        ". ", __inner_sizes(a, b))
__size_name(b::AbstractMatrix) = string("matrix of size ", size(b))
__size_name(b::AbstractVector) = string("vector of length ", length(b))
__inner_sizes(a, b::AbstractMatrix) =
    string("The second dimension of the first matrix: ", size(a, 2), ", does not match the first dimension of the second matrix: ", size(b, 1), ".")
__inner_sizes(a, b::AbstractVector) =
    string("The second dimension of the matrix: ", size(a, 2), ", does not match the length of the vector: ", length(b), ".")

function *(a::AbstractMatrix, b::AbstractMatrix)
    size(a, 2) == size(b, 1) || __inner_mismatch(a, b)
    __columns_product(__rows(a), __dense(b))
end
"The matrix of the products of the columns of `a` with those of `b`."
function __columns_product(a::Array{T,2}, b::Array{S,2}) where {T,S}
    R = __product_type(T, S)
    __mark(:syrk, a)
    l, m = size(a)
    n = size(b, 2)
    out = __array_new(Array{R,2}, (m, n))
    for j in 1:n
        q = (j - 1) * l
        for i in 1:m
            p = (i - 1) * l
            acc = __nought(R)
            for k in 1:l
                acc += __array_get(a, p + k) * __array_get(b, q + k)
            end
            __array_set(out, acc, i + (j - 1) * m)
        end
    end
    out
end

const __MachineFloat = Union{Float64,Float32}
function *(a::Matrix{T}, b::Matrix{S}) where {T<:__MachineFloat,S<:__MachineFloat}
    size(a, 2) == size(b, 1) || __inner_mismatch(a, b)
    m, n = size(a, 1), size(b, 2)
    out = __array_new(Array{__product_type(T, S),2}, (m, n))
    for j in 1:n
        __add_product!(out, (j - 1) * m, a, b, (j - 1) * size(b, 1))
    end
    out
end
function *(a::Matrix{T}, x::Vector{S}) where {T<:__MachineFloat,S<:__MachineFloat}
    size(a, 2) == length(x) || __inner_mismatch(a, x)
    out = __array_new(Array{__product_type(T, S),1}, (size(a, 1),))
    __add_product!(out, 0, a, x, 0)
    out
end
"Adds to the column of `out` behind position p the product of `a` and the column of `b` behind position q: four columns of `a` at a time."
function __add_product!(out, p, a, b, q)
    m, l = size(a)
    fours = l >> 2
    for f in 1:fours
        k = 4 * (f - 1)
        s = k * m
        b1, b2 = __array_get(b, q + k + 1), __array_get(b, q + k + 2)
        b3, b4 = __array_get(b, q + k + 3), __array_get(b, q + k + 4)
        for i in 1:m
            x1, x2 = __array_get(a, s + i) * b1, __array_get(a, s + i + m) * b2
            x3, x4 = __array_get(a, s + i + 2 * m) * b3, __array_get(a, s + i + 3 * m) * b4
            __array_set(out, __array_get(out, p + i) + x1 + x2 + x3 + x4, p + i)
        end
    end
    for k in 4*fours:l-1
        x = __array_get(b, q + k + 1)
        for i in 1:m
            __array_set(out, __array_get(out, p + i) + __array_get(a, k * m + i) * x, p + i)
        end
    end
end

function *(a::AbstractMatrix, x::AbstractVector)
    size(a, 2) == length(x) || __inner_mismatch(a, x)
    R = __product_type(eltype(a), eltype(x))
    m, n = size(a)
    out = __array_new(Array{R,1}, (m,))
    for i in 1:m
        acc = __nought(R)
        for k in 1:n
            acc += __get(a, i, k) * __get(x, k)
        end
        __array_set(out, acc, i)
    end
    out
end
"A column times a row."
function *(x::AbstractVector, a::AbstractMatrix)
    size(a, 1) == 1 || __size_error("incompatible dimensions for matrix multiplication: ",
        "tried to multiply a vector of length ", length(x), " with a matrix of size ", size(a), ".")
    R = __return_type(*, eltype(x), eltype(a))
    m, n = length(x), size(a, 2)
    out = __array_new(Array{R,2}, (m, n))
    for j in 1:n
        y = __get(a, 1, j)
        for i in 1:m
            __array_set(out, __get(x, i) * y, i + (j - 1) * m)
        end
    end
    out
end
*(x::AbstractVector, a::AdjOrTrans{T,<:AbstractVector}) where {T} = __outer(x, a)
function __outer(x, a)
    R = __return_type(*, eltype(x), eltype(a))
    m, n = length(x), length(a)
    out = __array_new(Array{R,2}, (m, n))
    for j in 1:n
        y = __get(a, j)
        for i in 1:m
            __array_set(out, __get(x, i) * y, i + (j - 1) * m)
        end
    end
    out
end
"A row times a column: a number."
*(a::AdjOrTrans{T,<:AbstractVector}, x::AbstractVector) where {T} = __row_times_column(a, x)
function __row_times_column(a, x)
    n = length(x)
    length(a) == n || __size_error("first array has length ", length(a), " which does not match the length of the second, ", n, ".")
    acc = __nought(__product_type(eltype(a), eltype(x)))
    for k in 1:n
        acc += __get(a, k) * __get(x, k)
    end
    acc
end
"A row times a matrix is a row."
*(a::Adjoint{T,<:AbstractVector}, b::AbstractMatrix) where {T} = adjoint(adjoint(b) * a.parent)
*(a::Transpose{T,<:AbstractVector}, b::AbstractMatrix) where {T} = transpose(transpose(b) * a.parent)
*(a::Adjoint{T,<:AbstractVector}, b::AdjOrTrans{S,<:AbstractVector}) where {T,S} = __inner_mismatch(a, b)
*(a::Transpose{T,<:AbstractVector}, b::AdjOrTrans{S,<:AbstractVector}) where {T,S} = __inner_mismatch(a, b)
*(x::AbstractVector, y::AbstractVector) = throw(MethodError(*, (x, y)))

^(a::AbstractMatrix, n::Integer) = __matrix_power(a, n)
function __matrix_power(a, n)
    size(a, 1) == size(a, 2) || __size_error("matrix is not square: dimensions are ", size(a))
    n == 0 && return one(a)
    n < 0 ? __power_by_squaring(inv(a), -n) : __power_by_squaring(a, n)
end
"The identity matrix of the size and type of `a`."
function one(a::AbstractMatrix{T}) where {T}
    n = size(a, 1)
    n == size(a, 2) || __size_error("multiplicative identity defined only for square matrices")
    out = zeros(T, n, n)
    for i in 1:n
        __set(out, one(T), i, i)
    end
    out
end
literal_pow(::typeof(^), a::AbstractMatrix, ::Val{2}) = a * a
literal_pow(::typeof(^), a::AbstractMatrix, ::Val{3}) = a * a * a
